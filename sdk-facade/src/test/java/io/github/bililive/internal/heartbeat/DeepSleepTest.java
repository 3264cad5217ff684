package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.DeepSleep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Heartbeats on a machine whose own clock stands still while it sleeps. */
class DeepSleepTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final DeepSleep machine = new DeepSleep();
  private final FakePlatform platform = new FakePlatform(machine.scheduler);
  private final List<String> heard = new ArrayList<>();
  private final Heartbeats heartbeats =
      new Heartbeats(
          platform,
          machine.scheduler,
          Runnable::run,
          HeartbeatPolicy.DEFAULT,
          new Random(1),
          HeartbeatEvents.NONE);

  @ParameterizedTest
  @ValueSource(longs = {0, 5_000, 10_000, 19_000})
  void aSecondAfterTenMinutesOfItIdsAreOfUnknownFateWereBeatenAndAreFoundDead(
      long millisAfterABeat) {
    keep("a");
    machine.awake.advance(Duration.ofMinutes(1).plusMillis(millisAfterABeat));
    platform.seen.clear();
    heard.clear();

    machine.sleep(Duration.ofMinutes(10));
    machine.awake.advance(SECOND);

    assertThat(platform.seen).hasSize(1);
    assertThat(heard).containsExactly("UNKNOWN a", "EXPIRED a");
  }

  @Test
  void afterANapThatIdsSurviveTheyAreBeatenWithinASecond() {
    keep("a");
    machine.awake.advance(Duration.ofMinutes(1).plusSeconds(6));
    platform.seen.clear();
    heard.clear();

    machine.sleep(Duration.ofSeconds(21));
    assertThat(platform.isAlive("a")).isTrue();
    machine.awake.advance(SECOND);

    assertThat(platform.seen).hasSize(1);
    assertThat(platform.isAlive("a")).isTrue();
    assertThat(heard).doesNotContain("EXPIRED a", "UNKNOWN a");
  }

  private void keep(String connId) {
    heartbeats.register(platform.start(connId), (id, state, cause) -> heard.add(state + " " + id));
  }
}
