package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.AccessToken;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ClientThreads;
import io.github.bililive.Credentials;
import io.github.bililive.Heard;
import io.github.bililive.Leaks;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From one end to the other: a client, files, and the sandbox's OAuth service. */
@Timeout(120)
public class OAuthTest {
  private final ClientThreads threads = ClientThreads.from();
  private final Sandbox sandbox = Sandbox.start();
  @TempDir Path directory;
  private BiliLiveClient client;

  @AfterEach
  void close() throws InterruptedException {
    if (client != null) {
      client.close();
    }
    sandbox.close();
    threads.awaitTokensStored();
  }

  @Test
  void aCodeBecomesAPairThePairIsStoredAndItsTokenStartsConnections() throws Exception {
    OAuth oauth = open().oauth();
    OAuthToken token = oauth.exchange(sandbox.oauth().authorise(0));
    oauth.provider("alice").replaceToken(token);

    assertThat(client.start(oauth.provider("alice")).getConnId()).isNotEmpty();

    assertThat(token.getAccessToken()).isEqualTo(sandbox.oauth().pair(0).accessToken());
    assertThat(token.getScopes()).containsExactly("USER_INFO", "LIVE_ROOM_DATA");
    assertThat(token.getExpiresAtSeconds()).isEqualTo(sandbox.oauth().pair(0).expiresAtSeconds());
    assertThat(files().load("alice")).isEqualTo(token);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void aCodeWorksOnceAlsoWithACallback() throws Exception {
    OAuth oauth = open().oauth();
    String code = sandbox.oauth().authorise(0);
    Heard<OAuthToken> first = new Heard<>();
    Heard<OAuthToken> second = new Heard<>();
    oauth.exchange(code, first);
    first.await();
    oauth.exchange(code, second);

    assertThatThrownBy(second::await)
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("token refused by the platform")
        .satisfies(error -> assertThat(Leaks.everythingOf(error)).doesNotContain(code));
  }

  @Test
  void aPairIsExchangedForANewOneForWhoStoresItAlone() throws Exception {
    OAuth oauth = open().oauth();
    OAuthToken first = oauth.exchange(sandbox.oauth().authorise(0));
    OAuthToken second = oauth.refresh(first);

    assertThat(second.getRefreshToken()).isNotEqualTo(first.getRefreshToken());
    assertThat(client.start(second.getAccessToken()).getConnId()).isNotEmpty();
    assertThatThrownBy(() -> oauth.refresh(first)).isInstanceOf(PlatformException.class);
  }

  @Test
  void aRestartFindsThePairInItsFile() throws Exception {
    open().oauth().provider("alice").replaceToken(token(sandbox.oauth().grant(0)));
    client.close();

    open();
    assertThat(client.start(client.oauth().provider("alice")).getConnId()).isNotEmpty();
    assertThat(client.oauth().provider("alice").getToken()).isEqualTo(files().load("alice"));
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isZero();
  }

  @Test
  void aRevokedTokenIsRenewedOnceForManyCallersAndEachStartIsMadeOnceMore() throws Exception {
    open().oauth().provider("alice").replaceToken(token(sandbox.oauth().grant(0)));
    sandbox.oauth().revoke(0);
    ExecutorService threads = Executors.newFixedThreadPool(5);
    List<Future<String>> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.add(threads.submit(() -> client.start(client.oauth().provider("alice")).getConnId()));
    }
    for (Future<String> connId : started) {
      assertThat(connId.get()).isNotEmpty();
    }
    threads.shutdown();

    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(files().load("alice").getAccessToken())
        .isEqualTo(sandbox.oauth().pair(0).accessToken());
  }

  @Test
  void theSameWithACallback() throws Exception {
    open().oauth().provider("alice").replaceToken(token(sandbox.oauth().grant(0)));
    sandbox.oauth().revoke(0);
    Heard<StartedConnection> heard = new Heard<>();
    client.start(client.oauth().provider("alice"), heard);

    assertThat(heard.await().getConnId()).isNotEmpty();
    assertThat(countOf(Endpoint.START)).isEqualTo(2);
    assertThat(heard.times()).isEqualTo(1);
  }

