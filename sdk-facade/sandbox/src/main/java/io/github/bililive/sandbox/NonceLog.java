package io.github.bililive.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * The nonces that have been used. Each is kept for twice the timestamps' tolerance: a timestamp may
 * lie that far ahead, and after that the request is refused for its timestamp anyway.
 */
final class NonceLog {
  private record Used(String nonce, long atNanos) {}

  private final long keepNanos;
  private final Set<String> nonces = new HashSet<>();
  private final Deque<Used> oldestFirst = new ArrayDeque<>();

  NonceLog(long toleranceNanos) {
    keepNanos = 2 * toleranceNanos;
  }

  /** Returns false if the nonce has been used before. */
  synchronized boolean use(String nonce, long nowNanos) {
    for (Used used = oldestFirst.peek();
        used != null && nowNanos - used.atNanos() > keepNanos;
        used = oldestFirst.peek()) {
      nonces.remove(used.nonce());
      oldestFirst.remove();
    }
    if (!nonces.add(nonce)) {
      return false;
    }
    oldestFirst.add(new Used(nonce, nowNanos));
    return true;
  }
}
