package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.Credentials;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of operations.md on metrics, at work, and beside it the other two hooks. */
@Timeout(120)
class MetricsExampleTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Map<String, Long> counters = new ConcurrentHashMap<>();
  @TempDir Path directory;
  @TempDir Path classes;

  /** The client's last act is to store a renewed pair; the directory cannot be deleted before. */
  @AfterEach
  void awaitTokensStored() throws InterruptedException {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("bililive-tokens")) {
        thread.join(60_000);
      }
    }
  }

  @Test
  void countersMoveAndALogLineIsMadeOfThem() throws Exception {
    Logger log = Logger.getAnonymousLogger();
    log.setUseParentHandlers(false);
    log.addHandler(new Lines());
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client =
            observed(
                    BiliLiveClient.builder()
                        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                        .baseUrl(sandbox.baseUrl())
                        .oauthBaseUrl(sandbox.baseUrl())
                        .tokenStore(FileTokenStore.in(directory))
                        .heartbeatInterval(100, TimeUnit.MILLISECONDS),
                    counters,
                    log)
                .heartbeatEvents(new CountedHeartbeats())
                .tokenEvents(new CountedTokens())
                .build()) {
      RefreshingTokenProvider alice = client.oauth().provider("alice");
      GrantedPair pair = sandbox.oauth().grant(0);
      alice.replaceToken(
          OAuthToken.of(
              pair.accessToken(), pair.refreshToken(), pair.expiresAtSeconds(), List.of()));
      sandbox.oauth().revoke(0);
      CountDownLatch heard = new CountDownLatch(2);
      client.connect(
          alice,
          new LiveListener() {
            @Override
            public void onDanmaku(Danmaku message) {
              heard.countDown();
            }
          },
          ConnectionOptions.builder().name("alice's room").build());
      awaitLine("alice's room is OPEN");
      sandbox.awaitRequests(3, seen -> !seen.connIds().isEmpty(), Duration.ofSeconds(60));
      SandboxRoom room = sandbox.room(0);
      room.send(SampleEvents.openLive().danmaku(room.id(), "m1", "hello"));
      room.send(SampleEvents.openLive().danmaku(room.id(), "m2", "hello"));
      assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
      room.drop();

      assertThat(awaitLine("alice's room is BACKING_OFF"))
          .contains("; so far {", "events=2", "tokens refreshed=1", "start answered 0=1");
      assertThat(counters).containsEntry("start answered 127001", 1L);
      assertThat(counters.get("heartbeats")).isGreaterThanOrEqualTo(2);
    }
  }

  private BiliLiveClientBuilder observed(
      BiliLiveClientBuilder builder, Map<String, Long> counters, Logger log) throws Exception {
    Class<?> example = Snippet.declaring("Observed").compile(classes).loadClass("Observed");
    return (BiliLiveClientBuilder)
        example
            .getMethod("observed", BiliLiveClientBuilder.class, Map.class, Logger.class)
            .invoke(null, builder, counters, log);
  }

  private String awaitLine(String start) throws InterruptedException {
    String line = lines.poll(60, TimeUnit.SECONDS);
    while (line != null && !line.startsWith(start)) {
      line = lines.poll(60, TimeUnit.SECONDS);
    }
    return String.valueOf(line);
  }

  /** The hooks that the example leaves out. */
  private final class CountedHeartbeats implements HeartbeatEvents {
    @Override
    public void requestAcknowledged(List<String> ids, List<String> dead, long millis) {
      counters.merge("heartbeats", (long) ids.size() - dead.size(), Long::sum);
    }
  }

  private final class CountedTokens implements TokenEvents {
    @Override
    public void refreshed(String broadcaster, long expiresAtSeconds) {
      counters.merge("tokens refreshed", 1L, Long::sum);
    }
  }

  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord record) {
      lines.add(record.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
