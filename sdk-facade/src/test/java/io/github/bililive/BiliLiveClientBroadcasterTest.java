package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthTest;
import io.github.bililive.token.RefreshingTokenProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client whose own token is a broadcaster's that the SDK keeps valid. */
@Timeout(120)
class BiliLiveClientBroadcasterTest {
  private final ClientThreads threads = ClientThreads.from();
  private final Sandbox sandbox =
      Sandbox.builder().accessTokens("sandbox-first", "sandbox-second").start();
  private final BlockingQueue<String> states = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> removed = new LinkedBlockingQueue<>();
  private final LoggedRecords log = new LoggedRecords();
  @TempDir Path directory;
  private BiliLiveClient client;

  @AfterEach
  void close() throws InterruptedException {
    client.close();
    sandbox.close();
    log.close();
    threads.awaitTokensStored();
  }

  @Test
  void aBroadcasterWhoHasAuthorisedTheAppOnceIsAllThatAProgramNames() throws Exception {
    openForAlice();
    client
        .oauth()
        .provider("alice")
        .replaceToken(client.oauth().exchange(sandbox.oauth().authorise(0)));

    assertThat(client.start().getConnId()).isNotEmpty();
    client.close();
    openForAlice();
    client.connect(new States());
    awaitState("OPEN");

    assertThat(client.oauth().provider("alice").getToken()).isNotNull();
  }

  @Test
  void theClientsOwnTokenIsRenewedWhenThePlatformRefusesIt() throws Exception {
    openForAlice();
    authoriseAlice();
    sandbox.oauth().revoke(0);

    assertThat(client.start().getConnId()).isNotEmpty();
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
  }

  @Test
  void aClientBuiltFromItsSettingsHasTheSameBroadcaster() throws Exception {
    openForAlice();
    authoriseAlice();
    client.close();
    client = client.newBuilder().build();

    assertThat(client.start().getConnId()).isNotEmpty();
  }

  @Test
  void theGeneratedInterfaceCarriesTheTokenThatIsPresentAtEachCall() throws Exception {
    openForAlice();
    RefreshingTokenProvider alice = authoriseAlice();
    var api = client.api();
    StartResponse first = api.start().execute().body();
    sandbox.oauth().revoke(0);
    StartResponse refused = api.start().execute().body();
    alice.invalidate(AccessToken.of(alice.getToken().getAccessToken()));
    StartResponse renewed = api.start().execute().body();

    assertThat(List.of(first.getCode(), refused.getCode(), renewed.getCode()))
        .containsExactly(0, 127_001, 0);
  }

  @Test
  void aCallOfTheGeneratedInterfaceWithoutATokenSaysWhy() {
    openForAlice();

    assertThatThrownBy(() -> client.api().start().execute())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'alice' must authorise the app anew")
        .hasCauseInstanceOf(AuthorisationRequiredException.class);
    assertThat(sandbox.requestCount()).isZero();
  }

  @Test
  void aProviderOfTheUsersOwnServesTheGeneratedInterface() throws Exception {
    client =
        builder()
            .accessTokenProvider(AccessTokenProvider.from(refused -> sandbox.accessToken()))
            .build();

    assertThat(client.api().start().execute().body().getCode()).isZero();
  }

  @Test
  void aBroadcasterWithoutATokenStoreIsRefusedWhenTheClientIsBuilt() {
    client = builder().build();

    assertThatThrownBy(() -> builder().broadcaster("alice").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no token store for broadcaster 'alice': set Builder.tokenStore, such as"
                + " FileTokenStore.in(directory)");
    assertThatThrownBy(() -> client.start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set Builder.accessToken or Builder.broadcaster");
  }

  @Test
  void theLastOfTokenProviderAndBroadcasterHolds() throws Exception {
    client =
        builder()
            .tokenStore(FileTokenStore.in(directory))
            .broadcaster("alice")
            .accessToken(sandbox.accessToken())
            .build();

    assertThat(client.start().getConnId()).isNotEmpty();
  }

  @Test
  void theRoomsOfAForgottenBroadcasterEndWithTheReasonAndOthersGoOn() throws Exception {
    openForAlice();
    RefreshingTokenProvider alice = authoriseAlice();
    LiveConnection room =
        client.connect(
            alice, new States(), ConnectionOptions.builder().name("room-of-alice").build());
    awaitState("OPEN");
    LiveConnection other = client.connect(sandbox.accessTokens().get(1), new States());
    awaitState("OPEN");

    alice.forget();

    awaitState("CLOSED (the broadcaster 'alice' was forgotten)");
    assertThat(room.getState()).hasToString("CLOSED (the broadcaster 'alice' was forgotten)");
    assertThat(other.getState()).hasToString("OPEN");
    assertThat(removed.poll(60, TimeUnit.SECONDS)).isEqualTo("alice");
    assertThat(FileTokenStore.in(directory).load("alice")).isNull();
    assertThat(log.messages(Level.INFO))
        .containsExactly("room-of-alice is closed: the broadcaster 'alice' was forgotten");
    assertThat(log.messages(Level.WARNING)).isEmpty();
  }

  @Test
  void aForgottenBroadcasterIsServedAgainOnceThereIsANewPair() throws Exception {
    openForAlice();
    RefreshingTokenProvider alice = authoriseAlice();
    alice.forget();
    assertThatThrownBy(() -> client.start())
        .isInstanceOf(AuthorisationRequiredException.class)
        .hasMessageContaining("the app has forgotten them");
    assertThat(sandbox.requestCount()).isZero();

    authoriseAlice();

    assertThat(client.start().getConnId()).isNotEmpty();
    assertThat(client.oauth().provider("alice")).isSameAs(alice);
  }

  private RefreshingTokenProvider authoriseAlice() {
    RefreshingTokenProvider alice = client.oauth().provider("alice");
    alice.replaceToken(OAuthTest.token(sandbox.oauth().grant(0)));
    return alice;
  }

  private void openForAlice() {
    client =
        builder()
            .tokenStore(FileTokenStore.in(directory))
            .tokenEvents(
                new TokenEvents() {
                  @Override
                  public void forgotten(String broadcaster) {
                    removed.add(broadcaster);
                  }
                })
            .broadcaster("alice")
            .build();
  }

  private BiliLiveClientBuilder builder() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .baseUrl(sandbox.baseUrl())
        .oauthBaseUrl(sandbox.baseUrl());
  }

  private void awaitState(String wanted) throws InterruptedException {
    String state = "";
    while (!wanted.equals(state)) {
      state = states.poll(60, TimeUnit.SECONDS);
      assertThat(state).as("waiting for " + wanted).isNotNull();
    }
  }

  private long countOf(Endpoint endpoint) {
    return sandbox.requests().stream().map(SeenRequest::endpoint).filter(endpoint::equals).count();
  }

  private final class States implements LiveListener {
    @Override
    public void onStateChanged(ConnectionState state) {
      states.add(state.toString());
    }
  }
}
