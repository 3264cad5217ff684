package io.github.bililive.internal.room;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.Credentials;
import io.github.bililive.LiveListener;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long {@link BiliLiveClient#close} takes with many rooms that are being started, and
 * until every listener has heard of it.
 */
public final class CloseMeasurement {
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CloseMeasurement() {}

  /** Takes the number of rooms. */
  public static void main(String[] args) throws Exception {
    int rooms = Integer.parseInt(args[0]);
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
      for (int round = 1; round <= ROUNDS; round++) {
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of("measured-client", "not-a-secret"))
                .baseUrl("http://127.0.0.1:" + silent.getLocalPort() + "/")
                .build();
        CountDownLatch toHear = new CountDownLatch(rooms);
        for (int i = 0; i < rooms; i++) {
          client.connect("token-of-room-" + i, new Hearing(toHear));
        }
        long cpuNanos = -THREADS.getCurrentThreadCpuTime();
        long beganNanos = System.nanoTime();
        client.close();
        long tookNanos = System.nanoTime() - beganNanos;
        cpuNanos += THREADS.getCurrentThreadCpuTime();
        toHear.await();
        System.out.printf(
            "close() of %,d rooms: %,d ms, of which %,d ms of this thread's processor time;"
                + " all listeners have heard after %,d ms%n",
            rooms,
            TimeUnit.NANOSECONDS.toMillis(tookNanos),
            TimeUnit.NANOSECONDS.toMillis(cpuNanos),
            TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
      }
    }
    System.exit(0);
  }

  private static final class Hearing implements LiveListener {
    private final CountDownLatch toHear;

    Hearing(CountDownLatch toHear) {
      this.toHear = toHear;
    }

    @Override
    public void onStateChanged(ConnectionState state) {
      if (state.getPhase() == ConnectionState.Phase.CLOSED) {
        toHear.countDown();
      }
    }
  }
}
