package io.github.bililive.internal.heartbeat;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.ServerTestCase;
import io.github.bililive.TlsServer;
import io.github.bililive.hook.HeartbeatEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A network that falls silent under a connection, and is back for new ones. */
@Timeout(120)
class BlackHoleTest extends ServerTestCase {
  private static final HeartbeatPolicy FAST =
      HeartbeatPolicy.builder().interval(1, SECONDS).timeToLive(4, SECONDS).build();

  @TempDir Path directory;

  @Test
  void heartbeatsGoOnOverANewConnectionWhateverTheUsersClientAllows() throws Exception {
    try (TlsServer tls = new TlsServer(directory);
        Hole network = new Hole(tls.server.getPort())) {
      tls.server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return json(SUCCESS);
            }
          });
      String baseUrl = "https://127.0.0.1:" + network.port() + "/";
      List<Kept> ids =
          List.of(
              keep("c1", baseUrl, tls, Protocol.HTTP_1_1),
              keep("c2", baseUrl, tls, Protocol.HTTP_2, Protocol.HTTP_1_1));

      await(ids, HeartbeatState.ALIVE);
      network.swallow(true);
      await(ids, HeartbeatState.AT_RISK);
      network.swallow(false);
      ids.forEach(Kept::networkIsBack);
      await(ids, HeartbeatState.ALIVE);

      // One begins each second.
      assertThat(ids).extracting(id -> id.begun.get()).allMatch(begun -> begun <= 5);

      for (int i = tls.server.getRequestCount(); i > 0; i--) {
        assertThat(tls.server.takeRequest(1, TimeUnit.SECONDS))
            .extracting(RecordedRequest::getRequestLine)
            .matches(line -> line.endsWith(line.startsWith("POST") ? " HTTP/1.1" : ""));
      }
    }
  }

  private Kept keep(String connId, String baseUrl, TlsServer tls, Protocol... protocols)
      throws IOException {
    OkHttpClient users = tls.trustingClient().newBuilder().protocols(List.of(protocols)).build();
    Request plain = new Request.Builder().url(baseUrl).build();
    try (Response response = users.newCall(plain).execute()) {
      assertThat(response.protocol()).isEqualTo(protocols[0]);
    }
    Kept kept = new Kept();
    open(builder().okHttpClient(users).baseUrl(baseUrl).heartbeatPolicy(FAST).heartbeatEvents(kept))
        .keepAlive(connId, (id, state, cause) -> kept.states.add(state));
    return kept;
  }

  private static final class Kept implements HeartbeatEvents {
    final BlockingQueue<HeartbeatState> states = new LinkedBlockingQueue<>();

    /** Requests from the network's return until one was acknowledged. */
    final AtomicInteger begun = new AtomicInteger();

    private volatile boolean counting;

    void networkIsBack() {
      counting = true;
    }

    @Override
    public void requestBegan(List<String> connIds) {
      begun.addAndGet(counting ? 1 : 0);
    }

    @Override
    public void requestAcknowledged(List<String> connIds, List<String> expired, long tookMillis) {
      counting = false;
    }
  }

  private static void await(List<Kept> ids, HeartbeatState awaited) throws InterruptedException {
    for (Kept kept : ids) {
      HeartbeatState state = null;
      while (state != awaited) {
        state = kept.states.poll(60, TimeUnit.SECONDS);
        assertThat(state).isNotNull();
      }
    }
  }
}
