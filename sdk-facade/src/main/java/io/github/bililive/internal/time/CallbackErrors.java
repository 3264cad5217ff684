package io.github.bililive.internal.time;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Where an exception goes that nobody is there to catch: one thrown by a callback of the user's. It
 * is logged as a warning under {@value #LOGGER} with {@code java.util.logging}, which every JVM and
 * Android have, and ends nothing.
 */
public final class CallbackErrors {
  /** The one logger of this SDK. */
  public static final String LOGGER = "io.github.bililive";

  private CallbackErrors() {}

  /** Returns a task that runs {@code task} as {@link #run} does. */
  static Runnable of(Runnable task) {
    return () -> run(task);
  }

  /** Runs a task and reports what it throws, but for errors of the virtual machine. */
  public static void run(Runnable task) {
    try {
      task.run();
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      report(e);
    }
  }

  static void report(Throwable thrown) {
    Logger.getLogger(LOGGER).log(Level.WARNING, "Callback threw; continuing.", thrown);
  }
}
