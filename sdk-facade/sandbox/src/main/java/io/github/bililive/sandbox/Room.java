package io.github.bililive.sandbox;

/** A broadcaster's room. Guarded by {@link Connections}. */
final class Room {
  final long id;
  int living;

  Room(long id) {
    this.id = id;
  }
}
