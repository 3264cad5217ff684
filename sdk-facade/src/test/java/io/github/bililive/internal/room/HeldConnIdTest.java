package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.StartedConnection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeldConnIdTest {
  private static final long STARTED_AT = TimeUnit.HOURS.toNanos(1);
  private static final List<String> LINKS = List.of("wss://one.test", "wss://two.test");

  private final HeldConnId held =
      new HeldConnId(new StartedConnection("c1", "auth", LINKS), LINKS, null, STARTED_AT);

  @Test
  void otherAddressesAreNeededAfterThreeFailuresOfEach() {
    long late = STARTED_AT + TimeUnit.HOURS.toNanos(1);
    for (int i = 0; i < 5; i++) {
      assertThat(held.failed(late)).isFalse();
    }
    assertThat(held.failed(late)).isTrue();
    held.opened();
    assertThat(held.failed(late)).isFalse();
  }

  @Test
  void andNotBeforeTheIdIsAMinuteOld() {
    long minute = STARTED_AT + HeldConnId.MIN_AGE_NANOS;
    for (int i = 0; i < 20; i++) {
      assertThat(held.failed(minute - 1)).isFalse();
    }
    assertThat(held.failed(minute)).isTrue();
  }
}
