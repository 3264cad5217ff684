package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import android.content.Context;
import android.net.ConnectivityManager;
import android.net.Network;
import android.net.NetworkRequest;
import android.os.Handler;
import android.os.Looper;
import android.os.SystemClock;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.ExpiredSockets;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.sandbox.SeenSocket;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.After;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.robolectric.RobolectricTestRunner;
import org.robolectric.RuntimeEnvironment;
import org.robolectric.annotation.Config;
import org.robolectric.shadow.api.Shadow;
import org.robolectric.shadows.ShadowConnectivityManager;
import org.robolectric.shadows.ShadowLooper;
import org.robolectric.shadows.ShadowSystemClock;

/**
 * The SDK on Android's own classes, the oldest that it supports and new ones, as Robolectric runs
 * them on Java: profile {@code robolectric}. The class library is Java's, not Android's: that
 * nothing is called which Android 5.0 lacks is what animal-sniffer checks.
 */
@RunWith(RobolectricTestRunner.class)
@Config(
    manifest = Config.NONE,
    sdk = {21, 35})
public class AndroidIT {
  /** Ids live for long without heartbeats, so that the clock alone can make one due. */
  private final Sandbox sandbox =
      Sandbox.builder()
          .danmakuInterval(Duration.ofMillis(200))
          .timeToLive(Duration.ofHours(1))
          .expiredSockets(ExpiredSockets.DEAF)
          .start();

  private final Handler mainThread = new Handler(Looper.getMainLooper());
  private final Semaphore posted = new Semaphore(0);
  private final Room listener = new Room();

  private final BiliLiveClient client =
      BiliLiveClient.builder()
          .baseUrl(sandbox.baseUrl())
          .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
          .accessToken(sandbox.accessToken())
          .callbackExecutor(this::post)
          .heartbeatInterval(5, TimeUnit.MINUTES)
          .connIdTimeToLive(1, TimeUnit.HOURS)
          .monotonicClock(SystemClock::elapsedRealtimeNanos)
          .build();

  /** Heard on the main thread alone. */
  private static final class Room implements LiveListener {
    int heard;
    int opened;
    boolean wasOpen;
    int elsewhere;

    @Override
    public void onDanmaku(Danmaku message) {
      heard++;
      check();
    }

    @Override
    public void onStateChanged(ConnectionState state) {
      boolean isOpen = state.getPhase() == ConnectionState.Phase.OPEN;
      opened += isOpen && !wasOpen ? 1 : 0;
      wasOpen = isOpen;
      check();
    }

    private void check() {
      elsewhere += Looper.myLooper() == Looper.getMainLooper() ? 0 : 1;
    }
  }

  @After
  public void close() {
    client.close();
    sandbox.close();
  }

  @Test
  public void aRoomIsHeardOnTheMainThread() throws Exception {
    client.connect(listener);

    runMainThreadUntil(() -> listener.heard > 0);

    assertThat(listener.opened).isEqualTo(1);
    assertThat(listener.elsewhere).isZero();
  }

  @Test
  public void aRoomWhoseIdDiedInSleepIsStartedAnew() throws Exception {
    client.connect(listener);
    runMainThreadUntil(() -> listener.opened == 1);

    sandbox.expire(sandbox.connections().get(0).connId());
    ShadowSystemClock.advanceBy(Duration.ofMinutes(10));
    runMainThreadUntil(() -> listener.opened == 2);
    int before = listener.heard;
    runMainThreadUntil(() -> listener.heard > before);

    assertThat(requests(Endpoint.START)).hasSize(2);
    assertThat(listener.elsewhere).isZero();
  }

  @Test
  public void aRoomIsDialedAnewForAnotherNetwork() throws Exception {
    LiveConnection room = client.connect(listener);
    ConnectivityManager networks =
        (ConnectivityManager)
            RuntimeEnvironment.getApplication().getSystemService(Context.CONNECTIVITY_SERVICE);
    networks.registerNetworkCallback(
        new NetworkRequest.Builder().build(),
        new ConnectivityManager.NetworkCallback() {
          @Override
          public void onAvailable(Network network) {
            room.redial();
          }
        });
    runMainThreadUntil(() -> listener.opened == 1);

    ShadowConnectivityManager shadow = Shadow.extract(networks);
    shadow.getNetworkCallbacks().forEach(callback -> callback.onAvailable(null));
    runMainThreadUntil(() -> listener.opened == 2);

    assertThat(requests(Endpoint.START)).hasSize(1);
    assertThat(sandbox.sockets().seen(SeenSocket::wasAuthenticated)).hasSize(2);
  }

  @Test
  public void anIdIsKeptAliveThroughSleep() throws Exception {
    String connId = client.start().getConnId();
    client.keepAlive(connId, (id, state, cause) -> {});

    List<SeenRequest> kept = List.of();
    for (int naps = 0; kept.isEmpty() && naps < 6; naps++) { // The first may come too early.
      ShadowSystemClock.advanceBy(Duration.ofMinutes(6));
      kept = heartbeatsSoon(connId);
    }
    assertThat(kept).isNotEmpty();
  }

  @Test
  public void tokensAreKeptInTheFolderThatIsNotBackedUp() throws Exception {
    File folder = new File(RuntimeEnvironment.getApplication().getNoBackupFilesDir(), "tokens");
    OAuthToken pair = OAuthToken.of("access", "refresh", 2_000_000_000L, List.of("LIVE_ROOM_DATA"));
    FileTokenStore.in(folder).save("alice", pair);

    assertThat(FileTokenStore.in(folder).load("alice")).isEqualTo(pair);
    FileTokenStore.in(folder).remove("alice");
    assertThat(FileTokenStore.in(folder).load("alice")).isNull();
  }

  /** Returns the accepted heartbeats of an id; waits for one for longer than two looks at the clock. */
  private List<SeenRequest> heartbeatsSoon(String connId) throws InterruptedException {
    try {
      return sandbox.awaitRequests(
          1,
          request ->
              request.endpoint() == Endpoint.HEARTBEAT
                  && request.connIds().contains(connId)
                  && !request.isRefused(),
          Duration.ofSeconds(12));
    } catch (TimeoutException none) {
      return List.of();
    }
  }

  private void post(Runnable task) {
    mainThread.post(task);
    posted.release();
  }

  /** The test is the main thread, and its looper runs when it is told to. */
  private void runMainThreadUntil(BooleanSupplier done) throws InterruptedException {
    long start = System.nanoTime();
    while (!done.getAsBoolean()) {
      long left = TimeUnit.SECONDS.toNanos(60) - (System.nanoTime() - start);
      assertThat(posted.tryAcquire(left, TimeUnit.NANOSECONDS)).as("what is to come").isTrue();
      ShadowLooper.idleMainLooper();
    }
  }

  private List<SeenRequest> requests(Endpoint endpoint) {
    return sandbox.requests().stream().filter(seen -> seen.endpoint() == endpoint).toList();
  }
}
