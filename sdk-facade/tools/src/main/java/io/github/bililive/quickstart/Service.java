package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.environment.Environment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the quickstart runs. */
interface Service extends AutoCloseable {
  /** Returns one word for the first line. */
  String kind();

  /** Returns the rest of the first line. */
  String intro();

  /** Returns a client builder with all that depends on the place. */
  BiliLiveClientBuilder builder();

  /** Connects to the room with this number, from 0; there may be one room alone. */
  LiveConnection connect(BiliLiveClient client, int room, LiveListener listener);

  /** Lets time pass, until it is over, or the user ends it, or nothing is alive any more. */
  void perform(
      List<LiveConnection> connections, CountDownLatch interrupted, int seconds, Narrator narrator)
      throws InterruptedException;

  /** Lets what is on its way arrive, if this is known. */
  void settle(List<LiveConnection> connections) throws InterruptedException;

  /** Returns how many events were sent on healthy sockets; -1 if nobody knows. */
  long sent();

  @Override
  void close();

  /**
   * Chooses the service that the environment names, or a sandbox.
   *
   * @throws IllegalArgumentException if the environment is incomplete or wrong
   */
  static Service of(Environment environment, int connections) {
    return environment.isEmpty() ? new SandboxService(connections) : RealService.of(environment);
  }

  /** Waits for a while; less if the user ends it or all connections are over. */
  static boolean endsWithin(
      long millis, List<LiveConnection> connections, CountDownLatch interrupted)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (true) {
      long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (leftMillis <= 0) {
        return false;
      }
      boolean allOver = connections.stream().allMatch(c -> c.getState().getPhase() == Phase.CLOSED);
      if (allOver || interrupted.await(Math.min(leftMillis, 100), TimeUnit.MILLISECONDS)) {
        return true;
      }
    }
  }
}
