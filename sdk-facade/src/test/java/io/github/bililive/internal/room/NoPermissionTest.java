package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ClientThreads;
import io.github.bililive.ConnectionState;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** 4008, which may mean the app's permission or a wrong token. */
@Timeout(120)
class NoPermissionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClientThreads threads = ClientThreads.from();
  private final Sandbox sandbox = Sandbox.builder().start();
  private final ListenerLog log = new ListenerLog();
  @TempDir Path directory;
  private BiliLiveClient client;
  private RefreshingTokenProvider alice;

  @BeforeEach
  void authorise() {
    client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .baseUrl(sandbox.baseUrl())
            .oauthBaseUrl(sandbox.baseUrl())
            .tokenStore(FileTokenStore.in(directory))
            .build();
    alice = client.oauth().provider("alice");
    giveFreshPair();
  }

  private void giveFreshPair() {
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
  void aWrongTokenIsRenewedAndTheRoomOpens() throws Exception {
    sandbox.faults().next(1, Endpoint.START, Fault.code(4008, "no permission"));
    client.connect(alice, log);
    log.awaitState("OPEN", 1, PATIENCE);

    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(countOf(Endpoint.START)).isEqualTo(2);
  }

  @Test
  void aRoomThatIsRefusedEachTimeEndsAfterOneRefreshAndNamesBothMeanings() throws Exception {
    sandbox.faults().always(Endpoint.START, Fault.code(4008, "no permission"));
    LiveConnection room = client.connect(alice, log);
    log.awaitState("CLOSED", 1, PATIENCE);

    assertThat(room.getState().getReason()).isEqualTo(ConnectionState.Reason.REFUSED);
    assertThat(room.getState().getMessage())
        .contains("4008 no permission, or a wrong access token")
        .contains("check: that the app has been granted this interface on the open platform, and")
        .contains("that the access token is the broadcaster's for this app and is still valid")
        .doesNotContain(sandbox.oauth().pair(0).accessToken());
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(countOf(Endpoint.START)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"4008, 4008, 1", "127001, 4008, 1", "4008, 127001, 2"})
  void aCallIsMadeTwiceAtMostAndATokenThatIsRefusedInTheEndIsRenewedForTheNext(
      int first, int second, int refreshes) throws Exception {
    sandbox.faults().next(1, Endpoint.START, Fault.code(first, "no"));
    sandbox.faults().next(1, Endpoint.START, Fault.code(second, "no"));

    assertThatThrownBy(() -> client.start(alice)).hasMessageContaining(second + " ");
    sandbox.awaitRequests(refreshes, r -> r.endpoint() == Endpoint.REFRESH_TOKEN, PATIENCE);

    assertThat(countOf(Endpoint.START)).isEqualTo(2);
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(refreshes);
  }

  @Test
  void aFunctionThatHasNoOtherTokenEndsTheRoomAndAFixedOneIsAskedForOnce() throws Exception {
    sandbox.faults().always(Endpoint.START, Fault.code(4008, "no permission"));
    AtomicInteger asked = new AtomicInteger();
    AccessTokenProvider function =
        AccessTokenProvider.from(
            refused -> {
              asked.incrementAndGet();
              return sandbox.accessToken();
            });
    LiveConnection room = client.connect(function, log);
    log.awaitState("CLOSED", 1, PATIENCE);

    assertThat(room.getState().getCause())
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.getRemedy()).isEqualTo(Remedy.GIVE_UP));
    assertThat(asked).hasValue(2);
    assertThat(countOf(Endpoint.START)).isEqualTo(1);
    assertThatThrownBy(() -> client.start(sandbox.accessToken())).hasMessageContaining("4008");
    assertThat(countOf(Endpoint.START)).isEqualTo(2);
  }

  private long countOf(Endpoint endpoint) {
    return sandbox.requests().stream().map(SeenRequest::endpoint).filter(endpoint::equals).count();
  }
}
