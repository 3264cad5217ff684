package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.sandbox.Arrival;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.sandbox.SocketFault;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import io.github.bililive.token.TokenStore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No secret can be reached through the four hooks for metrics and logs, whatever goes wrong. */
@Timeout(180)
class HooksSecrecyTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String OTHER_TOKEN = "hush-second-token";

  private static final List<String> WHAT_GOES_WRONG =
      List.of(
          "requestBegan",
          "requestAnswered",
          "requestFailed",
          "refreshFailed",
          "refreshed",
          "storeFailed",
          "connIdExpired",
          "authenticationRefused",
          "socketEnded",
          "stateChanged",
          "expired");

  private final ClientThreads threads = ClientThreads.from();
  private final Heap heap = new Heap();
  @TempDir Path directory;

  @AfterEach
  void awaitThreads() throws InterruptedException {
    threads.awaitTokensStored();
  }

  @Test
  void nothingThatTheHooksAreHandedLeadsToASecret() throws Exception {
    Set<String> secrets = new TreeSet<>();
    FailingStore store = new FailingStore(FileTokenStore.in(directory));
    try (Sandbox sandbox = Sandbox.builder().accessTokens("first-token", OTHER_TOKEN).start();
        BiliLiveClient client = clientOf(sandbox, store)) {
      RefreshingTokenProvider alice = client.oauth().provider("alice");
      GrantedPair pair = sandbox.oauth().grant(0);
      secrets.addAll(List.of(pair.accessToken(), pair.refreshToken()));
      alice.replaceToken(
          OAuthToken.of(
              pair.accessToken(), pair.refreshToken(), pair.expiresAtSeconds(), List.of()));
      planFaults(sandbox, pair);
      store.failsNext = true;
      sandbox.oauth().revoke(0);

      client.connect(alice, new LiveListener() {}, ConnectionOptions.builder().name("al").build());
      client.connect(OTHER_TOKEN, new LiveListener() {});
      heap.await(
          () -> heap.isHeardOf("authenticated", "al") && heap.isHeardOf("authenticated", "room-2"),
          PATIENCE);
      GrantedPair renewed = Objects.requireNonNull(sandbox.oauth().pair(0));
      secrets.addAll(List.of(renewed.accessToken(), renewed.refreshToken(), OTHER_TOKEN));
      for (SeenConnection connection : sandbox.connections()) {
        secrets.add(Objects.requireNonNull(sandbox.authBody(connection.connId())));
        sandbox.expire(connection.connId());
      }
      heap.await(() -> heap.isHeardOf("connIdExpired", "al"), PATIENCE);
      sandbox.faults().next(1, ofOtherToken(), Fault.code(4002, OTHER_TOKEN + sandbox.appSecret()));
      client.connect(OTHER_TOKEN, new LiveListener() {});
      heap.await(() -> heap.everything().contains("4002"), PATIENCE);
      sandbox.oauth().deauthorise(0);
      client.connect(alice, new LiveListener() {});
      heap.await(() -> heap.isHeardOf("authorisationRequired", "alice"), PATIENCE);
      heap.await(() -> heap.heard().containsAll(WHAT_GOES_WRONG), PATIENCE);
      alice.forget();
      heap.await(() -> heap.isHeardOf("forgotten", "alice"), PATIENCE);

      secrets.add(sandbox.appSecret());
      for (SeenRequest request : sandbox.requests()) {
        String signature = request.headers().get("Authorization");
        if (signature != null) {
          secrets.add(signature);
        }
      }
    }
    secrets.add("sandbox-auth-key-");

    assertThat(heap.everything()).contains("al", "alice", "BACKING_OFF", "502", "4002", "██");
    assertThat(secrets).hasSizeGreaterThan(12);
    for (String secret : secrets) {
      assertThat(heap.everything().lines().filter(line -> line.contains(secret))).isEmpty();
    }
  }

  private static Predicate<Arrival> ofOtherToken() {
    return arrival -> OTHER_TOKEN.equals(arrival.headers().get("access-token"));
  }

  private static void planFaults(Sandbox sandbox, GrantedPair pair) {
    // Each echoes what the client has sent, or signed by.
    String secret = sandbox.appSecret();
    sandbox
        .faults()
        .next(1, Endpoint.REFRESH_TOKEN, Fault.code(5001, pair.refreshToken() + " " + secret));
    sandbox.faults().next(1, ofOtherToken(), Fault.status(502, OTHER_TOKEN + " " + secret));
    sandbox.faults().next(1, Endpoint.HEARTBEAT, Fault.code(5002, secret));
    sandbox.faults().next(1, Endpoint.BATCH_HEARTBEAT, Fault.html(502));
    sandbox.sockets().faults().next(SocketFault.refuseAuthentication(-101));
  }

  private BiliLiveClient clientOf(Sandbox sandbox, TokenStore store) {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .baseUrl(sandbox.baseUrl())
        .oauthBaseUrl(sandbox.baseUrl())
        .tokenStore(store)
        .heartbeatInterval(200, TimeUnit.MILLISECONDS)
        .connIdTimeToLive(2, TimeUnit.SECONDS)
        .requestEvents(new Requests())
        .heartbeatEvents(new Beats())
        .tokenEvents(new Tokens())
        .connectionEvents(new Rooms())
        .build();
  }

  /** A hook's new method would else go untested. */
  @ParameterizedTest
  @ValueSource(classes = {Requests.class, Beats.class, Tokens.class, Rooms.class})
  void everyMethodOfEachHookIsListenedTo(Class<?> recorder) {
    List<String> missing = new ArrayList<>();
    for (Method method : recorder.getInterfaces()[0].getDeclaredMethods()) {
      if (!Modifier.isStatic(method.getModifiers())
          && Arrays.stream(recorder.getDeclaredMethods())
              .noneMatch(
                  own ->
                      own.getName().equals(method.getName())
                          && Arrays.equals(own.getParameterTypes(), method.getParameterTypes()))) {
        missing.add(method.getName());
      }
    }

    assertThat(missing).isEmpty();
  }

  @Test
  void theSearchFindsWhatAValueHoldsInItsFieldsAndBehindItsMethods() {
    heap.take("planted", new ArrayList<>(List.of(Credentials.of("id", "planted-secret"))));

    assertThat(heap.everything()).contains("planted-secret");
  }

  private static final class FailingStore implements TokenStore {
    private final TokenStore store;
    volatile boolean failsNext;

    FailingStore(TokenStore store) {
      this.store = store;
    }

    @Override
    public @Nullable OAuthToken load(String broadcaster) throws IOException {
      return store.load(broadcaster);
    }

    @Override
    public void save(String broadcaster, OAuthToken token) throws IOException {
      if (failsNext) {
        failsNext = false;
        throw new IOException("disk full of " + token.getAccessToken() + token.getRefreshToken());
      }
      store.save(broadcaster, token);
    }

    @Override
    public void remove(String broadcaster) throws IOException {
      store.remove(broadcaster);
    }
  }

  private final class Requests implements RequestEvents {
    @Override
    public void requestBegan(String operation, int attempt) {
      heap.take("requestBegan", operation, attempt);
    }

    @Override
    public void requestAnswered(String operation, int code, long tookMillis) {
      heap.take("requestAnswered", operation, code, tookMillis);
    }

    @Override
    public void requestFailed(String operation, BiliLiveException cause, long retryInMillis) {
      heap.take("requestFailed", operation, cause, retryInMillis);
    }

    @Override
    public void clockCorrected(long offsetMillis) {
      heap.take("clockCorrected", offsetMillis);
    }
  }

  private final class Beats implements HeartbeatEvents {
    @Override
    public void requestBegan(List<String> connIds) {
      heap.take("requestBegan", connIds);
    }

    @Override
    public void requestAcknowledged(List<String> connIds, List<String> expired, long tookMillis) {
      heap.take("requestAcknowledged", connIds, expired, tookMillis);
    }

    @Override
    public void requestFailed(
        List<String> connIds, FailureKind kind, BiliLiveException cause, long retryInMillis) {
      heap.take("requestFailed", connIds, kind, cause, retryInMillis);
    }

    @Override
    public void refused(BiliLiveException cause) {
      heap.take("refused", cause);
    }

    @Override
    public void expired(String connId) {
      heap.take("expired", connId);
    }

    @Override
    public void batchLimitChanged(int batchLimit) {
      heap.take("batchLimitChanged", batchLimit);
    }
  }

  private final class Tokens implements TokenEvents {
    @Override
    public void refreshBegan(String broadcaster) {
      heap.take("refreshBegan", broadcaster);
    }

    @Override
    public void refreshed(String broadcaster, long expiresAtSeconds) {
      heap.take("refreshed", broadcaster, expiresAtSeconds);
    }

    @Override
    public void refreshFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
      heap.take("refreshFailed", broadcaster, cause, retryInMillis);
    }

    @Override
    public void stored(String broadcaster) {
      heap.take("stored", broadcaster);
    }

    @Override
    public void saveRefused(String broadcaster) {
      heap.take("saveRefused", broadcaster);
    }

    @Override
    public void storeFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
      heap.take("storeFailed", broadcaster, cause, retryInMillis);
    }

    @Override
    public void authorisationRequired(String broadcaster, AuthorisationRequiredException cause) {
      heap.take("authorisationRequired", broadcaster, cause);
    }

    @Override
    public void forgotten(String broadcaster) {
      heap.take("forgotten", broadcaster);
    }
  }

  private final class Rooms implements ConnectionEvents {
    @Override
    public void stateChanged(String room, ConnectionState state) {
      heap.take("stateChanged", room, state);
    }

    @Override
    public void retryScheduled(String room, long retryInMillis) {
      heap.take("retryScheduled", room, retryInMillis);
    }

    @Override
    public void started(String room, String connId) {
      heap.take("started", room, connId);
    }

    @Override
    public void connIdExpired(String room, String connId) {
      heap.take("connIdExpired", room, connId);
    }

    @Override
    public void socketDialled(String room, String host) {
      heap.take("socketDialled", room, host);
    }

    @Override
    public void socketOpened(String room, long tookMillis) {
      heap.take("socketOpened", room, tookMillis);
    }

    @Override
    public void authenticated(String room, String connId, long tookMillis) {
      heap.take("authenticated", room, connId, tookMillis);
    }

    @Override
    public void authenticationRefused(String room, String connId, int code) {
      heap.take("authenticationRefused", room, connId, code);
    }

    @Override
    public void heartbeatAnswered(String room, long tookMillis) {
      heap.take("heartbeatAnswered", room, tookMillis);
    }

    @Override
    public void received(String room, ConnectionTraffic traffic) {
      heap.take("received", room, traffic);
    }

    @Override
    public void storeFailed(String room, String problem) {
      heap.take("storeFailed", room, problem);
    }

    @Override
    public void socketEnded(String room, String reason) {
      heap.take("socketEnded", room, reason);
    }
  }
}
