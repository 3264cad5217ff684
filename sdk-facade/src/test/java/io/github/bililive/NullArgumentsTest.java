package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A null argument fails at once, names itself, and says what would be right. */
@SuppressWarnings("NullAway") // Nulls are the mistake.
class NullArgumentsTest extends ServerTestCase {
  private final Map<ThrowingCallable, String> calls = new LinkedHashMap<>();

  private void refuses(String name, ThrowingCallable call) {
    calls.put(call, name);
  }

  private void assertAllRefused() {
    assertThat(calls).isNotEmpty();
    calls.forEach(
        (call, name) ->
            assertThatThrownBy(call)
                .isInstanceOf(NullPointerException.class)
                .hasMessageMatching("(?s).*" + name + " is null: .{5,}"));
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void ofValues() {
    refuses("accessToken", () -> AccessToken.of(null));
    refuses("clientId", () -> Credentials.of(null, APP_SECRET));
    refuses("appSecret", () -> Credentials.of(CLIENT_ID, null));
    refuses("connId", () -> new StartedConnection(null, "a", List.of()));
    refuses("authBody", () -> new StartedConnection("c", null, List.of()));
    refuses("wssLinks", () -> new StartedConnection("c", "a", null));
    refuses("unit of the first pause", () -> RetryPolicy.builder().firstPause(1, null));
    refuses("unit of the longest pause", () -> RetryPolicy.builder().longestPause(1, null));

    assertAllRefused();
    assertThatThrownBy(() -> AccessToken.of(null))
        .hasMessage("accessToken is null: is the environment variable set?");
  }

  @Test
  void ofErrors() {
    IOException cause = new IOException();
    refuses("failure", () -> BiliLiveException.onThisThread(null));
    refuses("operation", () -> new PlatformException(null, 1, "", null));
    refuses("platformMessage", () -> new PlatformException("start", 1, null, null));
    refuses("finding", () -> new PlatformException("start", 1, "", null, null, null));
    refuses("operation", () -> new InvalidResponseException(null, "p", 200, null, "", null));
    refuses("problem", () -> new InvalidResponseException("start", null, 200, null, "", null));
    refuses("bodyStart", () -> new InvalidResponseException("start", "p", 200, null, null, null));
    refuses("operation", () -> new NetworkException(null, "host", cause));
    refuses("host", () -> new NetworkException("start", null, cause));
    refuses("cause", () -> new NetworkException("start", "host", null));
    refuses("operation", () -> new TokenException(null, "p", null, 0));
    refuses("problem", () -> new TokenException("start", null, null, 0));
    refuses("operation", () -> new TokenStoreException(null, "alice", cause, 0));
    refuses("broadcaster", () -> new TokenStoreException("load", null, cause, 0));
    refuses("cause", () -> new TokenStoreException("load", "alice", null, 0));
    refuses("operation", () -> new AuthorisationRequiredException(null, "alice", "p", null));
    refuses("broadcaster", () -> new AuthorisationRequiredException("start", null, "p", null));
    refuses("problem", () -> new AuthorisationRequiredException("start", "alice", null, null));

    assertAllRefused();
  }

  @Test
  void ofCalls() {
    BiliLiveClient client = open();
    Heard<StartedConnection> start = new Heard<>();
    refuses("accessToken", () -> client.start((String) null));
    refuses("accessToken", () -> client.start((AccessTokenProvider) null));
    refuses("callback", () -> client.start((AnswerCallback<StartedConnection>) null));
    refuses("accessToken", () -> client.start((String) null, start));
    refuses("callback", () -> client.start(ACCESS_TOKEN, null));
    refuses("accessToken", () -> client.start((AccessTokenProvider) null, start));
    refuses("callback", () -> client.start(AccessTokenProvider.fixed(ACCESS_TOKEN), null));
    refuses("connId", () -> client.heartbeat(null));
    refuses("connId", () -> client.heartbeat(null, new Heard<>()));
    refuses("callback", () -> client.heartbeat("c1", null));
    refuses("connIds", () -> client.batchHeartbeat(null));
    refuses("connIds", () -> client.batchHeartbeat(null, new Heard<>()));
    refuses("connId", () -> client.batchHeartbeat(Arrays.asList("c1", null)));
    refuses("callback", () -> client.batchHeartbeat(Collections.singleton("c1"), null));

    assertAllRefused();
  }

  @Test
  void ofTheBuilder() {
    BiliLiveClient.Builder builder = builder();
    refuses("credentials", () -> builder.credentials(null));
    refuses("accessToken", () -> builder.accessToken(null));
    refuses("accessTokenProvider", () -> builder.accessTokenProvider(null));
    refuses("tokenStore", () -> builder.tokenStore(null));
    refuses("tokenEvents", () -> builder.tokenEvents(null));
    refuses("oauthBaseUrl", () -> builder.oauthBaseUrl(null));
    refuses("baseUrl", () -> builder.baseUrl(null));
    refuses("signatureVersion", () -> builder.signatureVersion(null));
    refuses("okHttpClient", () -> builder.okHttpClient(null));
    refuses("callbackExecutor", () -> builder.callbackExecutor(null));
    refuses("socketThreads", () -> builder.socketThreads(null));
    refuses("unit of the call timeout", () -> builder.callTimeout(1, null));
    refuses("retryPolicy", () -> builder.retryPolicy(null));
    refuses("requestEvents", () -> builder.requestEvents(null));
    refuses("heartbeatEvents", () -> builder.heartbeatEvents(null));
    refuses("connectionEvents", () -> builder.connectionEvents(null));
    refuses("heartbeatPolicy", () -> builder.heartbeatPolicy(null));
    refuses("monotonicClock", () -> builder.monotonicClock(null));

    assertAllRefused();
  }
}
