package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.LiveListener;
import io.github.bililive.ServerTestCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

/** What calls and sockets say that they come from. */
class UserAgentTest extends ServerTestCase {
  @Test
  void itIsTheSdkAndItsVersion() throws Exception {
    String pom = Files.readString(Path.of("pom.xml"));
    Matcher version = Pattern.compile("<version>(.+?)</version>").matcher(pom);
    assertThat(version.find()).isTrue();

    exchange(open(builder().oauthBaseUrl(baseUrl())));

    for (int i = 0; i < 4; i++) {
      assertThat(nextRequest().getHeaders().values("User-Agent"))
          .containsExactly("bililive/" + version.group(1));
    }
  }

  @Test
  void aUserWhoSetsItHasTheLastWord() throws Exception {
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain.request().newBuilder().header("User-Agent", "mine/1").build()))
            .build();

    exchange(open(builder().okHttpClient(users).oauthBaseUrl(baseUrl())));

    for (int i = 0; i < 4; i++) {
      assertThat(nextRequest().getHeaders().values("User-Agent")).containsExactly("mine/1");
    }
  }

  private void exchange(BiliLiveClient client) {
    server.enqueue(json(SUCCESS));
    server.enqueue(
        json(
            "{\"code\":0,\"data\":{\"access_token\":\"hush-a\",\"refresh_token\":\"hush-r\","
                + "\"expires_in\":4102444800}}"));
    server.enqueue(
        json(
            "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":\"hush\","
                + "\"wss_link\":[\"ws://127.0.0.1:"
                + server.getPort()
                + "/sub\"]}}}"));
    server.enqueue(new MockResponse().setResponseCode(503));
    client.heartbeat("c1");
    client.oauth().exchange("a-code-of-a-test");
    client.connect(new LiveListener() {});
  }

  private RecordedRequest nextRequest() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(60, TimeUnit.SECONDS));
  }
}
