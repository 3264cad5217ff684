package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The binder of operations.md, as it stands there, on a real registry and a room with events. */
@Timeout(120)
class MicrometerRecipeTest {
  @TempDir Path classes;

  @Test
  void theMetersShowARoomAndWhatCameToIt() throws Exception {
    try (URLClassLoader loader = Snippet.declaring("BiliLiveMetrics").compile(classes);
        Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .baseUrl(sandbox.baseUrl())
                .build()) {
      CountDownLatch heard = new CountDownLatch(2);
      LiveConnection connection =
          client.connect(
              sandbox.accessToken(),
              new LiveListener() {
                @Override
                public void onDanmaku(Danmaku message) {
                  heard.countDown();
                }
              });
      assertThat(connection.awaitOpen(60, TimeUnit.SECONDS)).isTrue();
      SandboxRoom room = sandbox.room(0);
      for (String msgId : new String[] {"m1", "m1", "m2"}) {
        room.send(SampleEvents.openLive().danmaku(room.id(), msgId, "hello"));
      }
      assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();

      MeterRegistry meters = bound(loader, client);
      assertThat(meters.get("bililive.rooms").tag("phase", "OPEN").gauge().value()).isEqualTo(1);
      assertThat(meters.get("bililive.rooms").tag("phase", "CLOSED").gauge().value()).isZero();
      assertThat(meters.get("bililive.events").functionCounter().count()).isEqualTo(3);
      assertThat(meters.get("bililive.events.duplicate").functionCounter().count()).isEqualTo(1);
      assertThat(meters.get("bililive.attempts.per.second").gauge().value()).isPositive();
      assertThat(meters.get("bililive.retries.left").gauge().value()).isEqualTo(10);
      connection.close();
      connection.awaitClosed();

      MeterRegistry later = bound(loader, client);
      assertThat(later.get("bililive.rooms").gauges()).isNotEmpty().allMatch(g -> g.value() == 0);
      assertThat(later.get("bililive.events").functionCounter().count()).isEqualTo(3);
    }
  }

  private static MeterRegistry bound(URLClassLoader loader, BiliLiveClient client)
      throws Exception {
    MeterRegistry meters = new SimpleMeterRegistry();
    MeterBinder recipe =
        (MeterBinder)
            loader
                .loadClass("BiliLiveMetrics")
                .getConstructor(BiliLiveClient.class)
                .newInstance(client);
    recipe.bindTo(meters);
    return meters;
  }
}
