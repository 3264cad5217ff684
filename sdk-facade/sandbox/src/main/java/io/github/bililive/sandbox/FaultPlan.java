package io.github.bililive.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Rules for what goes wrong, with what fits them taken in order. Safe for use from any thread. */
final class FaultPlan<A, F> {
  private static final long FOREVER = Long.MAX_VALUE;

  private static final class Rule<A, F> {
    final Predicate<? super A> fits;
    final F fault;
    long left;

    Rule(long left, Predicate<? super A> fits, F fault) {
      this.left = left;
      this.fits = fits;
      this.fault = fault;
    }
  }

  private final F none;
  private final List<Rule<A, F>> next = new ArrayList<>();
  private final List<Rule<A, F>> always = new ArrayList<>();

  FaultPlan(F none) {
    this.none = none;
  }

  synchronized void next(int count, Predicate<? super A> fits, F fault) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be 1 or more, but is " + count);
    }
    next.add(new Rule<>(count, fits, fault));
  }

  synchronized void always(Predicate<? super A> fits, F fault) {
    always.add(new Rule<>(FOREVER, fits, fault));
  }

  synchronized void clear() {
    next.clear();
    always.clear();
  }

  synchronized long pending() {
    return next.stream().mapToLong(rule -> rule.left).sum();
  }

  synchronized F take(A subject) {
    for (Iterator<Rule<A, F>> rules = next.iterator(); rules.hasNext(); ) {
      Rule<A, F> rule = rules.next();
      if (rule.fits.test(subject)) {
        rule.left--;
        if (rule.left == 0) {
          rules.remove();
        }
        return rule.fault;
      }
    }
    for (Rule<A, F> rule : always) {
      if (rule.fits.test(subject)) {
        return rule.fault;
      }
    }
    return none;
  }
}
