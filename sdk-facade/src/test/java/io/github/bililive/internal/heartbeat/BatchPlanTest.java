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

  private long refuse(Batch batch, int code) {
    BiliLiveException refusal = new PlatformException("batchHeartbeat", code, "no", null);
    return plan.failed(batch, FailureClassifier.kindOf(refusal), refusal, nowNanos);
  }

  /** Lets an id be closed while it is in flight. */
  private KeptId leaveInFlight(Batch batch) {
    KeptId id = batch.ids.get(0);
    id.become(HeartbeatState.CLOSED);
    plan.leave(id);
    return id;
  }

  @Test
  void anIdThatIsClosedInFlightIsNotSentAgainWhateverBecomesOfTheRequest() {
    join(3);
    acknowledge(next(), 0);
    Batch answered = next();
    KeptId first = leaveInFlight(answered);
    acknowledge(answered, 0);
    Batch refused = next();
    assertThat(refused.connIds()).hasSize(2).doesNotContain(first.connId);
    KeptId second = leaveInFlight(refused);
    refuse(refused, 5001);

    assertThat(next().connIds()).hasSize(1).doesNotContain(first.connId, second.connId);
  }

  @Test
  void batchesAreMergedOnceSoManyIdsAreClosedInFlightThatOneWillDo() {
    join(201);
    Batch full = next();
    Batch other = next();
    leaveInFlight(full);
    acknowledge(full, 0);
    acknowledge(other, 0);

    assertThat(next().ids).hasSize(200);
    assertThat(plan.batches()).isOne();
  }

  @Test
  void theHalvesOfARefusedBatchPauseBoth() {
    join(8);
    long pauseNanos = refuse(next(), 7005);

    assertThat(pauseNanos).isPositive();
    nowNanos += pauseNanos - 1;
    assertThat(plan.begin(nowNanos)).isNull();
    nowNanos += 1;
    assertThat(next().ids).hasSize(4);
  }

  @Test
  void aBatchThatIsAboveTheLimitWhenItFallsIsCut() {
    join(400);
    refuse(next(), 7004);

    for (int i = 0; i < 4; i++) {
      assertThat(next().ids).hasSize(100);
    }
  }

  @Test
  void anAnswerToARequestThatWasGivenUpCountsFromThatRequestsBeginning() {
    join(2);
    acknowledge(next(), 0);
    told.clear();
    Batch late = next();
    long beganAtNanos = nowNanos;
    List<KeptId> sent = List.copyOf(late.ids);
    nowNanos += 3 * SECOND;
    refuse(late, 5001);
    nowNanos += 4 * SECOND;
    plan.checkStates(nowNanos);
    assertThat(told).containsExactly("id0 AT_RISK 5001", "id1 AT_RISK 5001");
    told.clear();

    plan.answeredLate(sent, beganAtNanos, nowNanos);

    assertThat(told).containsExactly("id0 ALIVE", "id1 ALIVE");
    assertThat(sent).extracting(KeptId::aliveAtNanos).containsOnly(beganAtNanos);
    assertThat(next().timeoutNanos).as("answers take that long").isGreaterThan(3 * SECOND);
    plan.checkStates(beganAtNanos + 25 * SECOND - 1);
    assertThat(told).hasSize(2);
    plan.checkStates(beganAtNanos + 25 * SECOND);
    assertThat(told).hasSize(4).endsWith("id0 AT_RISK 5001", "id1 AT_RISK 5001");
  }

  @Test
  void anIdThatWasAnsweredLateHasItsShareInTheNextAnswer() {
    join(2);
    acknowledge(next(), 0);
    told.clear();
    Batch late = next();
    long beganAtNanos = nowNanos;
    nowNanos += 2 * SECOND;
    refuse(late, 5001);
    plan.answeredLate(List.of(late.ids.get(0)), beganAtNanos, nowNanos);
    acknowledge(next(), 0);

    plan.checkStates(nowNanos + 25 * SECOND - 1);
    assertThat(told).isEmpty();
  }

  @Test
  void whenThePlatformIsBackAllThatArePresumedDeadGoAtOnce() {
    join(201);
    for (int i = 0; i < 40; i++) {
      Batch batch = next();
      nowNanos += 3 * SECOND;
      refuse(batch, 5001);
    }
    Batch first = next();
    acknowledge(first, 0);
    long backAtNanos = nowNanos;

    assertThat(next()).isNotSameAs(first);
    assertThat(nowNanos - backAtNanos).isLessThan(SECOND);
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
