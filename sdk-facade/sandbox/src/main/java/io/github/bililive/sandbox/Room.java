package io.github.bililive.sandbox;

/** A broadcaster's room. Guarded by {@link Connections}. */
final class Room {
  final long id;
  private final int[] living = new int[Door.values().length];

  Room(long id) {
    this.id = id;
  }

  int living(Door door) {
    return living[door.ordinal()];
  }

  void add(Door door, int count) {
    living[door.ordinal()] += count;
  }
}
