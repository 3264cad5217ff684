package io.github.bililive.internal.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers over sleep, in virtual time. */
class SleepAwareSchedulerTest {
  private static final Duration TICK = Duration.ofNanos(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private final DeepSleep machine = new DeepSleep();
  private final VirtualTime awake = machine.awake;
  private final SleepAwareScheduler scheduler = machine.scheduler;
  private final List<String> rung = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 999, 1_000, 20_000, 60_000, 3_600_000})
  void withoutSleepATimerRingsAtItsTimeAndNotBefore(long millis) {
    schedule("a", Duration.ofMillis(millis).plus(TICK));

    awake.advance(Duration.ofMillis(millis));
    assertThat(rung).isEmpty();
    awake.advance(TICK);
    assertThat(rung).containsExactly("a");
    assertThat(awake.pending()).isZero();
  }

  @Test
  void timersRingInTheOrderOfTheirTimesAndThenOfTheirScheduling() {
    schedule("c", Duration.ofSeconds(2));
    schedule("a", SECOND);
    schedule("b", SECOND);
    schedule("now", Duration.ofNanos(-5));

    awake.advance(Duration.ofSeconds(3));

    assertThat(rung).containsExactly("now", "a", "b", "c");
  }

  @Test
  void afterASleepWhatCameDueInItRingsWithinASecondInOrder() {
    schedule("heartbeat", Duration.ofSeconds(20));
    schedule("far", Duration.ofMinutes(9));
    schedule("further", Duration.ofMinutes(11));
    awake.advance(Duration.ofMillis(300));
    machine.sleep(TEN_MINUTES);

    awake.advance(SECOND);

    assertThat(rung).containsExactly("heartbeat", "far");
  }

  @Test
  void itsClockCountsTheSleep() {
    long before = scheduler.nanoTime();
    awake.advance(SECOND);
    machine.sleep(TEN_MINUTES);
    awake.advance(SECOND);
    machine.sleep(TEN_MINUTES);

    assertThat(Duration.ofNanos(scheduler.nanoTime() - before))
        .isEqualTo(TEN_MINUTES.multipliedBy(2).plusSeconds(2));
  }

  @Test
  void whatIsAloneAndDueInAnHourRingsWithinAMinuteOfWaking() {
    schedule("token", Duration.ofHours(1));
    machine.sleep(Duration.ofHours(2));

    awake.advance(Duration.ofMinutes(1));

    assertThat(rung).containsExactly("token");
  }

  @Test
  void aSleepThatEndsBeforeATimerIsDueBringsItNearerByAsMuch() {
    schedule("a", TEN_MINUTES);
    machine.sleep(Duration.ofMinutes(9));

    awake.advance(Duration.ofMinutes(1).minus(TICK));
    assertThat(rung).isEmpty();
    awake.advance(TICK);
    assertThat(rung).containsExactly("a");
  }

  @ParameterizedTest
  @CsvSource({"60, 60", "20, 20", "3600, 305", "1, 1"})
  void itLooksAtTheClockOnceASecondAndMoreSeldomInALongWait(long waitSeconds, int looks) {
    CountingTime counting = new CountingTime(awake);
    new SleepAwareScheduler(counting, awake::nanoTime)
        .schedule(() -> rung.add("a"), Duration.ofSeconds(waitSeconds).toNanos());

    awake.advance(Duration.ofSeconds(waitSeconds));

    assertThat(rung).containsExactly("a");
    assertThat(counting.scheduled).isLessThanOrEqualTo(looks);
  }

  @Test
  void withNothingPendingItDoesNotLook() {
    schedule("a", SECOND);
    Cancellable taken = schedule("b", Duration.ofHours(1));
    taken.cancel();
    taken.cancel();
    awake.advance(SECOND);
    awake.advance(Duration.ofMinutes(1));

    assertThat(rung).containsExactly("a");
    assertThat(awake.pending()).isZero();
  }

  @Test
  void aTaskMayScheduleAndCancelOthers() {
    Cancellable later = schedule("later", Duration.ofSeconds(2));
    scheduler.schedule(
        () -> {
          later.cancel();
          schedule("next", Duration.ZERO);
        },
        SECOND.toNanos());

    awake.advance(Duration.ofSeconds(5));

    assertThat(rung).containsExactly("next");
  }

  @Test
  void aTaskThatThrowsEndsNothing() {
    scheduler.schedule(
        () -> {
          throw new IllegalStateException("thrown by a test's task, on purpose");
        },
        0);
    schedule("a", Duration.ZERO);
    schedule("b", SECOND);

    awake.advance(SECOND);

    assertThat(rung).containsExactly("a", "b");
  }

  @Test
  void afterCloseNothingRunsAndNothingIsTaken() {
    schedule("a", SECOND);
    scheduler.schedule(scheduler::close, 0);
    schedule("b", Duration.ZERO);
    awake.runDue();
    schedule("c", Duration.ZERO);
    awake.advance(TEN_MINUTES);

    assertThat(rung).isEmpty();
    assertThat(awake.pending()).isZero();
  }

  // Clocks that are none

  @Test
  void aClockThatThrowsAtOnceIsRefusedWithWhatWouldBeRight() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new SleepAwareScheduler(
                    awake,
                    () -> {
                      throw new UnsupportedOperationException("no clock here");
                    }))
        .withMessageContaining("SystemClock::elapsedRealtimeNanos")
        .withCauseInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, IOException.class})
  void aClockThatThrowsLaterHoldsUpNothingAndCountsAgainAfterwards(Class<Throwable> thrown) {
    AtomicLong ahead = new AtomicLong();
    boolean[] broken = {false};
    SleepAwareScheduler time =
        new SleepAwareScheduler(
            awake,
            () -> {
              if (broken[0]) {
                throw SleepAwareSchedulerTest.<RuntimeException>unchecked(thrown);
              }
              return awake.nanoTime() + ahead.get();
            });
    long before = time.nanoTime();
    broken[0] = true;
    time.schedule(() -> rung.add("a"), SECOND.toNanos());
    awake.advance(SECOND);
    assertThat(rung).containsExactly("a");
    assertThat(time.nanoTime() - before).isEqualTo(SECOND.toNanos());

    broken[0] = false;
    ahead.set(TEN_MINUTES.toNanos());
    assertThat(time.nanoTime() - before).isEqualTo(SECOND.plus(TEN_MINUTES).toNanos());
  }

  /** As Kotlin throws what Java would have declared. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T unchecked(Class<? extends Throwable> thrown) throws T {
    try {
      throw (T) thrown.getConstructor(String.class).newInstance("of a test's clock, on purpose");
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aClockThatIsSetBackCountsNoSleepThenAndTheNextOneWhole() {
    AtomicLong ahead = new AtomicLong();
    SleepAwareScheduler time = new SleepAwareScheduler(awake, () -> awake.nanoTime() + ahead.get());
    long before = time.nanoTime();
    ahead.addAndGet(-Duration.ofDays(400).toNanos());
    time.schedule(() -> rung.add("a"), SECOND.toNanos());
    awake.advance(SECOND);
    assertThat(rung).containsExactly("a");
    assertThat(time.nanoTime() - before).isEqualTo(SECOND.toNanos());

    ahead.addAndGet(TEN_MINUTES.toNanos());
    assertThat(time.nanoTime() - before).isEqualTo(SECOND.plus(TEN_MINUTES).toNanos());
  }

  @Test
  void aClockThatStandsStillOrCountsMillisecondsHoldsUpNothing() {
    SleepAwareScheduler stands = new SleepAwareScheduler(awake, () -> 42);
    SleepAwareScheduler slow = new SleepAwareScheduler(awake, () -> awake.nanoTime() / 1_000_000);
    stands.schedule(() -> rung.add("a"), Duration.ofSeconds(20).toNanos());
    slow.schedule(() -> rung.add("b"), Duration.ofSeconds(20).toNanos());

    awake.advance(Duration.ofSeconds(20).minus(TICK));
    assertThat(rung).isEmpty();
    awake.advance(TICK);
    assertThat(rung).containsExactly("a", "b");
  }

  @Test
  void aClockWithACoarseGrainDoesNotRunAheadOfTheTime() {
    long grain = Duration.ofMillis(10).toNanos();
    SleepAwareScheduler time =
        new SleepAwareScheduler(awake, () -> Math.floorDiv(awake.nanoTime(), grain) * grain);
    long before = time.nanoTime();

    for (int i = 0; i < 100_000; i++) {
      awake.advance(Duration.ofNanos(777_777));
      assertThat(time.nanoTime() - before).isBetween(0L, i * 777_777L + 777_777 + grain);
    }
  }

  // Real time

  @Test
  void onARealThreadATimerOfTenMinutesRingsSoonAfterASleepOfTenMinutes()
      throws InterruptedException {
    AtomicLong slept = new AtomicLong();
    SystemScheduler real = new SystemScheduler("test-sleeper");
    SleepAwareScheduler time = new SleepAwareScheduler(real, () -> real.nanoTime() + slept.get());
    try {
      CountDownLatch over = new CountDownLatch(1);
      time.schedule(over::countDown, TEN_MINUTES.toNanos());
      time.schedule(() -> {}, Duration.ofSeconds(20).toNanos());
      slept.set(TEN_MINUTES.toNanos());

      assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      time.close();
    }
  }

  private Cancellable schedule(String name, Duration delay) {
    return scheduler.schedule(() -> rung.add(name), delay.toNanos());
  }

  /** Counts the wake-ups of the thread below. */
  private static final class CountingTime implements Scheduler {
    private final Scheduler time;
    int scheduled;

    CountingTime(Scheduler time) {
      this.time = time;
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }

    @Override
    public Cancellable schedule(Runnable task, long delayNanos) {
      scheduled++;
      return time.schedule(task, delayNanos);
    }

    @Override
    public void close() {
      time.close();
    }
  }
}
