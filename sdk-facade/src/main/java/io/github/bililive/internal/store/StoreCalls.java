package io.github.bililive.internal.store;

import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.store.ConnectionStore;
import io.github.bililive.store.HandOverPolicy;
import io.github.bililive.store.StoredConnection;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Calls the user's store for all rooms of a client, on threads that may block. Loads of many rooms
 * become few calls. Answers come on the scheduler's thread, where all methods but {@link
 * #writeAtLast} and {@link #close} are called; each call is answered once.
 */
public final class StoreCalls implements Closeable {
  /** How long a call is waited for. */
  static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How often the entries of all rooms are read that are heard. */
  static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long a load waits for others to share a call. */
  static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** Rooms in one call; half of what the tightest databases take as parameters. */
  static final int MOST = 500;

  private static final long GOODBYE_SECONDS = 3;

  /** Hears what became of a call: its result, or a problem that holds no secret. */
  public interface Answer<T> {
    void answered(@Nullable T result, @Nullable String problem);
  }

  /** The settings of a hand-over. */
  public final HandOverPolicy policy;

  /** This client as a process: {@code name#id}. */
  public final String self;

  private final ConnectionStore store;
  private final Scheduler scheduler;
  private final Redaction redaction;
  private final ExecutorService threads;

  /** Who waits for the entry of a room. */
  private Map<String, List<Answer<StoredConnection>>> loads = new LinkedHashMap<>();

  /** Who hears of a room's entry at each look. */
  private final Map<String, Answer<StoredConnection>> watched = new LinkedHashMap<>();

  /** Whether the next look is set. */
  private boolean looks;

  /** Loads of the last look that have not been answered. */
  private final Set<String> lookedFor = new HashSet<>();

  /** What failed the last time, of load, save and remove; logged once. */
  private final Set<String> failing = new LinkedHashSet<>();

  /** Creates the calls of one client, whose threads are shut down with it. */
  public StoreCalls(
      ConnectionStore store,
      HandOverPolicy policy,
      Scheduler scheduler,
      Redaction redaction,
      ExecutorService threads) {
    this.store = store;
    this.policy = policy;
    this.scheduler = scheduler;
    this.redaction = redaction;
    this.threads = threads;
    String id = UUID.randomUUID().toString();
    self =
        (policy.getOwner() == null ? "client-" + id.substring(0, 8) : policy.getOwner()) + "#" + id;
  }

  /** Returns whether a process has this one's name, which was given by the user. */
  public boolean isNamesake(String process) {
    return RoomEntry.nameOf(process).equals(policy.getOwner());
  }

  /** Asks for a room's entry; null if there is none. */
  public void load(String room, Answer<StoredConnection> answer) {
    if (loads.isEmpty()) {
      scheduler.schedule(this::loadAll, GATHER_NANOS);
    }
    List<Answer<StoredConnection>> waiting = loads.get(room);
    if (waiting == null) {
      waiting = new ArrayList<>(1);
      loads.put(room, waiting);
    }
    waiting.add(answer);
  }

  private void loadAll() {
    Map<String, List<Answer<StoredConnection>>> all = loads;
    loads = new LinkedHashMap<>();
    Map<String, List<Answer<StoredConnection>>> some = new LinkedHashMap<>();
    for (Map.Entry<String, List<Answer<StoredConnection>>> each : all.entrySet()) {
      some.put(each.getKey(), each.getValue());
      if (some.size() == MOST) {
        load(some);
        some = new LinkedHashMap<>();
      }
    }
    if (!some.isEmpty()) {
      load(some);
    }
  }

  private void load(Map<String, List<Answer<StoredConnection>>> some) {
    List<String> rooms = Collections.unmodifiableList(new ArrayList<>(some.keySet()));
    call(
        "load",
        () ->
            rooms.size() == 1
                ? Collections.singletonMap(rooms.get(0), store.load(rooms.get(0)))
                : Objects.requireNonNull(store.loadAll(rooms), "loadAll returned null"),
        (found, problem) -> {
          for (Map.Entry<String, List<Answer<StoredConnection>>> each : some.entrySet()) {
            StoredConnection entry = found == null ? null : found.get(each.getKey());
            for (Answer<StoredConnection> answer : each.getValue()) {
              CallbackErrors.run(() -> answer.answered(entry, problem));
            }
          }
        });
  }

  /** Writes a room's entry, and answers whether it was written. */
  public void save(String room, StoredConnection next, long replaced, Answer<Boolean> answer) {
    call("save", () -> store.save(room, next, replaced), answer);
  }

  /** Removes a room's entry, and answers whether it was there. */
  public void remove(String room, long counter, Answer<Boolean> answer) {
    call("remove", () -> store.remove(room, counter), answer);
  }

