package io.github.bililive.internal.time;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK logs, under {@value #LOGGER} with {@code java.util.logging}, which every JVM and
 * Android have. An exception that nobody is there to catch goes here: one thrown by a callback of
 * the user's. It ends nothing. Neither does a log handler that throws.
 */
public final class CallbackErrors {
  /** The one logger of this SDK. */
  public static final String LOGGER = "io.github.bililive";

  private CallbackErrors() {}

  /** Returns a task that runs {@code task} as {@link #run} does. */
  static Runnable of(Runnable task) {
    return () -> run(task);
  }

  /**
   * Runs a task and reports what it throws, whatever it is: where memory is short, a thread that
   * stopped here would leave a room silent.
   */
  public static void run(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      log(Level.WARNING, "A task of the SDK's threw; continuing.", e);
    }
  }

  public static void warn(String message) {
    log(Level.WARNING, message, null);
  }

  public static void warn(String message, @Nullable Throwable thrown) {
    log(Level.WARNING, message, thrown);
  }

  public static void info(String message) {
    log(Level.INFO, message, null);
  }

  public static void fine(String message) {
    log(Level.FINE, message, null);
  }

  /** Handlers and filters are the user's code. */
  private static void log(Level level, String message, @Nullable Throwable thrown) {
    try {
      Logger.getLogger(LOGGER).log(level, message, thrown);
    } catch (Throwable e) {
      // There is nowhere left to tell of it.
    }
  }
}
