package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppPauseTest extends ServerTestCase {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final AppPause pause = new AppPause();

  @ParameterizedTest
  @ValueSource(ints = {4009, 127009, 127306})
  void aLimitOfTheAppHoldsTheRoomsStarts(int code) throws Exception {
    server.enqueue(json("{\"code\":" + code + ",\"message\":\"" + ACCESS_TOKEN + "\"}"));

    assertHolds(true);
  }

  @Test
  void tooManyRequestsHoldTheRoomsStarts() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(429));

    assertHolds(true);
  }

  @Test
  void retryAfterHoldsTheRoomsStarts() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(502).setHeader("Retry-After", "60"));

    assertHolds(true);
  }

  @ParameterizedTest
  @ValueSource(ints = {7001, 7002, 7010, 5000, 4002})
  void whatConcernsOneRoomHoldsNoOther(int code) throws Exception {
    server.enqueue(json("{\"code\":" + code + ",\"message\":\"\"}"));

    assertHolds(false);
  }

  /** A call fails; a room of another broadcaster is connected. */
  private void assertHolds(boolean holds) throws Exception {
    BiliLiveClient client = open();
    server.enqueue(json("{\"code\":4000}"));
    BiliLiveException failure =
        catchThrowableOfType(BiliLiveException.class, () -> client.start("one-token"));
    CompletableFuture<ConnectionState> told = new CompletableFuture<>();
    LiveConnection room =
        client.connect(
            "another-token",
            new LiveListener() {
              @Override
              public void onStateChanged(ConnectionState state) {
                if (state.getPhase() == Phase.BACKING_OFF || state.getPhase() == Phase.CLOSED) {
                  told.complete(state);
                }
              }
            });

    ConnectionState state = told.get(30, TimeUnit.SECONDS);
    assertThat(failure.isForWholeApp()).isEqualTo(holds);
    assertThat(server.getRequestCount()).isEqualTo(holds ? 1 : 2);
    assertThat(state.getReason()).isEqualTo(holds ? Reason.START_FAILED : Reason.REFUSED);
    if (holds) {
      assertThat(state.getRetryInMillis())
          .isGreaterThan(failure.getRetryAfterMillis() / 2)
          .isLessThan(failure.getRetryAfterMillis() + 2_000);
      assertThat(state.getMessage())
          .contains("the platform wants the whole app to wait: start", "; nothing was sent;")
          .doesNotContain(ACCESS_TOKEN);
    }
    room.close();
  }

  @Test
  void theLongestWaitCountsAndEndsInTime() {
    assertThat(pause.refusal("start", "host", 0)).isNull();
    pause.failed(refusal(4009, 10_000L), 0);
    pause.failed(refusal(4009, 5_000L), SECOND);
    pause.failed(refusal(7010, null), 2 * SECOND);

    NetworkException held = pause.refusal("start", "host", 10 * SECOND - 1);
    assertThat(held.getRetryAfterMillis()).isEqualTo(1);
    assertThat(held.getRemedy()).isEqualTo(Remedy.WAIT);
    assertThat(held.isNotCarriedOut()).isTrue();
    assertThat(held.isForWholeApp()).isTrue();
    assertThat(pause.refusal("start", "host", 10 * SECOND)).isNull();
  }

  @Test
  void aHeldCallSaysWhyAndHowLong() {
    pause.failed(refusal(4009, 10_000L), 0);

    assertThat(pause.refusal("start", "host", 4 * SECOND))
        .hasMessage(
            "start: no answer from host: NotSentException (the platform wants the whole app to"
                + " wait: heartbeat refused by the platform: 4009 rate or quota of the app exceeded;"
                + " try again in 10 s; check: how many calls the app makes on all its machines"
                + " together, and the quota it has); nothing was sent; try again in 7 s")
        .hasRootCauseInstanceOf(PlatformException.class);
  }

  private static PlatformException refusal(int code, Long askedMillis) {
    return new PlatformException("heartbeat", code, "", null, askedMillis, "");
  }
}
