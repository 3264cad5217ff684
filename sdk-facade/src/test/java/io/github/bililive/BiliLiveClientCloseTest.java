package io.github.bililive;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.generated.api.LiveRoomApi;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BiliLiveClientCloseTest extends ServerTestCase {
  /** Far more than closing takes, far less than the time limits of a call. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final ClientThreads threads = ClientThreads.from();

  @Test
  void aClientThatIsNotUsedHasNoThreads() {
    BiliLiveClient client = open();

    assertThat(threads.living()).isEmpty();
    client.close();
    assertThat(threads.living()).isEmpty();
  }

  @Test
  void aClientThatWasUsedLeavesNoThreadBehind() throws Exception {
    server.enqueue(started("hush"));
    server.enqueue(json(SUCCESS));
    BiliLiveClient client = open(builder().heartbeatInterval(4, MILLISECONDS));
    Heard<StartedConnection> heard = new Heard<>();
    client.start(heard);
    heard.await();
    client.keepAlive("c1", (connId, state, cause) -> {});
    received();
    received();
    assertThat(threads.living()).isNotEmpty();

    client.close();

    assertThat(threads.joinAll()).isEmpty();
  }

  @Test
  void callsAfterCloseAreRefused() {
    BiliLiveClient client = open();
    client.close();

    assertClosed(client::start);
    assertClosed(() -> client.start("token"));
    assertClosed(() -> client.start(new Heard<>()));
    assertClosed(() -> client.start("token", new Heard<>()));
    assertClosed(() -> client.heartbeat("c1"));
    assertClosed(() -> client.heartbeat("c1", new Heard<>()));
    assertClosed(() -> client.batchHeartbeat(List.of("c1")));
    assertClosed(() -> client.batchHeartbeat(List.of("c1"), new Heard<>()));
    assertClosed(() -> client.keepAlive("c1", (connId, state, cause) -> {}));
    assertClosed(client::api);
    assertThat(client.toString()).endsWith(", closed}");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void closingAgainDoesNothing() throws Exception {
    server.enqueue(json(SUCCESS));
    BiliLiveClient client = open();
    client.heartbeat("c1");

    client.close();
    client.close();

    assertClosed(client::start);
    assertThat(threads.joinAll()).isEmpty();
  }

  @Test
  void closingEndsWhatIsKeptAlive() throws Exception {
    BiliLiveClient client = open();
    KeepAlive heartbeat = client.keepAlive("c1", (connId, state, cause) -> {});

    client.close();

    assertThat(heartbeat.getState()).isEqualTo(HeartbeatState.CLOSED);
    assertThat(threads.joinAll()).isEmpty();
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aClientMayBeClosedFromACallback() throws Exception {
    server.enqueue(json(SUCCESS));
    BiliLiveClient client = open();
    CountDownLatch closed = new CountDownLatch(1);

    client.heartbeat("c1", closing(client, closed));

    assertThat(closed.await(60, SECONDS)).isTrue();
    assertThat(threads.joinAll()).isEmpty();
    assertClosed(client::start);
  }

  @Test
  void aClientMayBeClosedFromAHeartbeatsListener() throws Exception {
    server.enqueue(json("{\"code\":7003,\"message\":\"expired\"}"));
    BiliLiveClient client = open(builder().heartbeatInterval(4, MILLISECONDS));
    CountDownLatch closed = new CountDownLatch(1);

    client.keepAlive(
        "c1",
        (connId, state, cause) -> {
          client.close();
          closed.countDown();
        });

    assertThat(closed.await(60, SECONDS)).isTrue();
    assertThat(threads.joinAll()).isEmpty();
  }

  @Test
  void closingDoesNotWaitForAServerThatHangs() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    }
    BiliLiveClient client = open(builder().heartbeatInterval(4, MILLISECONDS));
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      Future<StartedConnection> blocking = caller.submit(() -> client.start());
      client.start(new Heard<>());
      client.keepAlive("c1", (connId, state, cause) -> {});
      received();
      received();
      received();

      assertTimeoutPreemptively(SOON, client::close);

      assertThatThrownBy(() -> blocking.get(60, SECONDS))
          .hasCauseInstanceOf(NetworkException.class);
      assertThat(threads.joinAll()).isEmpty();
    } finally {
      caller.shutdown();
    }
  }

  @Test
  void theCallbackOfACallThatClosingCancelsHearsANetworkFailure() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    CountDownLatch closeReturned = new CountDownLatch(1);
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  try {
                    return chain.proceed(chain.request());
                  } finally {
                    awaitOrFail(closeReturned);
                  }
                })
            .build();
    BiliLiveClient client = open(builder().okHttpClient(users));
    Heard<StartedConnection> heard = new Heard<>();
    client.start(heard);
    received();

    client.close();
    closeReturned.countDown();

    assertThatThrownBy(heard::await)
        .isInstanceOf(NetworkException.class)
        .hasMessageStartingWith("start: no answer from 127.0.0.1: ");
    assertThat(heard.times()).isEqualTo(1);
    assertThat(threads.joinAll()).isEmpty();
  }

  @Test
  void anInterfaceThatWasGotBeforeDoesNotCallAfterClose() {
    server.enqueue(started("hush"));
    BiliLiveClient client = open();
    LiveRoomApi api = client.api();

    client.close();

    assertThatThrownBy(() -> api.start().execute()).isInstanceOf(IOException.class);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void thePoolOfAClientThatWasHandedInIsSharedAndOutlivesOurs() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(json(SUCCESS));
    OkHttpClient users = new OkHttpClient();
    BiliLiveClient client = open(builder().okHttpClient(users));
    client.heartbeat("c1");

    client.close();
    open(builder().okHttpClient(users)).heartbeat("c2");

    assertThat(received().getSequenceNumber()).isZero();
    assertThat(received().getSequenceNumber()).as("on the same connection").isEqualTo(1);
  }

  @Test
  void aClientThatWasHandedInWorksOnAfterCloseAndKeepsItsCalls() throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return "/hangs".equals(request.getPath())
                ? new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE)
                : json(SUCCESS);
          }
        });
    OkHttpClient users = new OkHttpClient();
    Call usersOwn = users.newCall(new Request.Builder().url(baseUrl() + "hangs").build());
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      Future<Integer> pending =
          caller.submit(
              () -> {
                try (Response response = usersOwn.execute()) {
                  return response.code();
                }
              });
      received();
      BiliLiveClient client = open(builder().okHttpClient(users));

      client.close();

      assertThat(usersOwn.isCanceled()).isFalse();
      assertThat(users.dispatcher().executorService().isShutdown()).isFalse();
      get(users);
      usersOwn.cancel();
      assertThatThrownBy(() -> pending.get(60, SECONDS)).hasCauseInstanceOf(IOException.class);
    } finally {
      caller.shutdown();
    }
  }

  @Test
  void anExecutorThatWasHandedInWorksOnAfterClose() throws Exception {
    server.enqueue(json(SUCCESS));
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      BiliLiveClient client = open(builder().callbackExecutor(executor));
      Heard<Void> heard = new Heard<>();
      client.heartbeat("c1", heard);
      heard.await();

      client.close();

      assertThat(executor.submit(() -> "runs").get(60, SECONDS)).isEqualTo("runs");
    } finally {
      executor.shutdown();
    }
  }

  private static void assertClosed(ThrowingCallable call) {
    assertThatIllegalStateException().isThrownBy(call).withMessage("the client is closed");
  }

  private static AnswerCallback<Void> closing(BiliLiveClient client, CountDownLatch closed) {
    return new AnswerCallback<>() {
      @Override
      public void onSuccess(Void nothing) {
        client.close();
        closed.countDown();
      }

      @Override
      public void onFailure(BiliLiveException error) {
        throw new AssertionError(error);
      }
    };
  }

  private static void awaitOrFail(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(60, SECONDS)) {
        throw new IOException("close did not return");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void get(OkHttpClient users) throws IOException {
    Request request = new Request.Builder().url(baseUrl()).build();
    try (Response response = users.newCall(request).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
  }

  private RecordedRequest received() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(60, SECONDS));
  }
}
