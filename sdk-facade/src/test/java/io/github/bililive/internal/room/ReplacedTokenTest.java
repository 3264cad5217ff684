package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionSource;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.PendingCall;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.token.AccessTokenProvider;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A room that is given another access token, as the platform sees it. */
@Timeout(120)
class ReplacedTokenTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sandbox sandbox = Sandbox.builder().accessTokens("hush-first").start();
  private final BiliLiveClient client =
      BiliLiveClient.builder()
          .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
          .baseUrl(sandbox.baseUrl())
          .heartbeatInterval(200, TimeUnit.MILLISECONDS)
          .connIdTimeToLive(30, TimeUnit.SECONDS)
          .build();

  /** Another token of the same broadcaster. */
  private final String second = sandbox.oauth().grant(0).accessToken();

  private LiveConnection room;

  @BeforeEach
  void connect() {
    room = client.connect("hush-first", new LiveListener() {});
  }

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  private void awaitRequest(Endpoint endpoint, int count, String token) throws Exception {
    sandbox.awaitRequests(
        count,
        seen -> seen.endpoint() == endpoint && token.equals(seen.headers().get("access-token")),
        PATIENCE);
  }

  private long requestsWith(String token) {
    return sandbox.requests().stream().filter(seen -> isWith(seen, token)).count();
  }

  private static boolean isWith(SeenRequest seen, String token) {
    return token.equals(seen.headers().get("access-token"));
  }

  @Test
  void theNextHeartbeatsCarryItAndTheSocketStays() throws Exception {
    assertThat(room.awaitOpen(60, TimeUnit.SECONDS)).isTrue();
    awaitRequest(Endpoint.HEARTBEAT, 1, "hush-first");
    room.replaceToken(AccessTokenProvider.fixed(second));
    awaitRequest(Endpoint.HEARTBEAT, 1, second);
    long before = requestsWith("hush-first");
    awaitRequest(Endpoint.HEARTBEAT, 3, second);

    assertThat(requestsWith("hush-first")).isEqualTo(before);
    assertThat(room.health().getReconnects()).isZero();
    assertThat(sandbox.connections()).hasSize(1);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void theNextStartUsesIt() throws Exception {
    assertThat(room.awaitOpen(60, TimeUnit.SECONDS)).isTrue();
    room.replaceToken(AccessTokenProvider.fixed(second));
    room.restart();

    awaitRequest(Endpoint.START, 1, second);
    sandbox.sockets().await(2, socket -> socket.wasAuthenticated(), PATIENCE);
  }

  @Test
  void givenWhileTheRoomIsBeingStartedItIsInTheHeartbeatsOfThatStart() throws Exception {
    room.close();
    sandbox.faults().next(1, Endpoint.START, Fault.delay(Duration.ofMillis(300)));
    room = client.connect("hush-first", new LiveListener() {});
    room.replaceToken(AccessTokenProvider.fixed(second));

    assertThat(room.awaitOpen(60, TimeUnit.SECONDS)).isTrue();
    awaitRequest(Endpoint.HEARTBEAT, 2, second);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void whileTheProviderHasNotAnsweredHeartbeatsCarryNone() throws Exception {
    assertThat(room.awaitOpen(60, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<AnswerCallback<AccessToken>> asked = new CompletableFuture<>();
    room.replaceToken(new Slow(asked));
    asked.get(60, TimeUnit.SECONDS);
    awaitRequest(Endpoint.HEARTBEAT, 1, "");
    asked.get().onSuccess(AccessToken.of(second));

    awaitRequest(Endpoint.HEARTBEAT, 1, second);
    assertThat(room.health().getReconnects()).isZero();
  }

  @Test
  void aRoomWithoutATokenHasNoneToReplace() {
    LiveConnection other =
        client.connect((ConnectionSource) (question, callback) -> {}, new LiveListener() {});

    assertThatThrownBy(() -> other.replaceToken(AccessTokenProvider.fixed("hush-third")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            other.getName() + " is not connected by access token: there is none to replace");
  }

  @Test
  void noTokenIsPrinted() {
    room.replaceToken(AccessTokenProvider.fixed("hush-third"));

    assertThat(room.toString() + client).doesNotContain("hush");
  }

  private record Slow(CompletableFuture<AnswerCallback<AccessToken>> asked)
      implements AccessTokenProvider {
    @Override
    public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
      asked.complete(callback);
      return () -> {};
    }

    @Override
    public void invalidate(AccessToken token) {}
  }
}
