package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

/** A client that was handed a clock which counts sleep. */
class DeepSleepTest extends ServerTestCase {
  private final AtomicLong sleptNanos = new AtomicLong();
  private final MonotonicClock clock = () -> System.nanoTime() + sleptNanos.get();

  @Test
  void noticesTenMinutesOfItAndBeatsAtOnce() throws InterruptedException {
    assertNotices(open(withClock()));
  }

  @Test
  void handsItsClockOnToClientsLikeIt() throws InterruptedException {
    assertNotices(open(open(withClock()).newBuilder()));
  }

  private BiliLiveClientBuilder withClock() {
    return builder().monotonicClock(clock).heartbeatInterval(1, TimeUnit.SECONDS);
  }

  private void assertNotices(BiliLiveClient client) throws InterruptedException {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return json(SUCCESS);
          }
        });
    LinkedBlockingQueue<HeartbeatState> heard = new LinkedBlockingQueue<>();
    client.keepAlive("c1", (connId, state, cause) -> heard.add(state));
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(HeartbeatState.ALIVE);

    sleptNanos.set(Duration.ofMinutes(10).toNanos());

    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(HeartbeatState.UNKNOWN);
    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(HeartbeatState.ALIVE);
  }

  @Test
  void isNotBuiltOnAClockThatThrows() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            builder()
                    .monotonicClock(
                        () -> {
                          throw new UnsupportedOperationException("no clock here");
                        })
                ::build)
        .withMessageContaining("SystemClock::elapsedRealtimeNanos");
  }
}
