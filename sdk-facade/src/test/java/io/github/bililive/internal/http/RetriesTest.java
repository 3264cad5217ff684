package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Heard;
import io.github.bililive.PendingCall;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.time.HeldTime;
import io.github.bililive.internal.time.InstantTime;
import io.github.bililive.internal.time.WallClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls are made again on a real server, with waits that are over at once or held by the test. */
class RetriesTest extends ServerTestCase {
  private final InstantTime time = new InstantTime();

  @ParameterizedTest
  @ValueSource(ints = {4004, 5000, 5001, 5002, 127201, 99_999})
  void aHeartbeatGetsOverARefusalThatPasses(int code) throws Exception {
    refuse(2, code);
    server.enqueue(json(SUCCESS));

    client().heartbeat("c1");

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertThat(time.waits()).hasSize(2);
    assertThat(time.waits().get(0)).isLessThan(Duration.ofMillis(500));
    assertThat(time.waits().get(1)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void theSameWithCallbacks() throws Exception {
    refuse(3, 5000);
    server.enqueue(json("{\"code\":0,\"data\":{\"failed_conn_ids\":[\"c2\"]}}"));
    Heard<Set<String>> heard = new Heard<>();

    client().batchHeartbeat(List.of("c1", "c2"), heard);

    assertThat(heard.await()).containsExactly("c2");
    assertThat(heard.times()).isEqualTo(1);
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void eachAttemptHasANonceOfItsOwn() throws Exception {
    refuse(3, 5000);
    server.enqueue(json(SUCCESS));

    client().heartbeat("c1");

    List<String> nonces = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      nonces.add(server.takeRequest().getHeader("x-bili-signature-nonce"));
    }
    assertThat(nonces).doesNotContainNull().doesNotHaveDuplicates();
  }

  @Test
  void aFailureThatStaysIsTheCallersAfterTheLastRetry() {
    refuse(4, 5000);

    assertThatThrownBy(() -> client().heartbeat("c1")).isInstanceOf(PlatformException.class);

    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void retriesCanBeSwitchedOff() {
    refuse(1, 5000);

    assertThatThrownBy(() -> client(RetryPolicy.NONE).heartbeat("c1"))
        .isInstanceOf(PlatformException.class);

    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(time.waits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 5001, 5002, 99_999})
  void aStartThatMayHaveBeenCarriedOutIsNotMadeAgain(int code) {
    refuse(1, code);

    assertThatThrownBy(client()::start).isInstanceOf(PlatformException.class);

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aStartThatWasCutAfterItHadLeftIsNotMadeAgain() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));

    assertThatThrownBy(client()::start)
        .isInstanceOf(NetworkException.class)
        .hasMessageNotContaining("nothing was sent");

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aStartWhoseAnswerIsNotUnderstoodIsNotMadeAgain() {
    server.enqueue(new MockResponse().setResponseCode(502).setBody("<html>"));

    assertThatThrownBy(client()::start).isInstanceOf(InvalidResponseException.class);

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4004, 7001})
  void aStartThatWasCertainlyNotCarriedOutIsMadeAgain(int code) throws Exception {
    refuse(1, code);
    server.enqueue(started("hush"));

    assertThat(client().start().getConnId()).isEqualTo("c1");

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aStartThatCouldNotBeSentIsTriedAgain() throws Exception {
    MockWebServer gone = anotherServer();
    String address = urlOf(gone);
    gone.shutdown();

    assertThatThrownBy(open(retrying(RetryPolicy.DEFAULT).baseUrl(address))::start)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("nothing was sent");

    assertThat(time.waits()).hasSize(3);
  }

  @Test
  void theTimeThatAnAnswerAsksForIsWaited() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(429).setHeader("Retry-After", "3"));
    server.enqueue(
        new MockResponse()
            .setResponseCode(503)
            .setHeader("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
            .setHeader("Retry-After", "Sun, 06 Nov 1994 08:49:44 GMT"));
    server.enqueue(json("{\"code\":4009,\"message\":\"m\"}").setHeader("Retry-After", "2"));
    server.enqueue(started("hush"));

    client().start();

    List<Duration> waits = time.waits();
    assertThat(waits).hasSize(3);
    assertThat(waits.get(0)).isBetween(Duration.ofSeconds(3), Duration.ofMillis(3_500));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(7), Duration.ofSeconds(8));
    assertThat(waits.get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @ParameterizedTest
  @ValueSource(ints = {7002, 7008, 7010})
  void aWaitThatIsLongerThanTheDeadlineIsLeftToTheCaller(int code) {
    refuse(1, code);

    assertThatThrownBy(client()::start).isInstanceOf(PlatformException.class);

    assertThat(time.waits()).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void theDeadlineHoldsForAllAttemptsAndPausesTogether() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            time.advance(Duration.ofMillis(300));
            return json("{\"code\":5000}");
          }
        });
    RetryPolicy many = RetryPolicy.builder().retries(1_000).build();
    long began = time.nanoTime();

