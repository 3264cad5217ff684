package io.github.bililive.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.AnswerException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.HeldTime;
import io.github.bililive.internal.InstantTime;
import io.github.bililive.internal.WallClock;
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
  @ValueSource(ints = {4004, 5000, 5001, 5002, 127200, 127201, 99_999})
  void a_heartbeat_gets_over_a_refusal_that_passes(int code) throws Exception {
    refuse(2, code);
    server.enqueue(json(SUCCESS));

    client().heartbeat("c1");

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertThat(time.waits()).hasSize(2);
    assertThat(time.waits().get(0)).isLessThan(Duration.ofMillis(500));
    assertThat(time.waits().get(1)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void the_same_with_callbacks() throws Exception {
    refuse(3, 5000);
    server.enqueue(json("{\"code\":0,\"data\":{\"failed_conn_ids\":[\"c2\"]}}"));
    Heard<Set<String>> heard = new Heard<>();

    client().batchHeartbeat(List.of("c1", "c2"), heard);

    assertThat(heard.await()).containsExactly("c2");
    assertThat(heard.times()).isEqualTo(1);
    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void each_attempt_has_a_nonce_of_its_own() throws Exception {
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
  void a_failure_that_stays_is_the_callers_after_the_last_retry() {
    refuse(4, 5000);

    assertThatThrownBy(() -> client().heartbeat("c1")).isInstanceOf(PlatformException.class);

    assertThat(server.getRequestCount()).isEqualTo(4);
  }

  @Test
  void retries_can_be_switched_off() {
    refuse(1, 5000);

    assertThatThrownBy(() -> client(RetryPolicy.NONE).heartbeat("c1"))
        .isInstanceOf(PlatformException.class);

    assertThat(server.getRequestCount()).isEqualTo(1);
    assertThat(time.waits()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 5001, 5002, 99_999})
  void a_start_that_may_have_been_carried_out_is_not_made_again(int code) {
    refuse(1, code);

    assertThatThrownBy(client()::start).isInstanceOf(PlatformException.class);

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_start_that_was_cut_after_it_had_left_is_not_made_again() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));

    assertThatThrownBy(client()::start)
        .isInstanceOf(NetworkException.class)
        .hasMessageNotContaining("nothing was sent");

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_start_whose_answer_is_not_understood_is_not_made_again() {
    server.enqueue(new MockResponse().setResponseCode(502).setBody("<html>"));

    assertThatThrownBy(client()::start).isInstanceOf(AnswerException.class);

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {4004, 7001})
  void a_start_that_was_certainly_not_carried_out_is_made_again(int code) throws Exception {
    refuse(1, code);
    server.enqueue(started("hush"));

    assertThat(client().start().connId()).isEqualTo("c1");

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void a_start_that_could_not_be_sent_is_tried_again() throws Exception {
    MockWebServer gone = anotherServer();
    String address = urlOf(gone);
    gone.shutdown();

    assertThatThrownBy(open(retrying(RetryPolicy.DEFAULT).baseUrl(address))::start)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("nothing was sent");

    assertThat(time.waits()).hasSize(3);
  }

  @Test
  void the_time_that_an_answer_asks_for_is_waited() throws Exception {
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
  @ValueSource(ints = {4009, 7010, 127009})
  void a_wait_that_is_longer_than_the_deadline_is_left_to_the_caller(int code) {
    refuse(1, code);

    assertThatThrownBy(client()::start).isInstanceOf(PlatformException.class);

    assertThat(time.waits()).isEmpty();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void the_deadline_holds_for_all_attempts_and_pauses_together() {
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

    assertThatThrownBy(() -> open(retrying(many).callTimeout(5, TimeUnit.SECONDS)).heartbeat("c1"))
        .isInstanceOf(PlatformException.class);

    assertThat(Duration.ofNanos(time.nanoTime() - began)).isLessThan(Duration.ofMillis(5_300));
  }

  @Test
  void the_deadline_cuts_an_attempt_that_hangs() throws Exception {
    server.enqueue(json(SUCCESS));
    // So that the second goes to waiting, and not to what a first call loads.
    open().heartbeat("c1");
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));

    assertThatThrownBy(() -> open(builder().callTimeout(1, TimeUnit.SECONDS)).heartbeat("c1"))
        .hasMessage("heartbeat: no answer from 127.0.0.1: InterruptedIOException (timeout)");
  }

  @Test
  void a_storm_of_failures_uses_the_budget_up_and_then_each_call_is_made_once() {
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
  void a_call_that_is_given_up_in_a_pause_hears_it_once_and_is_not_made_again() throws Exception {
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
  void a_client_that_is_closed_in_a_pause_ends_the_call() throws Exception {
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
  void a_thread_that_waits_in_a_pause_can_be_interrupted() throws Exception {
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
        .hasMessageContaining("interrupted before the next attempt");
    assertThat(interrupted).isTrue();
    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void a_thread_that_waits_in_a_pause_goes_on_when_it_is_over() throws Exception {
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
  void a_request_that_must_not_be_sent_is_not_tried_again() {
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

  private BiliLiveClient.Builder retrying(RetryPolicy policy) {
    return withTime(builder().retryPolicy(policy), time, WallClock.SYSTEM);
  }

  private BiliLiveClient.Builder retrying() {
    return builder().retryPolicy(RetryPolicy.DEFAULT);
  }
}
