package io.github.bililive.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Runs the quickstart for tests in other packages. */
public final class QuickstartRun {
  private QuickstartRun() {}

  /** Returns what it printed, errors included, and its exit code in the last line. */
  public static String of(Map<String, String> environment, String... args)
      throws InterruptedException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(printed, true, UTF_8);
    int exitCode = Quickstart.run(List.of(args), environment, out, out, new CountDownLatch(1));
    out.print("exit code " + exitCode + "\n");
    return printed.toString(UTF_8);
  }
}
