package io.github.bililive.internal.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** Whatever a callback, an executor or a log handler of the user's throws, the next task runs. */
class UsersCodeTest {
  private final List<String> heard = new ArrayList<>();

  @Test
  void aTaskThatRunsOutOfMemoryStopsNoOther() {
    SerialExecutor serial = new SerialExecutor(Runnable::run);

    serial.execute(
        () -> {
          throw new OutOfMemoryError("of the test");
        });
    serial.execute(() -> heard.add("next"));

    assertThat(heard).containsExactly("next");
  }

  @Test
  void anExecutorThatFailsOnceIsAskedAgain() {
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
    SerialExecutor serial = new SerialExecutor(failing);

    serial.execute(() -> heard.add("refused"));
    serial.execute(() -> heard.add("refused, too"));
    serial.execute(() -> heard.add("next"));

    assertThat(heard).containsExactly("next");
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
