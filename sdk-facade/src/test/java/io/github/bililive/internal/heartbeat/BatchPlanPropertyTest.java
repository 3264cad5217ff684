package io.github.bililive.internal.heartbeat;

import static io.github.bililive.internal.heartbeat.PlanWorld.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.internal.heartbeat.PlanWorld.Fate;
import io.github.bililive.internal.heartbeat.PlanWorld.Seen;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * What holds for the heartbeats whatever happens, over simulated hours and days, on a platform that
 * knows exactly when each id dies. {@link PlanWorld} checks more at each step. A seed that fails is
 * printed; it is replayed by {@code @Property(seed = "…")}.
 */
class BatchPlanPropertyTest {
  private static final long HOUR = 3_600 * SECOND;
  private static final long INTERVAL = 20 * SECOND;
  private static final long MAX_LATENCY = 5 * SECOND / 2;

  /** One slot in the pace of a small fleet: three requests in a second. */
  private static final long SLOT = SECOND / 3 + 1;

  /** What a platform answers that is wrong about its own limits. */
  private static final List<Fate> SLIPS = List.of(Fate.CALLED_TOO_LARGE, Fate.CALLED_DUPLICATE);

  private static final List<Fate> FAULTS =
      Stream.of(Fate.values()).filter(fate -> !SLIPS.contains(fate)).toList();

  private static Fate anyOf(PlanWorld world, List<Fate> fates) {
    return fates.get(world.random.nextInt(fates.size()));
  }

  private static PlanWorld world(long seed, int batchLimit) {
    return new PlanWorld(HeartbeatPolicy.builder().batchLimit(batchLimit).build(), seed);
  }

  /** Joins and leaves at random, some at once, for a time. */
  private static void churn(PlanWorld world, long nanos, int fleet) {
    long endNanos = world.nowNanos + nanos;
    while (world.nowNanos < endNanos) {
      int roll = world.random.nextInt(10);
      if (world.ids.size() < fleet && roll < 6) {
        world.join(roll == 0 ? 1 + world.random.nextInt(fleet / 2 + 1) : 1);
      } else if (!world.ids.isEmpty()) {
        leaveSome(world, roll == 9 ? world.ids.size() / 2 : 1);
      }
      world.run((long) (world.random.nextDouble() * 8 * SECOND));
      world.checkStates();
    }
  }

  private static void leaveSome(PlanWorld world, int count) {
    List<Seen> all = new ArrayList<>(world.ids.values());
    int first = world.random.nextInt(all.size());
    for (int i = 0; i < Math.max(1, count); i++) {
      world.leave(all.get((first + i) % all.size()));
    }
  }

  @Property(tries = 10)
  void noIdWaitsLongerThanTheIntervalAndOneRequest(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int batchLimit) {
    PlanWorld world = world(seed, batchLimit);
    world.latencyNanos = () -> (long) (world.random.nextDouble() * MAX_LATENCY);

    churn(world, 24 * HOUR, 6 * batchLimit);

    assertThat(world.expired).isEmpty();
    assertThat(world.requests).isGreaterThan(3_000);
    // One that comes in between takes a slot, and a batch is due nearly that much too early.
    assertThat(world.largestGapNanos).isLessThanOrEqualTo(INTERVAL + MAX_LATENCY + SLOT / 100);
    // A quarter of the interval for company, and what is in front of it.
    assertThat(world.latestFirstNanos).isLessThanOrEqualTo(INTERVAL / 4 + MAX_LATENCY + 6 * SLOT);
  }

  @Property(tries = 6)
  void aFleetThatHalvesAndDoublesIsOnTimeAlthoughItsPaceChanges(@ForAll long seed) {
    PlanWorld world = world(seed, 2);

    churn(world, HOUR, 200);

    assertThat(world.expired).isEmpty();
    assertThat(world.largestGapNanos).isLessThanOrEqualTo(INTERVAL + SECOND / 2);
  }