    assertThatThrownBy(() -> open(retrying(many).callTimeout(20, TimeUnit.SECONDS)).heartbeat("c1"))
        .isInstanceOf(PlatformException.class);

    assertThat(Duration.ofNanos(time.nanoTime() - began)).isLessThan(Duration.ofMillis(20_300));
  }

  @Test
  void theDeadlineCutsAnAttemptThatHangs() throws Exception {
    server.enqueue(json(SUCCESS));
    // So that the second goes to waiting, and not to what a first call loads.
    open().heartbeat("c1");
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));

    assertThatThrownBy(() -> open(builder().callTimeout(1, TimeUnit.SECONDS)).heartbeat("c1"))
        .hasMessage("heartbeat: no answer from 127.0.0.1: InterruptedIOException (timeout)");
  }

  @Test
  void aStormOfFailuresUsesTheBudgetUpAndThenEachCallIsMadeOnce() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return json("{\"code\":5000}");
          }
        });
    // So short that time itself earns no retries.
    RetryPolicy quick = RetryPolicy.builder().firstPause(1, TimeUnit.MILLISECONDS).build();
    BiliLiveClient client = client(quick);

    for (int i = 0; i < 30; i++) {
      assertThat(catchThrowable(() -> client.heartbeat("c1"))).isNotNull();
    }

    // 10 at first, and one for each 10 calls.
    assertThat(server.getRequestCount()).isBetween(30 + 10, 30 + 10 + 3);
  }

  @Test
  void aCallThatIsGivenUpInAPauseHearsItOnceAndIsNotMadeAgain() throws Exception {
    HeldTime held = new HeldTime();
    BiliLiveClient client = open(withTime(retrying(), held, WallClock.SYSTEM));
    refuse(1, 5000);
    Heard<Void> heard = new Heard<>();
    PendingCall call = client.heartbeat("c1", heard);
    HeldTime.Held pause = held.next();

    call.cancel();

    assertThatThrownBy(heard::await)
        .isInstanceOf(NetworkException.class)
        .hasMessage("heartbeat: no answer from 127.0.0.1: IOException (Canceled)");
    pause.run(); // As if it had been about to.
    call.cancel();
    assertThat(heard.times()).isEqualTo(1);
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aClientThatIsClosedInAPauseEndsTheCall() throws Exception {
    HeldTime held = new HeldTime();
    BiliLiveClient client = open(withTime(retrying(), held, WallClock.SYSTEM));
    refuse(1, 5000);
    Heard<Void> heard = new Heard<>();
    client.heartbeat("c1", heard);
    held.next();

    client.close();

    assertThatThrownBy(heard::await)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("the client is closed");
    assertThat(heard.times()).isEqualTo(1);
  }

  @Test
  void aThreadThatWaitsInAPauseCanBeInterrupted() throws Exception {
    HeldTime held = new HeldTime();
    BiliLiveClient client = open(withTime(retrying(), held, WallClock.SYSTEM));
    refuse(1, 5000);
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              thrown.set(catchThrowable(() -> client.heartbeat("c1")));
              interrupted.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    held.next();

    caller.interrupt();
    caller.join(60_000);

    assertThat(thrown.get())
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("interrupted while waiting for the answer");
    assertThat(interrupted).isTrue();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void aThreadThatWaitsInAPauseGoesOnWhenItIsOver() throws Exception {
    HeldTime held = new HeldTime();
    BiliLiveClient client = open(withTime(retrying(), held, WallClock.SYSTEM));
    refuse(1, 5000);
    server.enqueue(json(SUCCESS));
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread caller = new Thread(() -> thrown.set(catchThrowable(() -> client.heartbeat("c1"))));
    caller.start();

    held.next().run();
    caller.join(60_000);

    assertThat(caller.isAlive()).isFalse();
    assertThat(thrown.get()).isNull();
    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void aRequestThatMustNotBeSentIsNotTriedAgain() {
    OkHttpClient turning =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .url(chain.request().url().newBuilder().host("localhost").build())
                            .build()))
            .build();

    assertThatThrownBy(
            () -> open(retrying(RetryPolicy.DEFAULT).okHttpClient(turning)).heartbeat("c1"))
        .hasMessageContaining("not sent: the request is for http://localhost");

    assertThat(time.waits()).isEmpty();
  }

  private void refuse(int times, int code) {
    for (int i = 0; i < times; i++) {
      server.enqueue(json("{\"code\":" + code + ",\"message\":\"m\"}"));
    }
  }

  private BiliLiveClient client() {
    return client(RetryPolicy.DEFAULT);
  }

  private BiliLiveClient client(RetryPolicy policy) {
    return open(retrying(policy));
  }

  private BiliLiveClientBuilder retrying(RetryPolicy policy) {
    return withTime(builder().retryPolicy(policy), time, WallClock.SYSTEM);
  }

  private BiliLiveClientBuilder retrying() {
    return builder().retryPolicy(RetryPolicy.DEFAULT);
  }
}
