package io.github.bililive.internal.heartbeat;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.ServerTestCase;
import io.github.bililive.TlsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
      List<BlockingQueue<HeartbeatState>> ids =
          List.of(
              keep("c1", baseUrl, tls, Protocol.HTTP_1_1),
              keep("c2", baseUrl, tls, Protocol.HTTP_2, Protocol.HTTP_1_1));

      await(ids, HeartbeatState.ALIVE);
      network.swallow(true);
      await(ids, HeartbeatState.AT_RISK);
      network.swallow(false);
      await(ids, HeartbeatState.ALIVE);

      for (int i = tls.server.getRequestCount(); i > 0; i--) {
        assertThat(tls.server.takeRequest(1, TimeUnit.SECONDS))
            .extracting(RecordedRequest::getRequestLine)
            .matches(line -> line.endsWith(line.startsWith("POST") ? " HTTP/1.1" : ""));
      }
    }
  }

  private BlockingQueue<HeartbeatState> keep(
      String connId, String baseUrl, TlsServer tls, Protocol... protocols) throws IOException {
    OkHttpClient users = tls.trustingClient().newBuilder().protocols(List.of(protocols)).build();
    Request plain = new Request.Builder().url(baseUrl).build();
    try (Response response = users.newCall(plain).execute()) {
      assertThat(response.protocol()).isEqualTo(protocols[0]);
    }
    BlockingQueue<HeartbeatState> states = new LinkedBlockingQueue<>();
    open(builder().okHttpClient(users).baseUrl(baseUrl).heartbeatPolicy(FAST))
        .keepAlive(connId, (id, state, cause) -> states.add(state));
    return states;
  }

  private static void await(List<BlockingQueue<HeartbeatState>> ids, HeartbeatState awaited)
      throws InterruptedException {
    for (BlockingQueue<HeartbeatState> states : ids) {
      HeartbeatState state = null;
      while (state != awaited) {
        state = states.poll(60, TimeUnit.SECONDS);
        assertThat(state).isNotNull();
      }
    }
  }
}
