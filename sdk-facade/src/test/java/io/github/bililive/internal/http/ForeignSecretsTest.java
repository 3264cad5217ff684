package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.Leaks;
import io.github.bililive.LiveListener;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform that quotes a secret of another call than the one it answers. */
class ForeignSecretsTest extends ServerTestCase {
  private static final OAuthToken FIRST =
      OAuthToken.of("hush-access-1", "hush-refresh-1", 0, List.of());
  private static final String GRANTED =
      "{\"code\":0,\"data\":{\"access_token\":\"hush-access-2\","
          + "\"refresh_token\":\"hush-\\\"refresh\\\"-2\",\"expires_in\":0}}";

  private BiliLiveClient client;

  @BeforeEach
  void open(@TempDir Path directory) {
    client = open(builder().oauthBaseUrl(baseUrl()).tokenStore(FileTokenStore.in(directory)));
  }

  @Test
  void theFixedTokenInAHeartbeatsAnswer() {
    assertHidden(ACCESS_TOKEN, this::beat);
  }

  @Test
  void theAuthBodyOfAConnectionThatIsHeldInAHeartbeatsAnswer() throws Exception {
    server.enqueue(started("{\\\"key\\\":\\\"hush-key\\\"}"));
    StartedConnection held = client.start();

    assertHidden("{\"key\":\"hush-key\"}", this::beat);
    assertThat(held.getAuthBody()).isEqualTo("{\"key\":\"hush-key\"}");
  }

  @Test
  void thePairThatIsHeldInAStartsAnswer() throws Exception {
    server.enqueue(json(GRANTED));
    OAuthToken held = client.oauth().exchange("hush-code");

    assertHidden("hush-access-2", client::start);
    assertHidden("hush-\"refresh\"-2", client::start);
    assertThat(held.getAccessToken()).isEqualTo("hush-access-2");
  }

  @Test
  void thePairNowInAnyAnswer() throws Exception {
    RefreshingTokenProvider alice = client.oauth().provider("alice");
    alice.replaceToken(FIRST);
    server.enqueue(json("{\"code\":127001}"));
    server.enqueue(json(GRANTED));
    server.enqueue(started("hush-auth-body"));
    client.start(alice);

    for (String secret : List.of("hush-access-2", "hush-\"refresh\"-2")) {
      assertHidden(secret, this::beat);
      assertHidden(secret, () -> client.oauth().exchange("hush-code"));
    }
  }

  @Test
  void aPairOfTheStoreThatNoCallHasCarried(@TempDir Path directory) throws Exception {
    FileTokenStore store = FileTokenStore.in(directory);
    store.save("bob", FIRST);
    client = open(builder().tokenStore(store));
    server.enqueue(started("hush-auth-body"));
    client.start(client.oauth().provider("bob"));

    assertHidden("hush-refresh-1", this::beat);
  }

  @Test
  void aTokenInTheStatusLineOfASocketsAnswer() throws Exception {
    server.enqueue(
        json(
            "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":"
                + "\"hush-auth-body\",\"wss_link\":[\"ws://127.0.0.1:%d/sub\"]}}}"
                    .formatted(server.getPort())));
    server.enqueue(
        new MockResponse().setStatus("HTTP/1.1 what? " + ACCESS_TOKEN + " hush-auth-body"));
    BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();
    client.connect(
        new LiveListener() {
          @Override
          public void onStateChanged(ConnectionState state) {
            states.add(state);
          }
        });

    ConnectionState lost = states.poll(30, TimeUnit.SECONDS);
    while (lost != null && lost.getPhase() != ConnectionState.Phase.BACKING_OFF) {
      lost = states.poll(30, TimeUnit.SECONDS);
    }
    assertThat(lost).isNotNull();
    assertThat(lost.getMessage()).contains("what? ██ ██");
  }

  private void beat() throws Exception {
    client.heartbeat("c1");
  }

  /** As the platform's text, as a page, and in a URL. */
  private void assertHidden(String secret, ThrowingCallable call) {
    String quoted = secret.replace("\"", "\\\"");
    server.enqueue(json("{\"code\":4000,\"message\":\"for " + quoted + " no\"}"));
    assertThat(catchThrowable(call))
        .hasMessageContaining("«for ██ no»")
        .satisfies(Leaks::assertHidesSecrets);
    server.enqueue(json("<html>" + quoted + "</html>"));
    assertThat(catchThrowable(call))
        .hasMessageContaining("<html>██</html>")
        .satisfies(Leaks::assertHidesSecrets);
    server.enqueue(
        new MockResponse()
            .setResponseCode(302)
            .setHeader(
                "Location",
                "https://a.test/?t=" + URLEncoder.encode(secret, StandardCharsets.UTF_8)));
    assertThat(catchThrowable(call))
        .hasMessageContaining("https://a.test/?t=██")
        .satisfies(Leaks::assertHidesSecrets);
  }
}
