package io.github.bililive.internal.store;

import io.github.bililive.internal.store.StoreCalls.Answer;
import io.github.bililive.store.StoredConnection;
import java.util.ArrayDeque;

/** The calls of one room to the store: one at a time, in order. On the scheduler's thread alone. */
public final class StoreTurns {
  private final StoreCalls calls;
  private final String room;
  private final ArrayDeque<Runnable> waiting = new ArrayDeque<>(0);
  private boolean busy;

  /** Creates the calls of one room. */
  public StoreTurns(StoreCalls calls, String room) {
    this.calls = calls;
    this.room = room;
  }

  /** Returns whether a call is under way. */
  public boolean isBusy() {
    return busy;
  }

  /** See {@link StoreCalls#load}. */
  public void load(Answer<StoredConnection> answer) {
    take(() -> calls.load(room, ending(answer)));
  }

  /** See {@link StoreCalls#save}. */
  public void save(StoredConnection next, long replaced, Answer<Boolean> answer) {
    take(() -> calls.save(room, next, replaced, ending(answer)));
  }

  /** See {@link StoreCalls#remove}. */
  public void remove(long counter, Answer<Boolean> answer) {
    take(() -> calls.remove(room, counter, ending(answer)));
  }

  private void take(Runnable call) {
    if (busy) {
      waiting.add(call);
    } else {
      busy = true;
      call.run();
    }
  }

  private <T> Answer<T> ending(Answer<T> answer) {
    return (result, problem) -> {
      busy = false;
      try {
        answer.answered(result, problem);
      } finally {
        Runnable next = busy ? null : waiting.poll();
        if (next != null) {
          take(next);
        }
      }
    };
  }
}
