package io.github.bililive;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The threads of clients that were begun after a moment: those that were there are not counted. */
public final class ClientThreads {
  private static final long JOIN_MILLIS = 60_000;

  private final Set<Thread> before;

  private ClientThreads(Set<Thread> before) {
    this.before = before;
  }

  /** Looks at threads that begin from now on. */
  public static ClientThreads from() {
    return new ClientThreads(new HashSet<>(Thread.getAllStackTraces().keySet()));
  }

  /**
   * Returns the SDK's threads. OkHttp gives a thread another name while it has a call.
   *
   * @return those that live
   */
  List<Thread> living() {
    return living("bililive-", "OkHttp http");
  }

  /** Returns those that live and whose name begins in one of these ways. */
  public List<Thread> living(String... prefixes) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !before.contains(thread))
        .filter(thread -> List.of(prefixes).stream().anyMatch(thread.getName()::startsWith))
        .toList();
  }

  /** Waits for the end of all threads whose name begins in one of these ways. */
  void join(String... prefixes) throws InterruptedException {
    for (Thread thread : living(prefixes)) {
      thread.join(JOIN_MILLIS);
    }
  }

  /**
   * Waits for the end of all of the SDK's threads, those included that others begin meanwhile, and
   * returns those that do not end.
   */
  public List<Thread> joinAll() throws InterruptedException {
    long beganAtNanos = System.nanoTime();
    while (!living().isEmpty()
        && System.nanoTime() - beganAtNanos < MILLISECONDS.toNanos(JOIN_MILLIS)) {
      join("bililive-", "OkHttp http");
    }
    return living();
  }
}
