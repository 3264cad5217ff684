package io.github.bililive.internal.room;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** The last so many ids that came by. Not safe for use by several threads. */
final class RecentIds {
  private final int limit;
  private final Set<String> ids = new HashSet<>();
  private final ArrayDeque<String> inOrder = new ArrayDeque<>();

  RecentIds(int limit) {
    this.limit = limit;
  }

  /** Remembers an id. Returns false if it is remembered already. */
  boolean add(String id) {
    if (limit == 0) {
      return true;
    }
    if (!ids.add(id)) {
      return false;
    }
    inOrder.add(id);
    if (inOrder.size() > limit) {
      ids.remove(inOrder.remove());
    }
    return true;
  }
}