  @Property(tries = 10)
  void twoFailuresInARowCostNoIdWhateverKindTheyAreOf(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int batchLimit) {
    PlanWorld world = world(seed, batchLimit);
    world.latencyNanos = () -> (long) (world.random.nextDouble() * SECOND);
    double faults = world.random.nextDouble() / 2;
    world.fates =
        sent -> {
          boolean enough = sent.stream().anyMatch(seen -> seen.failures >= 2);
          if (enough || world.random.nextDouble() >= faults) {
            return Fate.ANSWERED;
          }
          return anyOf(world, world.random.nextInt(20) == 0 ? SLIPS : FAULTS);
        };

    churn(world, 24 * HOUR, 6 * batchLimit);

    assertThat(world.expired).isEmpty();
    assertThat(world.largestGapNanos).isLessThan(30 * SECOND);
  }

  @Property(tries = 8)
  void withAnyFaultsStatesAreTrueAndAllHealsWhenTheyEnd(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int batchLimit) {
    PlanWorld world = world(seed, batchLimit);
    world.latencyNanos = () -> (long) (world.random.nextDouble() * 12 * SECOND);
    for (int round = 0; round < 60; round++) {
      double faults = world.random.nextDouble();
      Fate[] kinds = Fate.values();
      Fate favourite = kinds[world.random.nextInt(kinds.length)];
      world.fates =
          sent -> {
            if (world.random.nextDouble() >= faults) {
              return Fate.ANSWERED;
            }
            return world.random.nextBoolean()
                ? favourite
                : kinds[world.random.nextInt(kinds.length)];
          };
      churn(world, 600 * SECOND, 5 * batchLimit);
      if (world.random.nextInt(3) == 0) {
        world.sleep((long) (world.random.nextDouble() * 100 * SECOND));
        world.checkStates();
      }
    }

    world.fates = sent -> Fate.ANSWERED;
    world.latencyNanos = () -> SECOND / 50;
    world.run(60 * SECOND);
    world.join(1);
    world.run(60 * SECOND);

    world.checkStates();
    assertThat(world.ids.values())
        .isNotEmpty()
        .allMatch(seen -> seen.isAlive() && seen.id.state() == HeartbeatState.ALIVE);
  }

  @Property(tries = 8)
  void whenNobodyComesOrGoesRequestsAreAsFewAsCanBe(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int batchLimit) {
    PlanWorld world = world(seed, batchLimit);
    world.latencyNanos = () -> (long) (world.random.nextDouble() * SECOND);
    for (int round = 0; round < 40; round++) {
      churn(world, 300 * SECOND, 20 * batchLimit);
      world.run(2 * INTERVAL);
      int needed = (world.ids.size() + batchLimit - 1) / batchLimit;
      for (int interval = 0; interval < 5; interval++) {
        long before = world.requests;
        world.run(INTERVAL);
        assertThat(world.requests - before).isBetween((long) needed, needed + 1L);
      }
    }
  }

  @Property(tries = 8)
  void aPauseOfTheWholeMachineShorterThanTheSpareTimeCostsNoId(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int batchLimit) {
    PlanWorld world = world(seed, batchLimit);
    for (int round = 0; round < 200; round++) {
      churn(world, 100 * SECOND, 10 * batchLimit);
      world.sleep((long) (world.random.nextDouble() * 8 * SECOND));
    }

    assertThat(world.expired).isEmpty();
  }

