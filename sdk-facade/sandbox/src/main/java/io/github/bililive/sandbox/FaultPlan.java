package io.github.bililive.sandbox;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Rules for what goes wrong, with what fits them taken in order. Safe for use from any thread. */
final class FaultPlan<A, F> {
  private static final int SHOWN = 20;
  private static final long FOREVER = Long.MAX_VALUE;

  private static final class Rule<A, F> {
    final Predicate<? super A> fits;
    final F fault;
    final String where;
    long left;

    Rule(long left, String where, Predicate<? super A> fits, F fault) {
      this.left = left;
      this.where = where;
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

  synchronized void next(int count, String where, Predicate<? super A> fits, F fault) {
    if (count < 1) {
      throw new IllegalArgumentException("count must be 1 or more, but is " + count);
    }
    next.add(new Rule<>(count, where, fits, fault));
  }

  synchronized void always(String where, Predicate<? super A> fits, F fault) {
    always.add(new Rule<>(FOREVER, where, fits, fault));
  }

  synchronized void clear() {
    next.clear();
    always.clear();
  }

  synchronized long pending() {
    return next.stream().mapToLong(rule -> rule.left).sum();
  }

  /** Returns what is planned, for the page; what is left is null if that is without an end. */
  synchronized List<Map<String, ?>> planned() {
    List<Map<String, ?>> planned = new ArrayList<>();
    for (List<Rule<A, F>> rules : List.of(next, always)) {
      for (Rule<A, F> rule : rules.subList(0, Math.min(SHOWN, rules.size()))) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fault", String.valueOf(rule.fault));
        map.put("where", rule.where);
        map.put("left", rule.left == FOREVER ? null : rule.left);
        planned.add(map);
      }
    }
    return planned;
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
