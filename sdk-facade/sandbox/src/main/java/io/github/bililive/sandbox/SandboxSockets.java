package io.github.bililive.sandbox;

import io.github.bililive.sandbox.Monitor.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The WebSockets of a sandbox: what was seen of them, and what goes wrong with them.
 *
 * <p>Safe for use from any thread.
 */
public final class SandboxSockets {
  private final SocketHub hub;

  SandboxSockets(SocketHub hub) {
    this.hub = hub;
  }

  /**
   * Returns the plan of what goes wrong when sockets authenticate, which is empty at first.
   *
   * @return the plan, to be added to
   */
  public SocketFaults faults() {
    return hub.faults;
  }

  /**
   * Returns the sockets that were ever opened, the oldest first.
   *
   * @return a copy; those that are over up to the record limit
   */
  public List<SeenSocket> seen() {
    return seen(socket -> true);
  }

  /**
   * Returns the sockets that fit, of those that were ever opened, the oldest first.
   *
   * @param fits which; called with a lock held
   * @return a copy
   */
  public List<SeenSocket> seen(Predicate<? super SeenSocket> fits) {
    return hub.monitor.get(
        () -> hub.all().stream().map(SandboxSocket::seen).filter(seen -> fits.test(seen)).toList());
  }

  /**
   * Returns the open sockets, authenticated or not, the oldest first.
   *
   * @return a copy
   */
  public List<SandboxSocket> open() {
    return hub.open();
  }

  /**
   * Returns the newest open socket of a connection.
   *
   * @param connId its id
   * @return the socket; null if there is none open that has sent the connection's auth body
   */
  public @Nullable SandboxSocket ofConnection(String connId) {
    List<SandboxSocket> sockets =
        open().stream().filter(socket -> connId.equals(socket.seen().connId())).toList();
    return sockets.isEmpty() ? null : sockets.get(sockets.size() - 1);
  }

  /**
   * Returns what the clients did wrong on all sockets, each with its socket's number.
   *
   * @return empty if they did nothing wrong
   */
  public List<String> protocolErrors() {
    return seen().stream()
        .flatMap(
            socket ->
                socket.protocolErrors().stream()
                    .map(error -> "socket " + socket.number() + ": " + error))
        .toList();
  }

  /**
   * Waits until sockets fit, be they open or over.
   *
   * @param count how many, of those that {@link #seen()} holds
   * @param fits which count; called with a lock held
   * @param timeout how long to wait, in real time
   * @return the sockets that fit, {@code count} or more
   * @throws TimeoutException if there were fewer in time; its message says how many
   * @throws InterruptedException if the thread was interrupted
   */
  public List<SeenSocket> await(int count, Predicate<? super SeenSocket> fits, Duration timeout)
      throws InterruptedException, TimeoutException {
    return hub.monitor.await(() -> seen(fits), Wanted.atLeast(count, "sockets"), timeout);
  }

  /**
   * Waits until so many sockets are authenticated and open at the same time.
   *
   * @param count how many
   * @param timeout how long to wait, in real time
   * @return the sockets, {@code count} or more, the oldest first
   * @throws TimeoutException if there were fewer in time; its message says how many
   * @throws InterruptedException if the thread was interrupted
   */
  public List<SandboxSocket> awaitAuthenticated(int count, Duration timeout)
      throws InterruptedException, TimeoutException {
    return hub.monitor.await(
        hub::authenticated, Wanted.atLeast(count, "authenticated sockets"), timeout);
  }

  /**
   * Waits until no socket is open.
   *
   * @param timeout how long to wait, in real time
   * @throws TimeoutException if one was open still; its message says how many
   * @throws InterruptedException if the thread was interrupted
   */
  public void awaitAllClosed(Duration timeout) throws InterruptedException, TimeoutException {
    hub.monitor.await(hub::open, Wanted.none("open socket"), timeout);
  }

  /**
   * Returns how many sockets of one conn_id were ever open at once, from their opening on.
   *
   * @param tolerance how much later than it was the end of a socket may be seen: a client that
   *     closes one and dials the next does so on two connections, which the sandbox hears on two
   *     threads
   * @return 1 is as it should be; 0 if no socket has authenticated
   */
  public int mostAtOnceOfOneConnection(Duration tolerance) {
    return hub.monitor.get(() -> AtOnce.most(hub.all(), connection -> connection.id, tolerance));
  }

  /**
   * Returns how many sockets of one room were ever open at once, as {@link
   * #mostAtOnceOfOneConnection} does.
   *
   * @param tolerance as there
   * @return as there
   */
  public int mostAtOnceOfOneRoom(Duration tolerance) {
    return hub.monitor.get(
        () -> AtOnce.most(hub.all(), connection -> connection.room.id, tolerance));
  }

  /** Hangs up on all, as {@link SandboxSocket#drop} does. */
  public void dropAll() {
    open().forEach(SandboxSocket::drop);
  }

  /** Resets all, as {@link SandboxSocket#reset} does. */
  public void resetAll() {
    open().forEach(SandboxSocket::reset);
  }

  /**
   * Closes all in order, as {@link SandboxSocket#close} does.
   *
   * @param code such as 1001
   * @param reason at most 123 bytes
   */
  public void closeAll(int code, String reason) {
    open().forEach(socket -> socket.close(code, reason));
  }

  /** Silences all, as {@link SandboxSocket#goSilent} does. */
  public void silenceAll() {
    open().forEach(SandboxSocket::goSilent);
  }
}
