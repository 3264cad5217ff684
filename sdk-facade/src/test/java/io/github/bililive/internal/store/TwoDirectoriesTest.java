package io.github.bililive.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that each use two directories, as those with tokens and connections in files do. */
@Timeout(120)
class TwoDirectoriesTest {
  private static final int TIMES = 150;
  private static final long HELD_NANOS = 500_000;

  @TempDir Path one;
  @TempDir Path other;

  @Test
  void threadsOfTwoProcessesThatWaitForEachOthersDirectoriesAllHaveTheirTurn() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                TwoDirectoriesTest.class.getName(),
                one.toString(),
                other.toString())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader printed = process.inputReader()) {
      assertThat(printed.readLine()).isEqualTo("ready");

      assertThat(useBoth(one.toFile(), other.toFile())).isEmpty();
      assertThat(printed.readLine()).isEqualTo("[]");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /** The other process. */
  public static void main(String[] args) throws InterruptedException {
    System.out.println("ready");
    System.out.println(useBoth(new File(args[0]), new File(args[1])));
  }

  /** Returns what went wrong. */
  private static List<String> useBoth(File one, File other) throws InterruptedException {
    ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
    List<Thread> threads =
        Stream.of(one, other).map(folder -> new Thread(() -> use(folder, problems))).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return List.copyOf(problems);
  }

  private static void use(File folder, ConcurrentLinkedQueue<String> problems) {
    StoreDirectory directory = new StoreDirectory(folder, PlainFiles.present(), "thing");
    for (int i = 0; i < TIMES; i++) {
      try {
        directory.locked(
            () -> {
              long begun = System.nanoTime();
              while (System.nanoTime() - begun < HELD_NANOS) {
                Thread.onSpinWait();
              }
              return null;
            });
      } catch (IOException e) {
        problems.add(e.toString());
      }
    }
  }
}
