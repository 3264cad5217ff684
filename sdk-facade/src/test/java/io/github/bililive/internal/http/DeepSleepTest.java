package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.internal.time.DeepSleep;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The platform's time on a machine whose own clock stands still while it sleeps. */
class DeepSleepTest {
  private static final long NOW = 1_760_000_000_000L;

  private final DeepSleep machine = new DeepSleep();

  @Test
  void theFirstRequestAfterItIsSignedWithTheRightTime() {
    PlatformClock clock = new PlatformClock(machine.scheduler, () -> NOW, offset -> {});
    long sentAtNanos = machine.scheduler.nanoTime();
    machine.awake.advance(Duration.ofMillis(20));
    clock.learn(new TimeSample(NOW, NOW, sentAtNanos, machine.scheduler.nanoTime()));
    long before = clock.currentTimeMillis();

    machine.sleep(Duration.ofHours(3));

    assertThat(clock.currentTimeMillis() - before).isEqualTo(Duration.ofHours(3).toMillis());
  }
}
