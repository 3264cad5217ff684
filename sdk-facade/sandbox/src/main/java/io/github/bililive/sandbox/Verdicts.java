package io.github.bililive.sandbox;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of each header of a request. The platform answers with what is wrong first; the page
 * shows what is wrong with the others, too. Owned by the thread that answers.
 */
final class Verdicts {
  /** One header. */
  record Verdict(String header, String expected, @Nullable String problem) {}

  /** A check that changes nothing. */
  @FunctionalInterface
  interface Check {
    void run() throws Refusal;
  }

  private final Map<String, Verdict> byHeader = new LinkedHashMap<>();
  private @Nullable Refusal first;

  /** Notes the outcome of a check, in place of an earlier one of the same header. */
  void note(String header, String expected, Check check) {
    @Nullable String problem = null;
    try {
      check.run();
    } catch (Refusal refusal) {
      problem = refusal.getMessage();
      first = first == null ? refusal : first;
    }
    byHeader.put(header, new Verdict(header, expected, problem));
  }

  /** Notes the outcome of a check, and refuses the request if that or an earlier one failed. */
  void require(String header, String expected, Check check) throws Refusal {
    note(header, expected, check);
    throwFirst();
  }

  void throwFirst() throws Refusal {
    if (first != null) {
      throw first;
    }
  }

  List<Verdict> all() {
    return List.copyOf(byHeader.values());
  }
}
