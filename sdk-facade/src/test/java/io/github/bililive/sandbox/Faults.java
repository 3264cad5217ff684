package io.github.bililive.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The plan of what goes wrong. Nothing here is random: each request takes the oldest rule for the
 * next requests that fits it; if there is none, the oldest permanent one that fits; if there is
 * none, it is answered as it should be.
 *
 * <p>Safe for use from any thread.
 */
public final class Faults {
  private static final long FOREVER = Long.MAX_VALUE;

  private static final class Rule {
    final Predicate<? super Arrival> fits;
    final Fault fault;
    long left;

    Rule(long left, Predicate<? super Arrival> fits, Fault fault) {
      this.left = left;
      this.fits = fits;
      this.fault = fault;
    }
  }

  private final List<Rule> next = new ArrayList<>();
  private final List<Rule> always = new ArrayList<>();

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
    next(count, arrival -> true, fault);
  }

  /**
   * Lets the next requests of one call meet a fault.
   *
   * @param count how many
   * @param endpoint which call
   * @param fault which
   */
  public void next(int count, Endpoint endpoint, Fault fault) {
    next(count, arrival -> arrival.endpoint() == endpoint, fault);
  }

  /**
   * Lets the next requests that fit meet a fault.
   *
   * @param count how many
   * @param fits which requests; called on the thread that answers, with this object's lock held
   * @param fault which
   */
  public synchronized void next(int count, Predicate<? super Arrival> fits, Fault fault) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be 1 or more, but is " + count);
    }
    next.add(new Rule(count, fits, fault));
  }

  /**
   * Lets every request meet a fault until {@link #clear}.
   *
   * @param fault which
   */
  public void always(Fault fault) {
    always(arrival -> true, fault);
  }

  /**
   * Lets every request of one call meet a fault until {@link #clear}.
   *
   * @param endpoint which call
   * @param fault which
   */
  public void always(Endpoint endpoint, Fault fault) {
    always(arrival -> arrival.endpoint() == endpoint, fault);
  }

  /**
   * Lets every request that fits meet a fault until {@link #clear}.
   *
   * @param fits which requests; called on the thread that answers, with this object's lock held
   * @param fault which
   */
  public synchronized void always(Predicate<? super Arrival> fits, Fault fault) {
    always.add(new Rule(FOREVER, fits, fault));
  }

  /** Forgets the whole plan. Requests that met a fault already are not spared. */
  public synchronized void clear() {
    next.clear();
    always.clear();
  }

  /**
   * Returns how many faults are still to come, permanent ones not counted.
   *
   * @return 0 when every planned fault has struck
   */
  public synchronized long pending() {
    return next.stream().mapToLong(rule -> rule.left).sum();
  }

  synchronized Fault take(Arrival arrival) {
    for (Iterator<Rule> rules = next.iterator(); rules.hasNext(); ) {
      Rule rule = rules.next();
      if (rule.fits.test(arrival)) {
        rule.left--;
        if (rule.left == 0) {
          rules.remove();
        }
        return rule.fault;
      }
    }
    for (Rule rule : always) {
      if (rule.fits.test(arrival)) {
        return rule.fault;
      }
    }
    return Fault.NONE;
  }
}
