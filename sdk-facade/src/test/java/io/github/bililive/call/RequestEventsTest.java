package io.github.bililive.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.Leaks;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.internal.InstantTime;
import io.github.bililive.internal.WallClock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;

class RequestEventsTest extends ServerTestCase {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private final RequestEvents log =
      new RequestEvents() {
        @Override
        public void requestBegan(String operation, int attempt) {
          events.add(operation + " began, attempt " + attempt);
        }

        @Override
        public void requestAnswered(String operation, int code, long tookMillis) {
          events.add(operation + " answered " + code + " in " + tookMillis);
        }

        @Override
        public void requestFailed(String operation, BiliLiveException cause, long retryInMillis) {
          Leaks.assertHidesSecrets(cause);
          events.add(
              operation
                  + " failed: "
                  + cause.getClass().getSimpleName()
                  + (retryInMillis == NOT_RETRIED ? ", for good" : ", again"));
        }
      };

  @Test
  void requests_are_heard_of_from_beginning_to_end_and_again() throws Exception {
    server.enqueue(json("{\"code\":5000}"));
    server.enqueue(new MockResponse().setResponseCode(502));
    server.enqueue(json(SUCCESS));

    client().heartbeat("c1");

    assertThat(events)
        .containsExactly(
            "heartbeat began, attempt 1",
            "heartbeat answered 5000 in 0",
            "heartbeat failed: PlatformException, again",
            "heartbeat began, attempt 2",
            "heartbeat failed: AnswerException, again",
            "heartbeat began, attempt 3",
            "heartbeat answered 0 in 0");
  }

  @Test
  void what_is_not_tried_again_is_said_to_be_final() throws Exception {
    server.enqueue(json("{\"code\":4002,\"message\":\"" + ACCESS_TOKEN + APP_SECRET + "\"}"));
    server.enqueue(started("hush"));
    BiliLiveClient client = client();
    Heard<StartedConnection> heard = new Heard<>();

    assertThatThrownBy(client::start).isNotNull();
    client.start(heard);
    heard.await();

    assertThat(events)
        .containsExactly(
            "start began, attempt 1",
            "start answered 4002 in 0",
            "start failed: PlatformException, for good",
            "start began, attempt 1",
            "start answered 0 in 0");
  }

  @Test
  void a_listener_that_throws_changes_nothing() throws Exception {
    server.enqueue(json(SUCCESS));
    RequestEvents throwing =
        new RequestEvents() {
          @Override
          public void requestBegan(String operation, int attempt) {
            throw new IllegalStateException("thrown by a test's events");
          }
        };

    open(builder().callbackExecutor(Runnable::run).requestEvents(throwing)).heartbeat("c1");

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  private BiliLiveClient client() {
    return open(
        withTime(
            builder()
                .retryPolicy(RetryPolicy.DEFAULT)
                .callbackExecutor(Runnable::run)
                .requestEvents(log),
            new InstantTime(),
            WallClock.SYSTEM));
  }
}
