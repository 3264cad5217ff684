package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.Leaks;
import io.github.bililive.PendingCall;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The {@code access-token} of heartbeats, as the server sees it. */
@Timeout(120)
class HeartbeatTokenTest extends ServerTestCase {
  @Test
  void aHeartbeatCarriesTheTokenThatItsIdWasStartedWith() throws Exception {
    BiliLiveClient client = open();
    String own = start(client, "own", null).getConnId();
    String other = start(client, "other", AccessTokenProvider.fixed("hush-other")).getConnId();

    assertThat(tokenOf(client, own)).isEqualTo(ACCESS_TOKEN);
    assertThat(tokenOf(client, other)).isEqualTo("hush-other");
    assertThat(tokenOf(client, "never started here")).isEmpty();
    assertThat(own + other).isEqualTo("ownother"); // Held until here, or they would be forgotten.
  }

  @Test
  void aBatchCarriesATokenOnlyIfItIsThatOfAllItsIds() throws Exception {
    BiliLiveClient client = open();
    String one = start(client, "one", null).getConnId();
    String two = start(client, "two", null).getConnId();
    String other = start(client, "other", AccessTokenProvider.fixed("hush-other")).getConnId();

    assertThat(tokenOf(client, one, two)).isEqualTo(ACCESS_TOKEN);
    assertThat(tokenOf(client, one, other)).isEmpty();
    assertThat(tokenOf(client, one, "never started here")).isEmpty();
    assertThat(two).isEqualTo("two");
  }

  @Test
  void theHeartbeatsOfTheSdkCarryItTooUnlessThePolicySaysNo() throws Exception {
    for (boolean isSent : new boolean[] {true, false}) {
      HeartbeatPolicy policy =
          HeartbeatPolicy.builder()
              .interval(200, TimeUnit.MILLISECONDS)
              .sendAccessToken(isSent)
              .build();
      BiliLiveClient client = open(builder().heartbeatPolicy(policy));
      StartedConnection started = start(client, "kept", null);
      server.enqueue(json(SUCCESS));
      client.keepAlive(started.getConnId(), (connId, state, cause) -> {});

      assertThat(takeToken()).isEqualTo(isSent ? ACCESS_TOKEN : "");
      client.close(); // Or its next heartbeat might take the other one's answers.
    }
  }

  @Test
  void theNextHeartbeatCarriesTheTokenThatARefreshBrought() throws Exception {
    FakeProvider alice = new FakeProvider();
    BiliLiveClient client = open();
    String connId = start(client, "c", alice).getConnId();
    assertThat(tokenOf(client, connId)).isEqualTo("hush-first");

    alice.pair = OAuthToken.of("hush-second", "r", 0, List.of());
    assertThat(tokenOf(client, connId)).isEqualTo("hush-second");
    alice.pair = null; // A provider of the user's own that holds none, or throws.
    assertThat(tokenOf(client, connId)).isEqualTo("hush-first");
    alice.throwing = true;
    assertThat(tokenOf(client, connId)).isEqualTo("hush-first");
  }

  @Test
  void aTokenThatIsRefusedIsToldToItsProviderAndNotSentAgain() throws Exception {
    FakeProvider alice = new FakeProvider();
    BiliLiveClient client = open();
    String connId = start(client, "c", alice).getConnId();
    server.enqueue(json("{\"code\":127001,\"message\":\"not hush-first\"}"));
    assertThatThrownBy(() -> client.heartbeat(connId))
        .hasMessageContaining("127001")
        .satisfies(Leaks::assertHidesSecrets);
    takeToken();

    assertThat(alice.refused).containsExactly(AccessToken.of("hush-first"));
    assertThat(tokenOf(client, connId)).isEmpty();
    alice.pair = OAuthToken.of("hush-second", "r", 0, List.of());
    assertThat(tokenOf(client, connId)).isEqualTo("hush-second");
  }

  @Test
  void aRefusalThatMayBeOfThePermissionCostsNoRefresh() throws Exception {
    FakeProvider alice = new FakeProvider();
    BiliLiveClient client = open();
    String connId = start(client, "c", alice).getConnId();
    server.enqueue(json("{\"code\":4008}"));
    assertThatThrownBy(() -> client.batchHeartbeat(List.of(connId))).hasMessageContaining("4008");
    takeToken();

    assertThat(alice.refused).isEmpty();
    assertThat(tokenOf(client, connId)).isEmpty();
  }

  private StartedConnection start(
      BiliLiveClient client, String connId, @Nullable AccessTokenProvider provider)
      throws InterruptedException {
    server.enqueue(
        json(
            "{\"code\":0,\"data\":{\"conn_id\":\""
                + connId
                + "\",\"websocket_info\":{\"auth_body\":\"hush-body\",\"wss_link\":null}}}"));
    StartedConnection started = provider == null ? client.start() : client.start(provider);
    takeToken();
    return started;
  }

  private String tokenOf(BiliLiveClient client, String... connIds) throws InterruptedException {
    server.enqueue(json(SUCCESS));
    if (connIds.length == 1) {
      client.heartbeat(connIds[0]);
    } else {
      client.batchHeartbeat(List.of(connIds));
    }
    return takeToken();
  }

  /** Returns the header of the next request, which has it once. */
  private String takeToken() throws InterruptedException {
    List<String> values =
        server.takeRequest(60, TimeUnit.SECONDS).getHeaders().values("access-token");
    assertThat(values).hasSize(1);
    return values.get(0);
  }

  private static final class FakeProvider implements RefreshingTokenProvider {
    final List<AccessToken> refused = new ArrayList<>();
    @Nullable OAuthToken pair = OAuthToken.of("hush-first", "r", 0, List.of());
    boolean throwing;

    @Override
    public String getBroadcaster() {
      return "alice";
    }

    @Override
    public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
      callback.onSuccess(AccessToken.of(pair.getAccessToken()));
      return () -> {};
    }

    @Override
    public void invalidate(AccessToken token) {
      refused.add(token);
    }

    @Override
    public void replaceToken(OAuthToken token) {
      pair = token;
    }

    @Override
    public void forget() {}

    @Override
    public @Nullable OAuthToken getToken() {
      if (throwing) {
        throw new IllegalStateException("a bug of the app's");
      }
      return pair;
    }
  }
}
