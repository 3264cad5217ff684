package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Scheduler;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One socket of a room, from dialling to its end. Its events come from the socket's threads and are
 * passed on to the {@link ConnectionMachine} on the scheduler's thread, where its methods are
 * called, too; none once it is dropped.
 */
final class RoomSocket implements LiveSocket.Events {
  /** How long opening a socket may take; OkHttp's own limits for its steps are 10 s each. */
  static final long DIAL_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** The platform answers the auth body within 5 s, or never. */
  static final long AUTH_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The platform hangs up after about 70 s without a heartbeat; public clients use 15 to 30 s. */
  static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(20);

  /** How long a socket that is closed in order may take for it. */
  static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Scheduler scheduler;
  private final ConnectionReport report;
  private final LiveSocket.Events machine;
  private final LiveSocket socket;

  /** When the heartbeat was sent that has no reply yet; null if there is none. */
  private @Nullable Long beatSentAtNanos;

  private boolean dropped;

  /** Dials. From now on the room's events come from this socket. */
  RoomSocket(
      RoomIo io,
      String link,
      Scheduler scheduler,
      ConnectionReport report,
      LiveSocket.Events machine) {
    this.scheduler = scheduler;
    this.report = report;
    this.machine = machine;
    report.dialled(link);
    socket = io.dial(link, this);
    io.listenTo(socket);
  }

  void authenticate(String authBody) {
    socket.authenticate(authBody);
  }

  void beat() {
    beatSentAtNanos = scheduler.nanoTime();
    socket.beat();
  }

  boolean isAnswered() {
    return beatSentAtNanos == null;
  }

  /** Returns whether the last heartbeat was not answered, and no slow listener is to blame. */
  boolean isSilent() {
    return beatSentAtNanos != null && !socket.heldBackSince(beatSentAtNanos);
  }

  void drop() {
    dropped = true;
    CallbackErrors.run(socket::cancel);
  }

  /** Says goodbye and ends it soon. Throws nothing, as {@link #drop}: the room must get on. */
  void close() {
    dropped = true;
    CallbackErrors.run(socket::close);
    CallbackErrors.run(() -> scheduler.schedule(socket::cancel, GOODBYE_NANOS));
  }

  @Override
  public void opened() {
    post(machine::opened);
  }

  @Override
  public void authReply(int code) {
    post(() -> machine.authReply(code));
  }

  @Override
  public void heartbeatReply() {
    post(
        () -> {
          if (beatSentAtNanos != null) {
            report.heartbeatAnswered(scheduler.nanoTime() - beatSentAtNanos);
            beatSentAtNanos = null;
          }
        });
  }

  @Override
  public void interactionEnded(String connId) {
    post(() -> machine.interactionEnded(connId));
  }

  @Override
  public void lost(Reason reason, String message, @Nullable Integer closeCode) {
    post(() -> machine.lost(reason, message, closeCode));
  }

  private void post(Runnable event) {
    scheduler.schedule(
        () -> {
          if (dropped) {
            return;
          }
          try {
            event.run();
          } catch (Throwable e) {
            machine.failed(e);
          }
        },
        0);
  }
}
