package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionSource;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.SourceException;
import io.github.bililive.generated.relay.model.LeaseAction;
import io.github.bililive.generated.relay.model.LeaseResponse;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * What a server of the user's starts and keeps alive, asked for by a {@link ConnectionSource}. What
 * is a heartbeat elsewhere renews a lease here. A start whose answer is lost is asked for with the
 * same lease again, so that the server gives the same connection.
 *
 * <p>Safe for use by several threads.
 */
public final class SourceCalls implements ConnectionApi<SourceCalls.Room> {
  /** How long a server keeps a lease that is not renewed, unless it is built otherwise. */
  public static final long TIME_TO_LIVE_MILLIS = 60_000;

  /** How long the platform keeps a connection whose lease has ended. */
  private static final long LEFT_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** A source that hangs and heeds no interrupt holds a thread for each question. */
  private static final int MOST_THREADS = 64;

  /** How long {@link #close} waits until the server has heard that leases end. */
  private static final long GOODBYE_SECONDS = 3;

  /** One room of a source. */
  public static final class Room {
    private final ConnectionSource source;

    /** Of the next start; another as soon as that has given a connection, or is given up. */
    private volatile Lease lease;

    public Room(ConnectionSource source) {
      this.source = source;
      lease = nextLease();
    }

    private Lease nextLease() {
      return new Lease(source, UUID.randomUUID().toString());
    }
  }

  private static final class Lease {
    final ConnectionSource source;
    final String id;

    Lease(ConnectionSource source, String id) {
      this.source = source;
      this.id = id;
    }
  }

  /** Makes an answer of a server's text. */
  private interface Reading<T> {
    T read(LeaseResponse answer);
  }

  private final Redaction redaction;
  private final Scheduler scheduler;
  private final long timeoutNanos;
  private final long intervalMillis;
  private final ThreadPoolExecutor threads = DaemonThreads.bounded("bililive-source", MOST_THREADS);

  /** The leases that have a connection, by its id. */
  private final Map<String, Lease> held = new ConcurrentHashMap<>();

  /**
   * The leases of which the server may know: those, and those of starts without an answer. Its lock
   * is held while a lease is ended, and while the threads are shut down.
   */
  private final Set<Lease> known = Collections.newSetFromMap(new ConcurrentHashMap<>());

  private final Set<Question<?>> underWay = Collections.newSetFromMap(new ConcurrentHashMap<>());
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Creates the questions of one client, which renews leases at this interval. */
  public SourceCalls(
      Redaction redaction,
      Scheduler scheduler,
      OkHttpClient users,
      long callTimeoutMillis,
      long intervalMillis) {
    this.redaction = redaction;
    this.scheduler = scheduler;
    this.intervalMillis = intervalMillis;
    timeoutNanos =
        TimeUnit.MILLISECONDS.toNanos(
            callTimeoutMillis == 0 ? Wire.callTimeoutMillis(users) : callTimeoutMillis);
  }

  @Override
  public PendingCall start(Room room, AnswerCallback<StartedConnection> callback) {
    Lease lease = room.lease;
    redaction.remember(lease.id);
    known.add(lease);
    Question<StartedConnection> question =
        new Question<>(
            lease,
            LeaseAction.START,
            answer -> {
              StartedConnection started = LeaseText.connection(answer, lease.id);
              redaction.remember(started.getAuthBody());
              warnOfShort(answer);
              if (started.getConnId().isEmpty()) {
                known.remove(lease); // Nothing is to be renewed, nor to be ended.
              } else {
                held.put(started.getConnId(), lease);
              }
              room.lease = room.nextLease();
              return started;
            },
            callback);
    question.begin(timeoutNanos);
    return () -> {
      question.cancel();
      held.values().remove(lease);
      room.lease = room.nextLease();
      end(lease);
    };
  }

  private void warnOfShort(LeaseResponse answer) {
    Integer seconds = answer.getLeaseSeconds();
    if (seconds != null && TimeUnit.SECONDS.toMillis(seconds) < 2 * intervalMillis) {
      CallbackErrors.warn(
          "the source's server ends leases after "
              + seconds
              + " s, and this client renews them every "
              + intervalMillis
              + " ms: set a heartbeatInterval of a third, or a longer lease at the server");
    }
  }

  /** Renews the lease of one connection: each has a source of its own. */
  @Override
  public PendingCall heartbeat(
      List<String> connIds, long renewalNanos, AnswerCallback<Set<String>> callback) {
    String connId = connIds.get(0);
    Lease lease = held.get(connId);
    if (lease == null) {
      callback.onSuccess(Collections.singleton(connId));
      return () -> {};
    }
    Question<Set<String>> question =
        new Question<>(
            lease,
            LeaseAction.RENEW,
            answer -> {
              if (answer.getLeaseSeconds() != null) {
                return Collections.emptySet();
              }
              held.remove(connId);
              known.remove(lease); // The server knows it no more.
              return Collections.singleton(connId);
            },
            new Renewal(connId, callback));
    question.begin(renewalNanos);
    return question;
  }

  /** A source that wants no more questions ends the room: the next start hears of it and why. */
  private static final class Renewal implements AnswerCallback<Set<String>> {
    private final String connId;
    private final AnswerCallback<Set<String>> callback;

    Renewal(String connId, AnswerCallback<Set<String>> callback) {
      this.connId = connId;
      this.callback = callback;
    }

