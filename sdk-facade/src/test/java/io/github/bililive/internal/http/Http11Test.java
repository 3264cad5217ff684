package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ServerTestCase;
import io.github.bililive.TlsServer;
import io.github.bililive.WireSignature;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Http11Test extends ServerTestCase {
  @TempDir Path directory;

  @Test
  void aServerThatOffersHttp2IsSpokenToInHttp11() throws Exception {
    try (TlsServer tls = new TlsServer(directory)) {
      OkHttpClient users = tls.trustingClient();
      tls.server.enqueue(json(SUCCESS));
      tls.server.enqueue(started("hush"));
      tls.server.enqueue(json(SUCCESS));
      tls.server.enqueue(json(SUCCESS));
      tls.server.enqueue(started("hush"));
      BiliLiveClient client = open(builder().okHttpClient(users).baseUrl(tls.baseUrl()));

      Request plain = new Request.Builder().url(tls.baseUrl()).build();
      try (Response response = users.newCall(plain).execute()) {
        assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
      }
      tls.server.takeRequest();
      client.start();
      client.heartbeat("c1");
      client.batchHeartbeat(List.of("c1", "c2"));
      client.api().start().execute();

      for (int i = 0; i < 4; i++) {
        assertDocumented(Objects.requireNonNull(tls.server.takeRequest(10, TimeUnit.SECONDS)), tls);
      }
    }
  }

  private static void assertDocumented(RecordedRequest request, TlsServer tls) {
    assertThat(request.getRequestLine()).endsWith(" HTTP/1.1");
    assertThat(WireSignature.single(request, "Host"))
        .isEqualTo("127.0.0.1:" + tls.server.getPort());
    assertThat(WireSignature.single(request, "Connection")).isEqualTo("keep-alive");
    assertThat(WireSignature.single(request, "Content-Type")).isEqualTo("application/json");
  }
}
