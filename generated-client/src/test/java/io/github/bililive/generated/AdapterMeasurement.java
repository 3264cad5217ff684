package io.github.bililive.generated;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link AdapterBenchmark} in rounds and prints its figures as tables of Markdown. The first
 * argument is how many rounds, 3 by default.
 *
 * <p>In a round each benchmark has a process of its own, one after the other, so that what slows
 * the machine down for a while meets all of them alike. A process is warmed up and then timed in
 * twelve short stretches, of which the third best counts: something else may have run in the
 * others. A figure is the median of the rounds. It is steady on an idle machine, and steadier on
 * one processor ({@code taskset -c 1} before the command, on Linux).
 */
public final class AdapterMeasurement {
  private static final String SKIPPED = "readSkipping";
  private static final String READ = "readGenerated";
  private static final String WRITTEN = "writeGenerated";

  /** Nanoseconds of each round, by benchmark and sample. */
  private final Map<String, List<Double>> nanos = new HashMap<>();

  /** Bytes of garbage, which are the same in each round, by benchmark and sample. */
  private final Map<String, Double> bytes = new HashMap<>();

  private AdapterMeasurement() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    AdapterMeasurement measurement = new AdapterMeasurement();
    for (int round = 1; round <= rounds; round++) {
      print("Round %d of %d …", round, rounds);
      measurement.run();
    }
    measurement.print();
  }

  private static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  private void run() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\." + AdapterBenchmark.class.getSimpleName() + "\\.")
                    .forks(1)
                    .warmupIterations(4)
                    .warmupTime(TimeValue.milliseconds(400))
                    .measurementIterations(12)
                    .measurementTime(TimeValue.milliseconds(100))
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      String key =
          key(
              benchmark.substring(benchmark.lastIndexOf('.') + 1),
              result.getParams().getParam("sample"));
      nanos.computeIfAbsent(key, k -> new ArrayList<>()).add(thirdBest(result));
      bytes.put(key, result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
  }

  private static double thirdBest(RunResult result) {
    return result.getAggregatedResult().getIterationResults().stream()
        .map(stretch -> stretch.getPrimaryResult().getScore())
        .sorted()
        .skip(2)
        .findFirst()
        .orElseThrow();
  }

  private void print() {
    printHead("reading");
    printRow("the bare reader, which skips", SKIPPED, SKIPPED);
    printRow("by hand, in the known order, names unread", "readByHandInOrder", SKIPPED);
    printRow("by hand, in the known order", "readByHand", SKIPPED);
    printRow("bililive", READ, SKIPPED);
    printRow("Moshi, reflective", "readReflective", SKIPPED);
    printRow("Gson", "readGson", SKIPPED);
    printRow("Jackson", "readJackson", SKIPPED);
    printRow("the bare result", "bareResult", SKIPPED);
    printHead("writing");
    printRow("bililive", WRITTEN, WRITTEN);
    printRow("Moshi, reflective", "writeReflective", WRITTEN);
    printRow("Gson", "writeGson", WRITTEN);
    printRow("Jackson", "writeJackson", WRITTEN);
    printHead("bililive");
    printRatio("reading, to the least by hand", s -> nanos(READ, s) / nanos("readByHand", s));
    printRatio("reading, to Moshi, reflective", s -> nanos(READ, s) / nanos("readReflective", s));
    printRatio("Gson's reading, to it", s -> nanos("readGson", s) / nanos(READ, s));
    printRatio("Gson's writing, to it", s -> nanos("writeGson", s) / nanos(WRITTEN, s));
    printRatio(
        "garbage without the reader's own, to the bare result",
        s -> (bytes(READ, s) - bytes(SKIPPED, s)) / bytes("bareResult", s));
  }

  private static void printHead(String title) {
    print("");
    print("| %s | start | danmaku | 200 ids |", title);
    print("|---|---|---|---|");
  }

  private void printRow(String title, String benchmark, String to) {
    StringBuilder row = new StringBuilder("| " + title + " |");
    for (String sample : samples()) {
      double nanos = nanos(benchmark, sample);
      row.append(
          String.format(
              Locale.ROOT,
              " %.2f µs (%.2f ×), %,.0f B |",
              nanos / 1000,
              nanos / nanos(to, sample),
              bytes(benchmark, sample)));
    }
    print("%s", row);
  }

  private static void printRatio(String title, ToDoubleFunction<String> ratio) {
    StringBuilder row = new StringBuilder("| " + title + " |");
    for (String sample : samples()) {
      row.append(String.format(Locale.ROOT, " %.2f × |", ratio.applyAsDouble(sample)));
    }
    print("%s", row);
  }

  private static List<String> samples() {
    List<String> samples = new ArrayList<>();
    Arrays.asList(AdapterBenchmark.Sample.values()).forEach(sample -> samples.add(sample.name()));
    return samples;
  }

  private double nanos(String benchmark, String sample) {
    List<Double> rounds = new ArrayList<>(nanos.get(key(benchmark, sample)));
    Collections.sort(rounds);
    return rounds.get(rounds.size() / 2);
  }

  private double bytes(String benchmark, String sample) {
    return bytes.get(key(benchmark, sample));
  }

  private static String key(String benchmark, String sample) {
    return benchmark + " " + sample;
  }
}
