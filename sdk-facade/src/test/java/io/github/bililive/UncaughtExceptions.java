package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What threads die of, in any test that is open to it: on Android each would end the app. */
public final class UncaughtExceptions implements AutoCloseable {
  private final Set<Throwable> uncaught = ConcurrentHashMap.newKeySet();
  private final Thread.UncaughtExceptionHandler before =
      Thread.getDefaultUncaughtExceptionHandler();

  /** Begins to listen. */
  public UncaughtExceptions() {
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
  }

  /** Fails if there was one. */
  @Override
  public void close() {
    Thread.setDefaultUncaughtExceptionHandler(before);
    assertThat(uncaught).isEmpty();
  }
}
