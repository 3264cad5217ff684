package io.github.bililive.sandbox;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The plan of what goes wrong. Nothing here is random: each request takes the oldest rule for the
 * next requests that fits it; if there is none, the oldest permanent one that fits; if there is
 * none, it is answered as it should be.
 *
 * <p>Safe for use from any thread.
 */
public final class Faults {
  private static final String ANY = "ANY";

  /** Requests that fit a test's own condition. */
  private static final String SOME = "SOME";

  private final FaultPlan<Arrival, Fault> plan = new FaultPlan<>(Fault.NONE);

  Faults() {}

  /**
   * Lets the next request meet a fault.
   *
   * @param fault which
   */
  public void next(Fault fault) {
    next(1, fault);
  }

  /**
   * Lets the next requests meet a fault.
   *
   * @param count how many
   * @param fault which
   */
  public void next(int count, Fault fault) {
    plan.next(count, ANY, arrival -> true, fault);
  }

  /**
   * Lets the next requests of one call meet a fault.
   *
   * @param count how many
   * @param endpoint which call
   * @param fault which
   */
  public void next(int count, Endpoint endpoint, Fault fault) {
    plan.next(count, endpoint.name(), arrival -> arrival.endpoint() == endpoint, fault);
  }

  /**
   * Lets the next requests that fit meet a fault.
   *
   * @param count how many
   * @param fits which requests; called on the thread that answers, with a lock held
   * @param fault which
   */
  public void next(int count, Predicate<? super Arrival> fits, Fault fault) {
    plan.next(count, SOME, fits, fault);
  }

  /**
   * Lets every request meet a fault until {@link #clear}.
   *
   * @param fault which
   */
  public void always(Fault fault) {
    plan.always(ANY, arrival -> true, fault);
  }

  /**
   * Lets every request of one call meet a fault until {@link #clear}.
   *
   * @param endpoint which call
   * @param fault which
   */
  public void always(Endpoint endpoint, Fault fault) {
    plan.always(endpoint.name(), arrival -> arrival.endpoint() == endpoint, fault);
  }

  /**
   * Lets every request that fits meet a fault until {@link #clear}.
   *
   * @param fits which requests; called on the thread that answers, with a lock held
   * @param fault which
   */
  public void always(Predicate<? super Arrival> fits, Fault fault) {
    plan.always(SOME, fits, fault);
  }

  /** Forgets the whole plan. Requests that met a fault already are not spared. */
  public void clear() {
    plan.clear();
  }

  /**
   * Returns how many faults are still to come, permanent ones not counted.
   *
   * @return 0 when every planned fault has struck
   */
  public long pending() {
    return plan.pending();
  }

  List<Map<String, ?>> planned() {
    return plan.planned();
  }

  Fault take(Arrival arrival) {
    return plan.take(arrival);
  }
}
