package io.github.bililive.doctor;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;

/** Runs checks, and prints a line for each as soon as it is known. */
final class Report {
  /** How a check ended. */
  private enum Outcome {
    OK("ok"),
    FAILED("FAILED"),
    SKIPPED("skipped");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }
  }

  /** One check. */
  @FunctionalInterface
  interface Examination {
    /** Returns what was found. */
    String examine() throws CheckFailedException, NotCheckedException, InterruptedException;
  }

  private final PrintStream out;
  private final Map<Check, Outcome> outcomes = new EnumMap<>(Check.class);

  Report(PrintStream out) {
    this.out = out;
  }

  /** Runs a check, unless one that it needs has not succeeded. */
  void run(Check check, Examination examination) throws InterruptedException {
    for (Check needed : check.needs) {
      if (!isOk(needed)) {
        print(check, Outcome.SKIPPED, "makes no sense without: " + needed.label);
        return;
      }
    }
    try {
      print(check, Outcome.OK, examination.examine());
    } catch (CheckFailedException e) {
      print(check, Outcome.FAILED, e.getMessage());
    } catch (NotCheckedException e) {
      print(check, Outcome.SKIPPED, e.getMessage());
    }
  }

  boolean isOk(Check check) {
    return outcomes.get(check) == Outcome.OK;
  }

  private void print(Check check, Outcome outcome, String text) {
    outcomes.put(check, outcome);
    String oneLine = text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    out.println(String.format("%-9s%-16s%s", outcome.word, check.label, oneLine));
    out.flush();
  }

  /** Prints what it all came to. Returns whether nothing failed. */
  boolean sumUp() {
    long failed = count(Outcome.FAILED);
    String counts =
        count(Outcome.OK) + " ok, " + failed + " failed, " + count(Outcome.SKIPPED) + " skipped";
    out.println(counts + (failed == 0 ? "" : ": see to the first failure, and run this again"));
    out.flush();
    return failed == 0;
  }

  private long count(Outcome outcome) {
    return outcomes.values().stream().filter(outcome::equals).count();
  }
}
