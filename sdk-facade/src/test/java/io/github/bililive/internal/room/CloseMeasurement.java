package io.github.bililive.internal.room;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.LiveListener;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;

/** Measures how long {@link BiliLiveClient#close} takes with many rooms that are being started. */
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
        for (int i = 0; i < rooms; i++) {
          client.connect("token-of-room-" + i, new LiveListener() {});
        }
        long cpuNanos = -THREADS.getCurrentThreadCpuTime();
        long tookNanos = -System.nanoTime();
        client.close();
        tookNanos += System.nanoTime();
        cpuNanos += THREADS.getCurrentThreadCpuTime();
        System.out.printf(
            "close() of %,d rooms: %,d ms, of which %,d ms of this thread's processor time%n",
            rooms,
            TimeUnit.NANOSECONDS.toMillis(tookNanos),
            TimeUnit.NANOSECONDS.toMillis(cpuNanos));
      }
    }
    System.exit(0);
  }
}
