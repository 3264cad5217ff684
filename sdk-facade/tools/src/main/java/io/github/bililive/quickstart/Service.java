package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where the quickstart runs. */
interface Service extends AutoCloseable {
  /** Returns one word for the first line. */
  String kind();

  /** Returns the rest of the first line. */
  String intro();

  /** Returns a client builder with all that depends on the place. */
  BiliLiveClient.Builder builder();

  /** Connects to the room that the connection with this number, from 0, goes to. */
  LiveConnection connect(BiliLiveClient client, int connection, LiveListener listener);

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
   * @throws UsageException if credentials are set in part or wrongly
   */
  static Service of(Map<String, String> environment, int connections) {
    List<String> required = RealService.required(environment);
    List<String> missing = new ArrayList<>(required);
    missing.removeIf(name -> !environment.getOrDefault(name, "").isBlank());
    if (missing.isEmpty()) {
      return RealService.of(environment);
    }
    boolean noneIsSet = missing.size() == required.size();
    if (noneIsSet && environment.getOrDefault(RealService.BASE_URL, "").isBlank()) {
      return new SandboxService(connections);
    }
    throw new UsageException(
        "missing environment variable"
            + (missing.size() == 1 ? " " : "s ")
            + String.join(", ", missing)
            + ": set all of "
            + String.join(", ", required)
            + " to use a service, or none for the sandbox");
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
