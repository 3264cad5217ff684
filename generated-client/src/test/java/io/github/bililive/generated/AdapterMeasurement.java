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
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link AdapterBenchmark} in rounds and prints its figures as tables of Markdown. The first
 * argument is how many rounds, 2 by default.
 *
 * <p>It is made for a machine that others use, too. In a round each benchmark has a process of its
 * own, one after the other. It is warmed up by a number of calls, not for a time, and the compiler
 * is waited for. Then many short batches of calls are timed, of which some are not disturbed: a
 * figure is what the fastest tenth stay under, in the best round. Hardly a pause for garbage is in
 * it, which the bytes stand for.
 */
public final class AdapterMeasurement {
  private static final String SKIPPED = "readSkipping";
  private static final String READ = "readGenerated";
  private static final String WRITTEN = "writeGenerated";

  /** Nanoseconds and bytes by benchmark and sample; the least that was seen. */
  private final Map<String, double[]> figures = new HashMap<>();

  private AdapterMeasurement() {}

  /** Measures and prints. */
  public static void main(String[] arguments) throws RunnerException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2;
    AdapterMeasurement measurement = new AdapterMeasurement();
    for (int round = 1; round <= rounds; round++) {
      print("Round %d of %d …", round, rounds);
      for (AdapterBenchmark.Sample sample : AdapterBenchmark.Sample.values()) {
        measurement.run(sample.name(), sample == AdapterBenchmark.Sample.BATCH ? 300 : 1000);
      }
    }
    measurement.print();
  }

  private static void print(String format, Object... arguments) {
    System.out.printf(Locale.ROOT, format + "%n", arguments);
  }

  private void run(String sample, int calls) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include("\\." + AdapterBenchmark.class.getSimpleName() + "\\.")
                    .param("sample", sample)
                    .mode(Mode.SingleShotTime)
                    .warmupIterations(200)
                    .warmupBatchSize(calls)
                    .measurementIterations(150)
                    .measurementBatchSize(calls)
                    .jvmArgsAppend("-Xbatch")
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    for (RunResult result : results) {
      String benchmark = result.getParams().getBenchmark();
      figures.merge(
          key(benchmark.substring(benchmark.lastIndexOf('.') + 1), sample),
          new double[] {nanos(result) / calls, bytes(result) / calls},
          (a, b) -> new double[] {Math.min(a[0], b[0]), Math.min(a[1], b[1])});
    }
  }

  private static double nanos(RunResult result) {
    List<Double> nanos = new ArrayList<>();
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult batch : fork.getIterationResults()) {
        nanos.add(batch.getPrimaryResult().getScore());
      }
    }
    Collections.sort(nanos);
    return nanos.get(nanos.size() / 10);
  }

  private static double bytes(RunResult result) {
    return result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
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
    return figures.get(key(benchmark, sample))[0];
  }

  private double bytes(String benchmark, String sample) {
    return figures.get(key(benchmark, sample))[1];
  }

  private static String key(String benchmark, String sample) {
    return benchmark + " " + sample;
  }
}
