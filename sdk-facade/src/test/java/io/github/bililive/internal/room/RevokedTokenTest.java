package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ClientThreads;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A held room through revoked tokens, end to end. */
@Timeout(120)
class RevokedTokenTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClientThreads threads = ClientThreads.from();
  private final Sandbox sandbox =
      Sandbox.builder().accessTokens("sandbox-first", "sandbox-second").start();
  private final SampleEvents samples = SampleEvents.openLive();
  private final ListenerLog log = new ListenerLog();
  @TempDir Path directory;
  private BiliLiveClient client;
  private RefreshingTokenProvider alice;

  @BeforeEach
  void authorise() throws Exception {
    client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .baseUrl(sandbox.baseUrl())
            .oauthBaseUrl(sandbox.baseUrl())
            .tokenStore(FileTokenStore.in(directory))
            .heartbeatInterval(200, TimeUnit.MILLISECONDS)
            .connIdTimeToLive(30, TimeUnit.SECONDS)
            .build();
    alice = client.oauth().provider("alice");
    GrantedPair pair = sandbox.oauth().grant(0);
    alice.replaceToken(
        OAuthToken.of(pair.accessToken(), pair.refreshToken(), pair.expiresAtSeconds(), List.of()));
  }

  @AfterEach
  void close() throws InterruptedException {
    client.close();
    sandbox.close();
    threads.awaitTokensStored();
  }

  @Test
  void aTokenRevokedInTheMiddleOfAHeldRoomIsRenewedAndTheRoomGoesOn() throws Exception {
    holdAlicesRoom();
    sandbox.oauth().revoke(0);
    loseConnId();
    log.awaitState("OPEN", 2, PATIENCE);

    sandbox.room(0).send(samples.danmaku(sandbox.room(0).id(), "after", "still here"));
    log.await("danmaku after", PATIENCE);
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(countOf(Endpoint.START)).isEqualTo(3);
  }

  @Test
  void aTokenThatAHeartbeatIsRefusedForIsRenewedAndTheNextHeartbeatsCarryTheNewOne()
      throws Exception {
    client.close();
    client = client.newBuilder().connIdTimeToLive(2, TimeUnit.SECONDS).build();
    alice = client.oauth().provider("alice");
    holdAlicesRoom();
    sandbox.oauth().revoke(0);
    sandbox.awaitRequests(1, seen -> seen.endpoint() == Endpoint.REFRESH_TOKEN, PATIENCE);
    sandbox.awaitRequests(
        3,
        seen ->
            seen.endpoint() == Endpoint.HEARTBEAT
                && sandbox.oauth().pair(0).accessToken().equals(seen.headers().get("access-token")),
        PATIENCE);

    assertThat(log.states()).noneMatch(state -> state.startsWith("BACKING_OFF"));
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(countOf(Endpoint.START)).isEqualTo(1);
  }

  @Test
  void heartbeatsOfOtherRoomsDoNotWaitForARefreshThatHangs() throws Exception {
    holdAlicesRoom();
    StartedConnection other = client.start(sandbox.accessTokens().get(1));
    sandbox.faults().always(Endpoint.REFRESH_TOKEN, Fault.hang());
    sandbox.oauth().revoke(0);
    loseConnId();
    sandbox.awaitRequests(1, seen -> seen.endpoint() == Endpoint.REFRESH_TOKEN, PATIENCE);

    client.keepAlive(other.getConnId(), (connId, state, cause) -> {});
    sandbox.awaitRequests(5, seen -> seen.connIds().contains(other.getConnId()), PATIENCE);

    assertThat(log.states()).last().asString().startsWith("STARTING");
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
  }

  @Test
  void aPlatformThatRefusesRenewedTokensForAWhileLosesNoRoom() throws Exception {
    sandbox.faults().next(2, Endpoint.START, Fault.code(127_001, "invalid"));
    holdAlicesRoom();

    assertThat(log.states())
        .anyMatch(state -> state.contains("the renewed access token is refused as well"))
        .noneMatch(state -> state.startsWith("CLOSED"));
  }

  @Test
  void anAuthorisationThatWasTakenBackEndsTheRoomAndSaysWhoMustDoWhat() throws Exception {
    LiveConnection room = holdAlicesRoom();
    sandbox.oauth().deauthorise(0);
    loseConnId();
    log.awaitState("CLOSED", 1, PATIENCE);

    assertThat(room.getState().getCause()).isInstanceOf(AuthorisationRequiredException.class);
    assertThat(room.getState().getMessage()).contains("'alice' must authorise the app anew");
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
  }

  @Test
  void aFunctionThatFailsForAWhileLosesNoRoom() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    client.connect(
        AccessTokenProvider.from(
            refused -> {
              if (calls.incrementAndGet() == 1) {
                throw new IOException("our own server is down");
              }
              return sandbox.accessTokens().get(1);
            }),
        log);
    log.awaitState("OPEN", 1, PATIENCE);

    assertThat(log.states())
        .anyMatch(state -> state.contains("the token function failed: java.io.IOException: our"));
  }

  private LiveConnection holdAlicesRoom() throws Exception {
    LiveConnection room = client.connect(alice, log);
    log.awaitState("OPEN", 1, PATIENCE);
    return room;
  }

  private void loseConnId() {
    List<SeenConnection> all = sandbox.connections();
    for (SeenConnection connection : all) {
      if (connection.roomId() == sandbox.room(0).id()) {
        sandbox.endInteraction(connection.connId());
      }
    }
  }

  private long countOf(Endpoint endpoint) {
    return sandbox.requests().stream().map(SeenRequest::endpoint).filter(endpoint::equals).count();
  }
}
