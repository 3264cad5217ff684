package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The plan, stepped by hand. */
class BatchPlanTest implements BatchPlan.Listener {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final List<String> told = new ArrayList<>();
  private final BatchPlan plan = new BatchPlan(HeartbeatPolicy.DEFAULT, new Random(1), 0, this);
  private long nowNanos;

  private void join(int count) {
    for (int i = 0; i < count; i++) {
      plan.join(new KeptId("id" + i, new Acknowledgement(nowNanos)), nowNanos);
    }
  }

  /** Lets time pass until the plan begins a request. */
  private Batch next() {
    for (int step = 0; step < 10; step++) {
      Batch batch = plan.begin(nowNanos);
      if (batch != null) {
        return batch;
      }
      nowNanos += plan.nanosUntilNext(nowNanos);
      plan.checkStates(nowNanos);
    }
    throw new AssertionError("nothing begins");
  }

  private void acknowledge(Batch batch, long tookNanos) {
    nowNanos += tookNanos;
    plan.acknowledged(batch, Set.of(), nowNanos);
  }

  private void refuse(Batch batch, int code) {
    BiliLiveException refusal = new PlatformException("batchHeartbeat", code, "no", null);
    plan.failed(batch, FailureClassifier.kindOf(refusal), refusal, nowNanos);
  }

  @Test
  void aBatchCalledTooLargeIsHalvedAndSoIsTheLimit() {
    join(8);
    acknowledge(next(), 0);

    refuse(next(), 7004);

    assertThat(List.of(next().ids.size(), next().ids.size())).containsExactly(4, 4);
    assertThat(plan.batchLimit()).isEqualTo(100);
  }

  @Test
  void aBatchRefusedForOneOfItsIdsIsHalvedAndTheLimitStays() {
    join(8);

    refuse(next(), 7005);

    assertThat(List.of(next().ids.size(), next().ids.size())).containsExactly(4, 4);
    assertThat(plan.batchLimit()).isEqualTo(200);
  }

  @Test
  void anHourAfterItWasHalvedTheLimitIsBackAndTheListenerHears() {
    join(300);
    refuse(next(), 7004);
    told.clear();

    nowNanos += BatchLimit.HALVED_FOR_NANOS - 1;
    plan.begin(nowNanos);
    assertThat(told).isEmpty();
    nowNanos += 1;
    plan.begin(nowNanos);

    assertThat(told).containsExactly("limit 200");
    assertThat(plan.batchLimit()).isEqualTo(200);
  }

  @Test
  void eachHalfKnowsWhyItsIdsAreAtRisk() {
    join(4);
    acknowledge(next(), 0);
    refuse(next(), 7005);
    told.clear();

    nowNanos += 7 * SECOND;
    plan.checkStates(nowNanos);

    assertThat(told)
        .containsExactlyInAnyOrder(
            "id0 AT_RISK 7005", "id1 AT_RISK 7005", "id2 AT_RISK 7005", "id3 AT_RISK 7005");
  }

  @Test
  void aPlatformThatIsSlowIsGivenTheTimeThatItTakesAndHalfOfIt() {
    join(1);
    Batch first = next();
    assertThat(first.timeoutNanos).isEqualTo(3 * SECOND);
    acknowledge(first, 2_800_000_000L);

    assertThat(next().timeoutNanos).isEqualTo(4_200_000_000L);
  }

  @Test
  void anIdBeyondAFullBatchWaitsInAnother() {
    join(201);
    Batch full = next();

    assertThat(full.ids).hasSize(200);
    assertThat(plan.batches()).isEqualTo(2);
    assertThat(plan.inFlight()).isEqualTo(1);

    acknowledge(full, 0);
    assertThat(plan.inFlight()).isZero();
  }

  @Test
  void idsThatAreLeftOverWhenTheLimitFallsGoInBatchesOfTheirOwn() {
    join(200);
    Batch all = next();
    join(100);
    refuse(all, 7004);

    assertThat(plan.batchLimit()).isEqualTo(100);
    assertThat(told).contains("limit 100 7004");
    assertThat(List.of(next().ids.size(), next().ids.size(), next().ids.size()))
        .containsExactly(100, 100, 100);
  }

  @Override
  public void stateChanged(KeptId id, HeartbeatState state, @Nullable BiliLiveException cause) {
    told.add(
        id.connId
            + " "
            + state
            + (cause == null ? "" : " " + ((PlatformException) cause).getCode()));
  }

  @Override
  public void batchLimitChanged(int batchLimit, @Nullable BiliLiveException cause) {
    told.add(
        "limit " + batchLimit + (cause == null ? "" : " " + ((PlatformException) cause).getCode()));
  }
}