  @Property(tries = 20)
  void anOutageCostsOnlyTheIdsThatNobodyCouldKeep(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 40) int seconds,
      @ForAll boolean hanging) {
    PlanWorld world = world(seed, 20);
    world.join(2_000);
    world.run(90 * SECOND);
    world.fates = sent -> hanging ? Fate.HANGS : Fate.LOST;
    world.run(seconds * SECOND);
    // The most urgent are tried again within a second, one that hangs when it is given up.
    long reachNanos = hanging ? 3 * SECOND : SECOND;
    Set<Seen> savable = new HashSet<>();
    for (Seen seen : world.ids.values()) {
      if (seen.deadlineNanos - world.nowNanos > reachNanos) {
        savable.add(seen);
      }
    }
    world.fates = sent -> Fate.ANSWERED;

    world.run(60 * SECOND);

    assertThat(world.expired).noneMatch(savable::contains);
    assertThat(world.ids.values()).allMatch(seen -> seen.id.state() == HeartbeatState.ALIVE);
  }

  @Property(tries = 6)
  void anIdThatIsAlwaysRefusedDragsNoNewcomerAlong(@ForAll long seed) {
    PlanWorld world = world(seed, 8);
    world.join(40);
    Seen refused = world.any();
    world.fates = sent -> sent.contains(refused) ? Fate.CALLED_DUPLICATE : Fate.ANSWERED;
    world.run(10 * SECOND);
    List<Seen> newcomers = new ArrayList<>();
    for (int round = 0; round < 300; round++) {
      newcomers.add(world.join());
      world.run((long) (world.random.nextDouble() * 4 * SECOND));
      if (world.random.nextInt(4) > 0) {
        world.leave(newcomers.remove(world.random.nextInt(newcomers.size())));
      }
      assertThat(newcomers).allMatch(seen -> seen.failures == 0);
    }

    assertThat(world.ids.values()).allMatch(seen -> seen == refused || seen.failures == 0);
    assertThat(world.expired).isEmpty();
  }

  @Property(tries = 4)
  void inALongOutageThatHangsNoMoreAreUnderWayThanBeginInASecond(@ForAll long seed) {
    PlanWorld world = world(seed, 20);
    world.join(2_000);
    world.run(60 * SECOND);
    world.fates = sent -> Fate.HANGS;
    world.run(60 * SECOND);

    for (int second = 0; second < 120; second++) {
      world.run(SECOND);
      assertThat(world.plan.inFlight()).isBetween(1, 2_000 / 20 / 20 + 2);
    }
  }

  @Property(tries = 6)
  void whateverThePlatformsLimitIsBatchesComeBelowItForAnHourAndNobodyDies(
      @ForAll long seed, @ForAll @IntRange(min = 5, max = 199) int platformLimit) {
    PlanWorld world = world(seed, 200);
    world.platformLimit = platformLimit;
    world.join(2_000);
    world.run(600 * SECOND);

    assertThat(world.expired).isEmpty();
    assertThat(world.batchLimit).isBetween(platformLimit / 2, platformLimit);
    long before = world.requests;
    world.run(INTERVAL);
    long needed = (2_000 + world.batchLimit - 1) / world.batchLimit;
    assertThat(world.requests - before).isLessThanOrEqualTo(needed + 1);

    world.run(HOUR); // Larger batches were tried, and refused again.
    assertThat(world.expired).isEmpty();
    assertThat(world.batchLimit).isBetween(platformLimit / 2, platformLimit);

    world.platformLimit = 200;
    world.run(HOUR);
    assertThat(world.batchLimit).isEqualTo(200);
    assertThat(world.expired).isEmpty();
  }

  @Property(tries = 1)
  void aHundredThousandIdsThatJoinInOneMomentAreSpreadAndStaySo(@ForAll long seed) {
    PlanWorld world = world(seed, 200);
    world.join(100_000);

    world.run(10 * INTERVAL);
    assertThat(world.latestFirstNanos).isLessThan(20 * SECOND);
    assertThat(world.largestGapNanos).isLessThan(INTERVAL + SECOND / 10);
    long before = world.requests;
    world.run(INTERVAL);
    assertThat(world.requests - before).isBetween(500L, 501L);
    before = world.wakes;
    world.run(INTERVAL);
    assertThat(world.wakes - before).isBetween(500L, 505L);

    leaveSome(world, 90_000);
    world.run(2 * INTERVAL);
    before = world.requests;
    world.run(INTERVAL);
    assertThat(world.requests - before).isBetween(50L, 51L);
    assertThat(world.largestGapNanos).isLessThan(INTERVAL + SECOND / 2);
    assertThat(world.expired).isEmpty();
  }
}