  @Test
  void anAuthorisationThatWasTakenBackIsToldAndRepeatedWithoutARequest() throws Exception {
    open().oauth().provider("alice").replaceToken(token(sandbox.oauth().grant(0)));
    sandbox.oauth().deauthorise(0);
    RefreshingTokenProvider alice = client.oauth().provider("alice");

    assertThatThrownBy(() -> client.start(alice))
        .isInstanceOf(AuthorisationRequiredException.class)
        .hasMessageContaining("'alice' must authorise the app anew");
    long requests = sandbox.requestCount();
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> client.start(alice))
          .isInstanceOf(AuthorisationRequiredException.class);
    }
    assertThat(sandbox.requestCount()).isEqualTo(requests);

    alice.replaceToken(client.oauth().exchange(sandbox.oauth().authorise(0)));
    assertThat(client.start(alice).getConnId()).isNotEmpty();
  }

  @Test
  void okhttpDoesNotSendARefreshTokenAgainByItself() throws Exception {
    OAuth oauth = open().oauth();
    OAuthToken token = oauth.exchange(sandbox.oauth().authorise(0));
    sandbox.faults().next(1, Endpoint.REFRESH_TOKEN, Fault.reset());

    assertThatThrownBy(() -> oauth.refresh(token))
        .hasMessageContaining("refreshToken: no answer from 127.0.0.1");
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(oauth.refresh(token).getAccessToken()).isNotEqualTo(token.getAccessToken());
  }

  @Test
  void aFixedTokenThatIsRefusedIsRefusedAsBeforeWithOneRequest() {
    open();

    assertThatThrownBy(() -> client.start("hush-wrong"))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("127001");
    assertThat(countOf(Endpoint.START)).isEqualTo(1);
  }

  @Test
  void aPlatformThatRefusesTheRenewedTokenAsWellIsNotAskedAThirdTime() throws Exception {
    open().oauth().provider("alice").replaceToken(token(sandbox.oauth().grant(0)));
    sandbox.faults().always(Endpoint.START, Fault.code(127_001, "no"));

    assertThatThrownBy(() -> client.start(client.oauth().provider("alice")))
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("the renewed access token is refused as well");
    assertThat(countOf(Endpoint.START)).isEqualTo(2);
  }

  @Test
  void aStoreThatFailsIsTheCallersError() throws Exception {
    client =
        builder()
            .tokenStore(
                new TokenStore() {
                  @Override
                  public OAuthToken load(String broadcaster) {
                    return null;
                  }

                  @Override
                  public void save(String broadcaster, OAuthToken token) throws IOException {
                    throw new IOException("disk full");
                  }

                  @Override
                  public void remove(String broadcaster) {}
                })
            .build();

    assertThatThrownBy(
            () -> client.oauth().provider("alice").replaceToken(token(sandbox.oauth().grant(0))))
        .isInstanceOf(TokenStoreException.class)
        .hasMessageContaining("disk full");
    assertThat(client.oauth().provider("alice").getToken()).isNull();
  }

  @Test
  void oneNameHasOneProviderAndWhatIsMissingIsSaid() {
    open();
    assertThat(client.oauth().provider("alice")).isSameAs(client.oauth().provider("alice"));
    assertThat(client.oauth().provider("alice").getBroadcaster()).isEqualTo("alice");
    assertThatThrownBy(() -> client.oauth().provider(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("broadcaster is empty");
    assertThatThrownBy(() -> client.oauth().exchange(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("code is empty");
    OAuth oauth = client.oauth();
    client.close();
    assertThatThrownBy(() -> oauth.provider("bob")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> client.oauth()).isInstanceOf(IllegalStateException.class);

    client = builder().build();
    assertThatThrownBy(() -> client.oauth().provider("alice"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("set Builder.tokenStore");
  }

  @Test
  void aForgottenBroadcastersProviderIsKeptOnlyAsLongAsSomebodyHoldsIt() throws Exception {
    BlockingQueue<String> removed = new LinkedBlockingQueue<>();
    TokenEvents events =
        new TokenEvents() {
          @Override
          public void forgotten(String broadcaster) {
            removed.add(broadcaster);
          }
        };
    client = builder().tokenStore(files()).tokenEvents(events).build();
    RefreshingTokenProvider alice = client.oauth().provider("alice");
    alice.replaceToken(token(sandbox.oauth().grant(0)));
    alice.forget();
    assertThat(client.oauth().provider("alice")).isSameAs(alice);
    alice.replaceToken(token(sandbox.oauth().grant(0)));
    assertThat(client.oauth().provider("alice")).isSameAs(alice);
    assertThat(client.start(alice).getConnId()).isNotEmpty();
    alice.forget();

    WeakReference<RefreshingTokenProvider> bob =
        new WeakReference<>(client.oauth().provider("bob"));
    client.oauth().provider("bob").forget();
    while (!"bob".equals(removed.poll(60, TimeUnit.SECONDS))) {
      // Alice's come first.
    }
    while (bob.get() != null) {
      System.gc();
    }
    assertThat(client.oauth().provider("alice")).isSameAs(alice);
  }

  @Test
  void anAppSecretThatIsRotatedAndBackLosesNoPair() throws Exception {
    RefreshingTokenProvider alice = open().oauth().provider("alice");
    alice.replaceToken(token(sandbox.oauth().grant(0)));
    OAuthToken before = alice.getToken();
    String secret = sandbox.appSecret();
    sandbox.oauth().rotateAppSecret("another-app-secret");
    alice.invalidate(AccessToken.of(before.getAccessToken()));

    assertThatThrownBy(() -> client.start(alice))
        .isInstanceOfSatisfying(
            TokenException.class,
            error -> assertThat(error.getRetryAfterMillis()).isGreaterThan(60_000))
        .hasMessageContaining("122001 OAuth: client_secret wrong")
        .hasMessageContaining("the broadcasters need not authorise anew")
        .satisfies(error -> assertThat(Leaks.everythingOf(error)).doesNotContain(secret));
    assertThat(alice.getToken()).isEqualTo(before);
    assertThat(files().load("alice")).isEqualTo(before);

    sandbox.oauth().rotateAppSecret(secret);
    client.close();
    open();
    assertThat(client.start(client.oauth().provider("alice")).getConnId()).isNotEmpty();
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
  }

  @Test
  void aWildTimeInARefusalRenewsNobodysTokens() {
    open();
    List<RefreshingTokenProvider> all = new ArrayList<>();
    for (String name : List.of("alice", "bob", "carol")) {
      RefreshingTokenProvider provider = client.oauth().provider(name);
      provider.replaceToken(client.oauth().exchange(sandbox.oauth().authorise(0)));
      all.add(provider);
    }
    Fault wild = Fault.code(4003, "expired").withHeader("Date", "Wed, 31 Dec 2098 00:00:00 GMT");
    sandbox.faults().next(1, Endpoint.START, wild);
    assertThatThrownBy(() -> client.start(all.get(0))).hasMessageContaining("4003");

    assertThat(client.start(all.get(2)).getConnId()).isNotEmpty();
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isZero();
  }

  @Test
  void aProviderOfTheUsersOwnIsTheClientsToken() throws Exception {
    client =
        builder()
            .accessTokenProvider(AccessTokenProvider.from(refused -> sandbox.accessToken()))
            .build();

    assertThat(client.start().getConnId()).isNotEmpty();
    try (BiliLiveClient another = client.newBuilder().build()) {
      assertThat(another.start().getConnId()).isNotEmpty();
    }
  }

  @Test
  void aPairThatHasExpiredIsOfferedForRefreshOnceAndThePlatformsAnswerIsTold() throws Exception {
    ManualClock clock = ManualClock.startingAt(System.currentTimeMillis());
    try (Sandbox timed =
            Sandbox.builder()
                .clock(clock)
                .timestampTolerance(Duration.ofDays(1))
                .tokenLifetime(Duration.ofHours(1))
                .start();
        BiliLiveClient timedClient =
            builder()
                .tokenStore(files())
                .baseUrl(timed.baseUrl())
                .oauthBaseUrl(timed.baseUrl())
                .build()) {
      RefreshingTokenProvider alice = timedClient.oauth().provider("alice");
      GrantedPair granted = timed.oauth().grant(0);
      alice.replaceToken(token(granted));
      clock.advance(Duration.ofMinutes(61));

      assertThatThrownBy(() -> timedClient.start(alice))
          .isInstanceOf(AuthorisationRequiredException.class)
          .hasMessageContaining("122007");
      assertThat(timed.refusals()).hasSize(2);
    }
  }

  private BiliLiveClient open() {
    client = builder().tokenStore(files()).build();
    return client;
  }

  private BiliLiveClientBuilder builder() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .baseUrl(sandbox.baseUrl())
        .oauthBaseUrl(sandbox.baseUrl());
  }

  private FileTokenStore files() {
    return FileTokenStore.in(directory);
  }

  private long countOf(Endpoint endpoint) {
    return sandbox.requests().stream().map(SeenRequest::endpoint).filter(endpoint::equals).count();
  }

  public static OAuthToken token(GrantedPair pair) {
    return OAuthToken.of(
        pair.accessToken(), pair.refreshToken(), pair.expiresAtSeconds(), List.of());
  }
}
