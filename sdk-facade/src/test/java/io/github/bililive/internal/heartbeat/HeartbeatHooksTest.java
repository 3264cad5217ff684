package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.KeepAlive;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What hooks hear of heartbeats, in the order of what happens. */
class HeartbeatHooksTest {
  private static final HeartbeatListener NOBODY = (connId, state, cause) -> {};

  private final VirtualTime time = new VirtualTime();
  private final FakePlatform platform = new FakePlatform(time);
  private final List<String> told = new ArrayList<>();
  private final Queue<Runnable> callbacks = new ArrayDeque<>();
  private final Heartbeats heartbeats =
      new Heartbeats(
          platform,
          time,
          callbacks::add,
          HeartbeatPolicy.DEFAULT,
          new Random(1),
          new HeartbeatEvents() {
            @Override
            public void requestBegan(List<String> connIds) {
              told.add("began " + connIds);
            }

            @Override
            public void requestAcknowledged(
                List<String> connIds, List<String> expired, long tookMillis) {
              told.add("acknowledged " + connIds + " " + expired + " " + tookMillis);
            }

            @Override
            public void requestFailed(
                List<String> connIds,
                FailureKind kind,
                BiliLiveException cause,
                long retryInMillis) {
              told.add("failed " + connIds + " " + kind + " " + (retryInMillis > 0));
            }

            @Override
            public void expired(String connId) {
              told.add("expired " + connId);
            }
          });

  private void pass(Duration duration) {
    time.advance(duration);
    while (!callbacks.isEmpty()) {
      callbacks.remove().run();
    }
  }

  @Test
  void eachRequestBeginsAndEnds() {
    heartbeats.register(platform.start("a"), NOBODY);
    heartbeats.register(platform.start("b"), NOBODY);
    platform.latency = Duration.ofMillis(70);
    pass(HeartbeatsTestCase.FIRST_DELAY.plusSeconds(1));
    assertThat(told).containsExactly("began [a, b]", "acknowledged [a, b] [] 70");
    told.clear();

    platform.kill("b");
    pass(HeartbeatsTestCase.INTERVAL);
    assertThat(told).containsExactly("began [a, b]", "acknowledged [a, b] [b] 70", "expired b");
    told.clear();

    platform.fate = new FakePlatform.Fate.Lost();
    pass(HeartbeatsTestCase.INTERVAL.minusSeconds(1));
    assertThat(told).startsWith("began [a]", "failed [a] NETWORK true", "began [a]");
  }

  @Test
  void afterTheLastIdIsClosedNothingIsLeftToWaitFor() {
    KeepAlive kept = heartbeats.register(platform.start("a"), NOBODY);
    pass(HeartbeatsTestCase.FIRST_DELAY.plusSeconds(1));
    kept.close();
    pass(Duration.ZERO);

    assertThat(time.pending()).isZero();
  }

  @Test
  void whatHappenedBeforeTheClientIsClosedIsToldAndNoIdIsKept() {
    heartbeats.register(platform.start("a"), NOBODY);
    time.advance(HeartbeatsTestCase.FIRST_DELAY.plusSeconds(1));
    assertThat(callbacks).isNotEmpty();
    heartbeats.close();
    pass(Duration.ofMinutes(1));

    assertThat(told).containsExactly("began [a]", "acknowledged [a] [] 20");
    assertThat(heartbeats.snapshot().getIds()).isEmpty();
  }
}