    @Override
    public void onSuccess(Set<String> deadConnIds) {
      callback.onSuccess(deadConnIds);
    }

    @Override
    public void onFailure(BiliLiveException error) {
      Remedy remedy = error.getRemedy();
      if (remedy == Remedy.SIGN_IN_AGAIN || remedy == Remedy.GIVE_UP) {
        callback.onSuccess(Collections.singleton(connId));
      } else {
        callback.onFailure(error);
      }
    }
  }

  @Override
  public long leftBehindNanos() {
    return LEFT_BEHIND_NANOS;
  }

  @Override
  public void adopt(Room room, StartedConnection started) {
    redaction.remember(started.getAuthBody());
    String id = started.getLease();
    if (id != null && !started.getConnId().isEmpty()) {
      redaction.remember(id);
      Lease lease = new Lease(room.source, id);
      known.add(lease);
      held.put(started.getConnId(), lease);
    }
  }

  @Override
  public void forget(String connId) {
    Lease lease = held.remove(connId);
    if (lease != null) {
      known.remove(lease);
    }
  }

  @Override
  public boolean end(String connId) {
    Lease lease = held.remove(connId);
    if (lease != null) {
      end(lease);
    }
    return lease != null;
  }

  private void end(Lease lease) {
    synchronized (known) { // Or close() could come between the two, and no thread be left.
      if (known.remove(lease)) {
        new Question<>(lease, LeaseAction.END, answer -> answer, new Goodbye()).begin(timeoutNanos);
      }
    }
  }

  private static final class Goodbye implements AnswerCallback<LeaseResponse> {
    @Override
    public void onSuccess(LeaseResponse answer) {}

    @Override
    public void onFailure(BiliLiveException error) {
      CallbackErrors.fine("a lease ends by itself: " + error.getMessage());
    }
  }

  /** One question to the server, until it is answered, failed, given up or cancelled. */
  private final class Question<T> implements AnswerCallback<String>, PendingCall {
    private final Lease lease;
    private final LeaseAction action;
    private final Reading<T> reading;
    private final AnswerCallback<T> callback;
    private final AtomicBoolean over = new AtomicBoolean();

    /** Null until it has begun. */
    private volatile @Nullable Future<?> running;

    private volatile @Nullable Cancellable timer;

    Question(Lease lease, LeaseAction action, Reading<T> reading, AnswerCallback<T> callback) {
      this.lease = lease;
      this.action = action;
      this.reading = reading;
      this.callback = callback;
    }

    void begin(long withinNanos) {
      underWay.add(this);
      try {
        running = threads.submit(this::ask);
      } catch (RejectedExecutionException e) {
        onFailure(failed("the client is closed", null));
      }
      timer =
          scheduler.schedule(
              () -> {
                long millis = TimeUnit.NANOSECONDS.toMillis(withinNanos);
                onFailure(failed("the source has not answered for " + millis + " ms", null));
                interrupt();
                threads.purge();
              },
              withinNanos);
      if (over.get()) { // Checked last, so that no timer is left.
        ended();
      }
    }

    /** The user's code. Whatever it throws is an answer. */
    private void ask() {
      try {
        lease.source.ask(LeaseText.question(lease.id, action), this);
      } catch (BiliLiveException e) {
        onFailure(e);
      } catch (Throwable e) {
        onFailure(failed("the source failed: " + redaction.startOf(e.toString()), e));
      }
    }

    private SourceException failed(String problem, @Nullable Throwable cause) {
      return new SourceException(action.getValue() + ": " + problem, cause, Remedy.RETRY);
    }

    @Override
    public void onSuccess(String text) {
      if (!over.compareAndSet(false, true)) {
        return;
      }
      T answer;
      try {
        answer = reading.read(LeaseText.readAnswer(text));
      } catch (BiliLiveException e) {
        callback.onFailure(e);
        return;
      } catch (Throwable e) { // Its message may quote the text.
        callback.onFailure(LeaseText.unread(e.getClass().getName()));
        return;
      } finally {
        ended();
      }
      callback.onSuccess(answer);
    }

    @Override
    public void onFailure(@Nullable BiliLiveException error) { // A user may give null.
      if (over.compareAndSet(false, true)) {
        ended();
        callback.onFailure(error == null ? failed("the source failed with null", null) : error);
      }
    }

    @Override
    public void cancel() {
      giveUp();
      threads.purge(); // If it still waits for a thread, it is kept no longer.
    }

    void giveUp() {
      onFailure(new NetworkException(action.getValue(), "the source", new IOException("Canceled")));
      interrupt();
    }

    private void interrupt() {
      Future<?> begun = running;
      if (begun != null) {
        begun.cancel(true);
      }
    }

    private void ended() {
      underWay.remove(this);
      Cancellable set = timer;
      if (set != null) {
        set.cancel();
      }
    }
  }

  /**
   * Ends all leases, and waits until the server has heard of it, up to 3 s. Waits for nothing if
   * there is none. Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    for (Question<?> question : new ArrayList<>(underWay)) {
      if (!question.action.equals(LeaseAction.END)) {
        question.giveUp();
      }
    }
    threads.purge(); // Once: it looks at all that waits.
    synchronized (known) {
      for (Lease lease : new ArrayList<>(known)) {
        end(lease);
      }
      threads.shutdown();
    }
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
