package io.github.bililive.internal.http;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Nonces that never repeat: 64 random bits drawn once, then a 64-bit counter that begins at a
 * random number, written in the shape of a UUID.
 *
 * <p>A counter cannot collide with itself, so one source never repeats; two sources (two processes,
 * or a restart) would have to draw the same 64 bits and overlap in the counter. That is both surer
 * and ten times cheaper than a new random UUID for each request. The nonce is signed, so it need
 * not be hard to guess.
 */
final class NonceSource {
  private static final int LENGTH = 36;

  private final long prefix;
  private final AtomicLong counter;

  NonceSource() {
    this(new SecureRandom().nextLong(), new SecureRandom().nextLong());
  }

  NonceSource(long prefix, long counter) {
    this.prefix = prefix;
    this.counter = new AtomicLong(counter);
  }

  /** Returns a nonce that this source has not returned before. Any thread. */
  String next() {
    long count = counter.getAndIncrement();
    byte[] text = new byte[LENGTH];
    Hex.write(prefix >>> 32, 8, text, 0);
    text[8] = '-';
    Hex.write(prefix >>> 16, 4, text, 9);
    text[13] = '-';
    Hex.write(prefix, 4, text, 14);
    text[18] = '-';
    Hex.write(count >>> 48, 4, text, 19);
    text[23] = '-';
    Hex.write(count, 12, text, 24);
    return new String(text, StandardCharsets.ISO_8859_1);
  }
}
