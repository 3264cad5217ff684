package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.Leaks;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.signing.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From one end to the other: a client, files, and the sandbox's OAuth service. */
@Timeout(120)
class OAuthTest {
  private final Sandbox sandbox = Sandbox.start();
  @TempDir Path directory;
  private BiliLiveClient client;

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
    sandbox.close();
  }

  @Test
  void a_code_becomes_a_pair_the_pair_is_stored_and_its_token_starts_connections()
      throws Exception {
    OAuth oauth = open().oauth();
    OAuthToken token = oauth.exchange(sandbox.oauth().authorise(0));
    oauth.provider("alice").authorised(token);

    assertThat(client.start(oauth.provider("alice")).connId()).isNotEmpty();

    assertThat(token.accessToken()).isEqualTo(sandbox.oauth().pair(0).accessToken());
    assertThat(token.scopes()).containsExactly("LIVE_ROOM_DATA");
    assertThat(token.expiresAtSeconds()).isEqualTo(sandbox.oauth().pair(0).expiresAtSeconds());
    assertThat(files().load("alice")).isEqualTo(token);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void a_code_works_once_also_with_a_callback() throws Exception {
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
  void a_pair_is_exchanged_for_a_new_one_for_who_stores_it_alone() throws Exception {
    OAuth oauth = open().oauth();
    OAuthToken first = oauth.exchange(sandbox.oauth().authorise(0));
    OAuthToken second = oauth.refresh(first);

    assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
    assertThat(client.start(second.accessToken()).connId()).isNotEmpty();
    assertThatThrownBy(() -> oauth.refresh(first)).isInstanceOf(PlatformException.class);
  }

  @Test
  void a_restart_finds_the_pair_in_its_file() throws Exception {
    open().oauth().provider("alice").authorised(token(sandbox.oauth().grant(0)));
    client.close();

    open();
    assertThat(client.start(client.oauth().provider("alice")).connId()).isNotEmpty();
    assertThat(client.oauth().provider("alice").token()).isEqualTo(files().load("alice"));
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isZero();
  }

  @Test
  void a_revoked_token_is_renewed_once_for_many_callers_and_each_start_is_made_once_more()
      throws Exception {
    open().oauth().provider("alice").authorised(token(sandbox.oauth().grant(0)));
    sandbox.oauth().revoke(0);
    ExecutorService threads = Executors.newFixedThreadPool(5);
    List<Future<String>> started = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      started.add(threads.submit(() -> client.start(client.oauth().provider("alice")).connId()));
    }
    for (Future<String> connId : started) {
      assertThat(connId.get()).isNotEmpty();
    }
    threads.shutdown();

    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(files().load("alice").accessToken())
        .isEqualTo(sandbox.oauth().pair(0).accessToken());
  }

  @Test
  void the_same_with_a_callback() throws Exception {
    open().oauth().provider("alice").authorised(token(sandbox.oauth().grant(0)));
    sandbox.oauth().revoke(0);
    Heard<io.github.bililive.call.StartedConnection> heard = new Heard<>();
    client.start(client.oauth().provider("alice"), heard);

    assertThat(heard.await().connId()).isNotEmpty();
    assertThat(countOf(Endpoint.START)).isEqualTo(2);
    assertThat(heard.times()).isEqualTo(1);
  }

  @Test
  void an_authorisation_that_was_taken_back_is_told_and_repeated_without_a_request()
      throws Exception {
    open().oauth().provider("alice").authorised(token(sandbox.oauth().grant(0)));
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

    alice.authorised(client.oauth().exchange(sandbox.oauth().authorise(0)));
    assertThat(client.start(alice).connId()).isNotEmpty();
  }

  @Test
  void okhttp_does_not_send_a_refresh_token_again_by_itself() throws Exception {
    OAuth oauth = open().oauth();
    OAuthToken token = oauth.exchange(sandbox.oauth().authorise(0));
    sandbox.faults().next(1, Endpoint.REFRESH_TOKEN, Fault.reset());

    assertThatThrownBy(() -> oauth.refresh(token))
        .hasMessageContaining("refreshToken: no answer from 127.0.0.1");
    assertThat(countOf(Endpoint.REFRESH_TOKEN)).isEqualTo(1);
    assertThat(oauth.refresh(token).accessToken()).isNotEqualTo(token.accessToken());
  }

  @Test
  void a_fixed_token_that_is_refused_is_refused_as_before_with_one_request() {
    open();

    assertThatThrownBy(() -> client.start("hush-wrong"))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("127001");
    assertThat(countOf(Endpoint.START)).isEqualTo(1);
  }

  @Test
  void a_platform_that_refuses_the_renewed_token_as_well_is_not_asked_a_third_time()
      throws Exception {
    open().oauth().provider("alice").authorised(token(sandbox.oauth().grant(0)));
    sandbox.faults().always(Endpoint.START, Fault.code(127_001, "no"));

    assertThatThrownBy(() -> client.start(client.oauth().provider("alice")))
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("the renewed access token is refused as well");
    assertThat(countOf(Endpoint.START)).isEqualTo(2);
  }

  @Test
  void a_store_that_fails_is_the_callers_error() throws Exception {
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
                })
            .build();

    assertThatThrownBy(
            () -> client.oauth().provider("alice").authorised(token(sandbox.oauth().grant(0))))
        .isInstanceOf(TokenStoreException.class)
        .hasMessageContaining("disk full");
    assertThat(client.oauth().provider("alice").token()).isNull();
  }

  @Test
  void one_name_has_one_provider_and_what_is_missing_is_said() {
    open();
    assertThat(client.oauth().provider("alice")).isSameAs(client.oauth().provider("alice"));
    assertThat(client.oauth().provider("alice").broadcaster()).isEqualTo("alice");
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
  void a_provider_of_the_users_own_is_the_clients_token() throws Exception {
    client =
        builder()
            .accessTokenProvider(AccessTokenProvider.calling(refused -> sandbox.accessToken()))
            .build();

    assertThat(client.start().connId()).isNotEmpty();
    try (BiliLiveClient another = client.newBuilder().build()) {
      assertThat(another.start().connId()).isNotEmpty();
    }
  }

  @Test
  void a_token_that_has_expired_on_the_platforms_clock_alone_is_renewed_when_it_is_refused()
      throws Exception {
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
      alice.authorised(token(granted));
      clock.advance(Duration.ofMinutes(61));

      assertThat(timedClient.start(alice).connId()).isNotEmpty();
      assertThat(alice.token().accessToken()).isNotEqualTo(granted.accessToken());
      assertThat(timed.refusals()).hasSize(1);
    }
  }

  private BiliLiveClient open() {
    client = builder().tokenStore(files()).build();
    return client;
  }

  private BiliLiveClient.Builder builder() {
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

  static OAuthToken token(GrantedPair pair) {
    return OAuthToken.of(
        pair.accessToken(), pair.refreshToken(), pair.expiresAtSeconds(), List.of());
  }
}
