package io.github.bililive.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.LoggedRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Whatever a callback, an executor or a log handler of the user's throws, the next task runs. */
class UsersCodeTest {
  private final VirtualTime time = new VirtualTime();
  private final List<String> heard = new ArrayList<>();

  private SerialExecutor serial(Executor executor) {
    return new SerialExecutor("callbacks", executor, time, 3);
  }

  @Test
  void aTaskThatRunsOutOfMemoryStopsNoOther() {
    SerialExecutor serial = serial(Runnable::run);

    serial.execute(
        () -> {
          throw new OutOfMemoryError("of the test");
        });
    serial.execute(() -> heard.add("next"));

    assertThat(heard).containsExactly("next");
  }

  @Test
  void anExecutorThatFailsAlthoughItHasTakenTheTaskLetsNoTwoRunAtOnce() throws Exception {
    List<Runnable> taken = new ArrayList<>();
    SerialExecutor serial =
        serial(
            task -> {
              taken.add(task);
              throw new IllegalStateException("of the test");
            });
    serial.execute(
        () -> {
          heard.add("first begins");
          join(taken.get(1));
          heard.add("first ends");
        });
    serial.execute(() -> heard.add("second"));
    time.advance(Duration.ofSeconds(1));
    assertThat(taken).hasSizeGreaterThan(1);

    taken.get(0).run();

    assertThat(heard).containsExactly("first begins", "first ends", "second");
    int tasks = taken.size();
    time.advance(Duration.ofHours(1));
    assertThat(taken).as("nothing is left to do").hasSize(tasks);
    serial.execute(() -> heard.add("third"));
    taken.get(tasks).run();
    assertThat(heard).endsWith("third");
  }

