package io.github.bililive.internal.heartbeat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.hook.HeartbeatEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When heartbeats are sent, and which ids together. */
class HeartbeatsTest extends HeartbeatsTestCase {
  @Test
  void theFirstHeartbeatComesAQuarterOfTheIntervalAfterRegisteringAndNotBefore() {
    keep("a");

    time.advance(FIRST_DELAY.minus(TICK));
    assertThat(platform.seen).isEmpty();

    time.advance(TICK);
    assertThat(platform.seen).containsExactly(new FakePlatform.Seen(FIRST_DELAY, List.of("a")));
  }

  @Test
  void idsThatAreTakenOverAreBeatenAtOnceAndTogetherWithThoseThatWait() {
    keep("new");
    time.advance(Duration.ofSeconds(2));
    heartbeats.registerTakenOver(platform.start("a"), listener);
    heartbeats.registerTakenOver(platform.start("b"), listener);
    time.runDue();
    assertThat(platform.seen)
        .containsExactly(new FakePlatform.Seen(Duration.ofSeconds(2), List.of("new", "a", "b")));

    time.advance(INTERVAL);
    assertThat(platform.seen).hasSize(2);
    assertThat(heard).isEmpty();
  }

  @Test
  void heartbeatsBeginOneIntervalLessTheSlackApartHoweverLongAnAnswerTakes() {
    platform.latency = Duration.ofMillis(2_900);
    keep("a");

    time.advance(FIRST_DELAY.plus(PERIOD).minus(TICK));
    assertThat(platform.seen).hasSize(1);
    time.advance(TICK);
    assertThat(platform.seen).hasSize(2);
    time.advance(PERIOD.minus(TICK));
    assertThat(platform.seen).hasSize(2);
    time.advance(TICK);
    assertThat(platform.seen).hasSize(3);
  }

  @Test
  void idsRegisteredTogetherGoInOneRequest() {
    keep("a", "b");
    time.advance(Duration.ofSeconds(4));
    keep("c");

    time.advance(Duration.ofSeconds(1));

    assertThat(platform.seen).hasSize(1);
    assertThat(platform.seen.get(0).connIds()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void idsRegisteredApartComeToShareRequests() {
    for (int i = 0; i < 10; i++) {
      keep("id" + i);
      time.advance(Duration.ofSeconds(7));
    }
    time.advance(INTERVAL.multipliedBy(2));
    platform.seen.clear();

    time.advance(INTERVAL.multipliedBy(10));

    assertThat(platform.seen).hasSizeBetween(9, 11);
    assertThat(platform.seen.get(5).connIds()).hasSize(10);
    assertThat(heard).isEmpty();
  }

  @Test
  void aBatchHoldsAtMost200Ids() {
    keep(ids(401));

    time.advance(FIRST_DELAY.plusSeconds(1));

    assertThat(platform.seen)
        .extracting(seen -> seen.connIds().size())
        .containsExactlyInAnyOrder(200, 200, 1);
  }

  @Test
  void batchesThatThinOutAreMerged() {
    List<KeepAlive> kept = keep(ids(1_000));
    time.advance(INTERVAL);
    for (int i = 0; i < kept.size(); i++) {
      if (i % 10 != 0) {
        kept.get(i).close();
      }
    }
    time.advance(INTERVAL.multipliedBy(2));
    platform.seen.clear();

    time.advance(INTERVAL);

    assertThat(platform.seen).hasSize(1);
    assertThat(platform.seen.get(0).connIds()).hasSize(100);
  }

  @Test
  void thousandsOfIdsAtOnceAreSpreadAndNoneIsLost() {
    keep(ids(20_000)); // 100 batches: 5 a second, and 2 more.

    time.advance(Duration.ofMinutes(3));

    assertThat(heard).isEmpty();
    for (FakePlatform.Seen first : platform.seen) {
      long inOneSecond =
          platform.seen.stream()
              .filter(
                  other ->
                      other.at().compareTo(first.at()) >= 0
                          && other.at().compareTo(first.at().plusSeconds(1)) < 0)
              .count();
      assertThat(inOneSecond).isLessThanOrEqualTo(7);
    }
    assertThat(platform.largestGaps).hasSize(20_000);
    assertThat(platform.largestGaps.values()).allMatch(gap -> gap < seconds(21));
  }

  @Test
  void afterAnHourAsleepHeartbeatsAreSentAtOnceAndTheDeadAreReported() {
    keep("a");
    time.advance(Duration.ofMinutes(1));
    platform.seen.clear();
    time.sleep(Duration.ofHours(1));

    time.runDue();
    assertThat(heard).containsExactly("UNKNOWN a");
    assertThat(platform.seen).hasSize(1);
    time.advance(Duration.ofMillis(20));

    assertThat(heard).containsExactly("UNKNOWN a", "EXPIRED a");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noIdWaitsLongerThanTheIntervalAndOneRequestUnderJoinsLeavesAndLatency(long seed) {
    Random random = new Random(seed);
    List<KeepAlive> kept = new ArrayList<>();
    int next = 0;
    for (int step = 0; step < 2_000; step++) {
      platform.latency = Duration.ofMillis(random.nextInt(2_500));
      if (random.nextInt(3) > 0 || kept.isEmpty()) {
        kept.addAll(keep("id" + next++));
      } else {
        kept.remove(random.nextInt(kept.size())).close();
      }
      time.advance(Duration.ofMillis(random.nextInt(500)));
    }

    assertThat(heard).isEmpty();
    assertThat(kept).allMatch(heartbeat -> platform.isAlive(heartbeat.getConnId()));
    // From a beat that arrived at once to one that took the longest, and a second for the pace.
    assertThat(platform.largestGaps.values()).allMatch(gap -> gap <= seconds(20 + 2.5 + 1));
  }

  @Test
  void idsThatJoinAndLeaveOnManyThreadsAreAllKeptAndLetGo() throws Exception {
    int threads = 4;
    int each = 5_000;
    List<KeepAlive> kept = Collections.synchronizedList(new ArrayList<>());
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (SystemTime real = new SystemTime()) {
      Set<String> sent = ConcurrentHashMap.newKeySet();
      Heartbeats many =
          new Heartbeats(
              (connIds, timeoutNanos, callback) -> {
                sent.addAll(connIds);
                callback.onSuccess(Set.of());
                return () -> {};
              },
              real,
              Runnable::run,
              HeartbeatPolicy.builder().interval(40, MILLISECONDS).build(),
              new Random(1),
              HeartbeatEvents.NONE);
      List<Future<?>> joining = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        joining.add(
            executor.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    KeepAlive joined =
                        many.register(number + "-" + i, (connId, state, cause) -> {});
                    if (i % 2 == 0) {
                      joined.close();
                    } else {
                      kept.add(joined);
                    }
                  }
                }));
      }
      for (Future<?> done : joining) {
        done.get();
      }

      real.await(() -> kept.stream().allMatch(id -> id.getState() == HeartbeatState.ALIVE));
      assertThat(kept).hasSize(threads * each / 2);
      assertThat(many.snapshot().getIds())
          .containsOnly(Map.entry(HeartbeatState.ALIVE, kept.size()));
      assertThat(kept).allMatch(id -> sent.contains(id.getConnId()));
      kept.forEach(KeepAlive::close);
      real.await(() -> many.snapshot().getBatches() == 0);
      many.close();
    } finally {
      executor.shutdown();
    }
  }
}
