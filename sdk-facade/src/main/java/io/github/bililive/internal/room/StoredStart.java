package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.store.RoomEntry;
import io.github.bililive.store.StoredConnection;
import org.jspecify.annotations.Nullable;

/**
 * One start of a {@link StoredRoom}, from a look into the store to the connection that the machine
 * gets. On the scheduler's thread alone.
 */
final class StoredStart implements PendingCall {
  private final StoredRoom room;
  private final AnswerCallback<StartedConnection> callback;

  /** Whether it is the room's turn to ask the API: else it waits for that if nothing is found. */
  private final boolean isTurn;

  /** The door's start; null before. */
  private @Nullable PendingCall call;

  private boolean ended;

  /** Whether the store has failed just now: then nobody waits for it once more. */
  private boolean storeFailed;

  /** Begins after a look that found nothing, in the room's turn; or with a look if it is null. */
  StoredStart(
      StoredRoom room, AnswerCallback<StartedConnection> callback, @Nullable StoredStart look) {
    this.room = room;
    this.callback = callback;
    isTurn = look != null;
    storeFailed = look != null && look.storeFailed;
  }

  /** Before every start: while this process slept, another may have taken the room. */
  void load() {
    room.turns.load(
        (found, problem) ->
            room.run(
                () -> {
                  if (!ended && problem != null) {
                    storeFailed = true;
                    room.failed(problem);
                    fresh();
                  } else if (!ended) {
                    room.known(found == null ? 0 : found.getCounter());
                    found(found);
                  }
                }));
  }

  private void found(@Nullable StoredConnection found) {
    RoomEntry entry = found == null ? null : room.read(found);
    if (found != null && entry == null) {
      room.failed("the connection store holds an entry that was not written by this SDK");
    }
    boolean isOwn = // Unless a room of this name was closed in this client: its id may live.
        entry != null
            && entry.owner.equals(room.calls.self)
            && entry.successor == null
            && !entry.isReleased;
    if (entry == null || isOwn) {
      fresh();
    } else {
      room.found(entry, this);
    }
  }

  /** Nobody's connection lives: the platform is asked for one, in the room's turn. */
  void fresh() {
    if (ended) {
      return;
    }
    if (isTurn) {
      ask();
    } else {
      ended = true;
      room.nothingKept(this);
    }
  }

  /** Asks the API, without another look. */
  void ask() {
    call =
        room.io.start(
            new AnswerCallback<StartedConnection>() {
              @Override
              public void onSuccess(StartedConnection started) {
                room.scheduler.schedule(() -> remember(started), 0);
              }

              @Override
              public void onFailure(BiliLiveException error) {
                callback.onFailure(error);
              }
            });
  }

  /** Before it is used: a successor finds it, whatever happens to this process. */
  private void remember(StartedConnection started) {
    if (!ended) {
      room.remember(started, () -> succeed(started));
    }
    if (storeFailed) {
      succeed(started);
    }
  }

  void succeed(StartedConnection started) {
    if (!ended) {
      ended = true;
      room.hears(started);
      callback.onSuccess(started);
    }
  }

  @Override
  public void cancel() {
    if (!ended) {
      ended = true;
      room.stopTakeOver();
    }
    if (call != null) {
      call.cancel();
    }
  }
}
