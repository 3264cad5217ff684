package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.sandbox.Sandbox;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QuietRoomTest {
  /** A pool of connections that forgets after a millisecond looks at all of them in each. */
  @Test
  void anOpenRoomOnWhichNothingHappensWakesNoThreadOverAndOver() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .baseUrl(sandbox.baseUrl())
                .build()) {
      LiveConnection room = client.connect(sandbox.accessToken(), new LiveListener() {});
      assertThat(room.awaitOpen(60, TimeUnit.SECONDS)).isTrue();
      long fewest = Long.MAX_VALUE;
      for (int i = 0; i < 50 && fewest >= 50; i++) { // Clients of other tests may be ending.
        long before = waits();
        new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);
        fewest = Math.min(fewest, waits() - before);
      }

      assertThat(fewest).isLessThan(50);
    }
  }

  /** Returns how often OkHttp's threads for tasks have waited. */
  private static long waits() {
    return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().startsWith("OkHttp TaskRunner"))
        .mapToLong(ThreadInfo::getWaitedCount)
        .sum();
  }
}
