package io.github.bililive.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Rooms fall into a fixed number of buckets by a hash of their keys, and a task hears those of its
 * buckets. So rooms come and go without a change of any task's configuration.
 */
final class Buckets {
  private final int of;
  private final BitSet own;

  private Buckets(int of, BitSet own) {
    this.of = of;
    this.own = own;
  }

  /** Returns the buckets that a task's configuration names, such as {@code 0,3,6}. */
  static Buckets of(int buckets, String names) {
    BitSet own = new BitSet(buckets);
    Arrays.stream(names.split(","))
        .map(String::strip)
        .mapToInt(Integer::parseInt)
        .forEach(own::set);
    return new Buckets(buckets, own);
  }

  /** Returns the names of the buckets of one of several tasks. */
  static String names(int buckets, int task, int tasks) {
    return IntStream.range(0, buckets)
        .filter(bucket -> bucket % tasks == task)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(","));
  }

  boolean hold(String key) {
    CRC32 hash = new CRC32();
    hash.update(key.getBytes(StandardCharsets.UTF_8));
    return own.get((int) (hash.getValue() % of));
  }

  @Override
  public String toString() {
    return own.cardinality() + " of " + of;
  }
}