  private static void join(Runnable task) {
    Thread other = new Thread(task, "test-other");
    other.start();
    try {
      other.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anExecutorThatFailsIsAskedAgainAndNothingIsLost() {
    List<Throwable> failures =
        new ArrayList<>(
            List.of(new IllegalStateException("of the test"), new OutOfMemoryError("no thread")));
    Executor failing =
        task -> {
          if (failures.isEmpty()) {
            task.run();
            return;
          }
          Throwable failure = failures.remove(0);
          if (failure instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) failure;
        };
    SerialExecutor serial = serial(failing);

    serial.execute(() -> heard.add("refused"));
    serial.execute(() -> heard.add("next"));
    assertThat(heard).isEmpty();
    time.advance(Duration.ofSeconds(1));

    assertThat(heard).containsExactly("refused", "next");
    assertThat(time.pending()).isZero();
  }

  @Test
  void whatATaskThrowsIsLoggedWithTheNameOfThem() {
    try (LoggedRecords logged = new LoggedRecords()) {
      serial(Runnable::run)
          .execute(
              () -> {
                throw new IllegalStateException("of the test");
              });

      assertThat(logged.messages(Level.WARNING))
          .containsExactly("callbacks: one of them threw; continuing.");
    }
  }

  @Test
  void aFullQueueIsLoggedOnceUntilAllHasRun() {
    List<Runnable> given = new ArrayList<>();
    SerialExecutor serial = serial(given::add);
    try (LoggedRecords logged = new LoggedRecords()) {
      for (int row = 1; row <= 2; row++) {
        for (int i = 0; i < 3; i++) {
          serial.execute(() -> {});
        }
        assertThat(logged.messages(Level.WARNING)).hasSize(row - 1);
        for (int i = 0; i < 5; i++) {
          serial.execute(() -> {});
        }
        assertThat(logged.messages(Level.WARNING))
            .hasSize(row)
            .containsOnly("callbacks are slow: more than 3 wait, and the oldest are lost");
        given.remove(0).run();
      }
    }
  }

  @Test
  void aThreadRunsNoTaskThatTheExecutorHasTakenForLater() {
    List<Runnable> given = new ArrayList<>();
    boolean[] atOnce = {true};
    SerialExecutor serial =
        new SerialExecutor(
            "callbacks",
            task -> {
              if (atOnce[0]) {
                task.run();
              } else {
                given.add(task);
              }
            },
            time,
            1_000);
    serial.execute(
        () -> {
          for (int i = 0; i < 500; i++) {
            serial.execute(
                () -> {
                  heard.add("task");
                  atOnce[0] = heard.size() < 150;
                });
          }
        });

    assertThat(heard).hasSizeBetween(150, 300);
    while (!given.isEmpty()) {
      given.remove(0).run();
    }
    assertThat(heard).hasSize(500);
  }

  @Test
  void anErrorOfOurOwnIsTriedAgain() {
    SerialExecutor serial =
        new SerialExecutor("callbacks", Runnable::run, time, 3) {
          private int steps;

          @Override
          protected boolean step() {
            if (steps++ == 0) {
              throw new StackOverflowError("of the test");
            }
            return super.step();
          }
        };
    serial.execute(() -> heard.add("task"));
    assertThat(heard).isEmpty();
    time.advance(Duration.ofSeconds(1));

    assertThat(heard).containsExactly("task");
  }

  @Test
  void aSchedulerThatHasNoThreadIsAskedAgain() {
    int[] failures = {2};
    Scheduler failing =
        new Scheduler() {
          @Override
          public long nanoTime() {
            return time.nanoTime();
          }

          @Override
          public Cancellable schedule(Runnable task, long delayNanos) {
            return time.schedule(task, delayNanos);
          }

          @Override
          public boolean runElsewhere(Runnable task) {
            if (failures[0]-- > 0) {
              throw new OutOfMemoryError("of the test");
            }
            return false;
          }

          @Override
          public void close() {}
        };
    new SerialExecutor("callbacks", Runnable::run, failing, 3).execute(() -> heard.add("task"));
    assertThat(heard).isEmpty();
    time.advance(Duration.ofSeconds(1));

    assertThat(heard).containsExactly("task");
  }

  @Test
  void ofMoreTasksThanMayWaitTheOldestIsDroppedAndCounted() {
    List<Runnable> given = new ArrayList<>();
    SerialExecutor serial = serial(given::add);
    for (String name : List.of("a", "b", "c", "d", "e")) {
      serial.execute(() -> heard.add(name));
    }
    given.get(0).run();

    assertThat(heard).containsExactly("c", "d", "e");
    assertThat(serial.dropped()).isEqualTo(2);
  }

  @Test
  void anInterruptThatATaskLeavesBehindDoesNotReachTheNextAndTheThreadKeepsItsOwn() {
    SerialExecutor serial = serial(Runnable::run);
    serial.execute(
        () -> {
          serial.execute(() -> heard.add("interrupted: " + Thread.currentThread().isInterrupted()));
          Thread.currentThread().interrupt();
        });
    assertThat(Thread.interrupted()).isFalse();

    Thread.currentThread().interrupt();
    serial.execute(() -> heard.add("interrupted: " + Thread.currentThread().isInterrupted()));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(heard).containsExactly("interrupted: false", "interrupted: false");
  }

  @Test
  void anExecutorThatRunsTasksAtOnceDoesNotFillTheStack() {
    int[] left = {1_000_000};
    SerialExecutor serial = serial(Runnable::run);
    Runnable[] again = new Runnable[1];
    again[0] =
        () -> {
          if (--left[0] > 0) {
            serial.execute(again[0]);
          }
        };

    serial.execute(again[0]);

    assertThat(left[0]).isZero();
  }

  @Test
  void noUsersCodeRunsOnTheSchedulersThread() throws Exception {
    SystemScheduler scheduler = new SystemScheduler("test-users-code");
    CompletableFuture<String> inside = new CompletableFuture<>();
    SerialExecutor serial = new SerialExecutor("callbacks", Runnable::run, scheduler, 3);
    try {
      scheduler.schedule(
          () -> serial.execute(() -> inside.complete(Thread.currentThread().getName())), 0);

      assertThat(inside.get(60, TimeUnit.SECONDS)).isEqualTo("test-users-code-users-code-1");
    } finally {
      scheduler.close();
    }
  }

  @Test
  void aLogHandlerThatThrowsEndsNothing() {
    Logger logger = Logger.getLogger(CallbackErrors.LOGGER);
    Handler throwing =
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            heard.add("published");
            throw new IllegalStateException("of the test");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(throwing);
    try {
      CallbackErrors.warn("of the test");
    } finally {
      logger.removeHandler(throwing);
    }

    assertThat(heard).containsExactly("published");
  }
}