  /**
   * Writes the entry of a room that is heard no more while the client is being closed, without an
   * answer; also if a successor has asked for the room just now. Any thread.
   */
  public void writeAtLast(String room, RoomEntry released, long counter, long replaced) {
    try {
      threads.execute(
          () -> CallbackErrors.run(() -> saveQuietly(room, released, counter, replaced)));
    } catch (RejectedExecutionException e) {
      // It was closed before.
    }
  }

  private void saveQuietly(String room, RoomEntry released, long counter, long replaced) {
    try {
      if (store.save(room, released.stored(counter), replaced)) {
        return;
      }
      StoredConnection found = store.load(room);
      RoomEntry entry = found == null ? null : RoomEntry.read(found);
      if (found != null && entry != null && entry.owner.equals(self) && !entry.isReleased) {
        RoomEntry next = entry.released(released.connection, released.lastMsgId);
        store.save(room, next.stored(found.getCounter() + 1), found.getCounter());
      }
    } catch (Throwable e) {
      CallbackErrors.info("the store has not heard that a room is closed: " + problemOf("save", e));
    }
  }

  /** Lets somebody hear of a room's entry at each look, until {@link #forget}. */
  public void watch(String room, Answer<StoredConnection> answer) {
    watched.put(room, answer);
    if (!looks) {
      looks = true;
      scheduler.schedule(this::look, LOOK_NANOS);
    }
  }

  /** Ends what {@link #watch} began for this one. */
  public void forget(String room, Answer<StoredConnection> answer) {
    if (watched.get(room) == answer) {
      watched.remove(room);
    }
  }

  private void look() {
    looks = !watched.isEmpty();
    if (!looks) {
      return;
    }
    scheduler.schedule(this::look, LOOK_NANOS);
    if (!lookedFor.isEmpty()) {
      return; // The store is slow: it is not asked faster than it answers.
    }
    for (Map.Entry<String, Answer<StoredConnection>> each : watched.entrySet()) {
      String room = each.getKey();
      lookedFor.add(room);
      load(
          room,
          (entry, problem) -> {
            lookedFor.remove(room);
            if (watched.get(room) == each.getValue()) {
              each.getValue().answered(entry, problem);
            }
          });
    }
  }

  private <T> void call(String operation, Callable<T> call, Answer<T> answer) {
    new Job<>(operation, call, answer).begin();
  }

  private String problemOf(String operation, Throwable thrown) {
    return "the connection store did not "
        + operation
        + ": "
        + redaction.startOf(String.valueOf(thrown));
  }

  /** One call, until it has answered, failed, or taken too long. */
  private final class Job<T> implements Runnable {
    private final String operation;
    private final Callable<T> call;
    private final Answer<T> answer;
    private @Nullable Future<?> running;
    private @Nullable Cancellable timer;
    private boolean over;

    Job(String operation, Callable<T> call, Answer<T> answer) {
      this.operation = operation;
      this.call = call;
      this.answer = answer;
    }

    void begin() {
      timer = scheduler.schedule(this::timedOut, TIMEOUT_NANOS);
      try {
        running = threads.submit(this);
      } catch (RejectedExecutionException e) {
        post(null, "the client is closed");
      } catch (Throwable e) { // There is no thread to start: the other calls are made all the same.
        post(null, problemOf(operation, e));
      }
    }

    /** On a thread that may block: the user's code. */
    @Override
    public void run() {
      try {
        post(call.call(), null);
      } catch (Throwable e) {
        post(null, problemOf(operation, e));
      }
    }

    private void post(@Nullable T result, @Nullable String problem) {
      scheduler.schedule(() -> end(result, problem), 0);
    }

    private void timedOut() {
      end(null, "the connection store did not " + operation + ": no answer within 5 s");
      if (running != null) {
        running.cancel(true);
        if (threads instanceof ThreadPoolExecutor && running instanceof Runnable) {
          // If it waits for a thread, it is kept no longer. It is near the head of the queue.
          ((ThreadPoolExecutor) threads).remove((Runnable) running);
        }
      }
    }

    private void end(@Nullable T result, @Nullable String problem) {
      if (over) {
        return;
      }
      over = true;
      if (timer != null) {
        timer.cancel();
      }
      if (problem != null && failing.add(operation)) {
        CallbackErrors.warn(problem + "; rooms go on without it, and it is asked again");
      } else if (problem == null && failing.remove(operation)) {
        CallbackErrors.info("the connection store works again: " + operation);
      }
      answer.answered(result, problem);
    }
  }

  /** Waits until the store has taken what it was given, up to 3 s. Idempotent. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
