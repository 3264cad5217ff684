package io.github.bililive.internal.room;

import java.nio.ByteBuffer;
import java.util.Arrays;
import okio.ByteString;

/**
 * The {@code msg_id}s of the last events of a room, in at most 32 bytes each. A UUID in lower case,
 * as the platform writes them, is kept as its 128 bits, so that comparing is exact; of any other id
 * the first 128 bits of its SHA-256 are kept. Two of those are taken for one with a probability of
 * 2⁻¹²⁸ for each pair, and two can be made on purpose with 2⁶⁴ attempts.
 *
 * <p>Takes memory as ids come. Not safe for use by several threads.
 */
final class RecentIds {
  private static final int FIRST = 16;
  private static final int LENGTH_OF_UUID = 36;

  private final int window;

  /** Two numbers of each id, in a ring. */
  private long[] ids = {};

  /** Where an id is in the ring, plus 1, found by its hash; 0 is free. At least half are free. */
  private int[] places = {};

  private int size;

  /** Where the next id goes: once the window is full, in the place of the oldest. */
  private int next;

  // The id that is being added.
  private long high;
  private long low;

  RecentIds(int window) {
    this.window = window;
  }

  /** Adds an id, in place of the oldest if the window is full. False if it is in the window. */
  boolean add(String id) {
    if (window == 0) {
      return true;
    }
    if (!readUuid(id)) {
      ByteBuffer hash = ByteString.encodeUtf8(id).sha256().asByteBuffer();
      high = hash.getLong();
      low = hash.getLong();
    }
    if (size > 0 && places[find(high, low)] != 0) {
      return false;
    }
    if (size == window) {
      remove(find(ids[2 * next], ids[2 * next + 1]));
    } else {
      if (2 * size == ids.length) {
        grow();
      }
      size++;
    }
    ids[2 * next] = high;
    ids[2 * next + 1] = low;
    places[find(high, low)] = next + 1;
    next = (next + 1) % window;
    return true;
  }

  private boolean readUuid(String id) {
    if (id.length() != LENGTH_OF_UUID) {
      return false;
    }
    high = 0;
    for (int i = 0; i < LENGTH_OF_UUID; i++) {
      char c = id.charAt(i);
      boolean isDash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean isLetter = c >= 'a' && c <= 'f';
      if (isDash ? c != '-' : !isLetter && (c < '0' || c > '9')) {
        return false;
      }
      if (i == 18) { // Between the halves.
        high = low;
      }
      if (!isDash) {
        low = low << 4 | (isLetter ? c - 'a' + 10 : c - '0');
      }
    }
    return true;
  }

  private void grow() {
    int capacity = Math.min(window, Math.max(FIRST, 2 * size));
    ids = Arrays.copyOf(ids, 2 * capacity);
    places = new int[Integer.highestOneBit(2 * capacity - 1) << 1];
    for (int i = 0; i < size; i++) {
      places[find(ids[2 * i], ids[2 * i + 1])] = i + 1;
    }
  }

  /** Returns where an id's place is written, or the free field where it belongs. */
  private int find(long idHigh, long idLow) {
    int at = home(idHigh, idLow);
    while (places[at] != 0
        && (ids[2 * places[at] - 2] != idHigh || ids[2 * places[at] - 1] != idLow)) {
      at = after(at);
    }
    return at;
  }

  private int home(long idHigh, long idLow) {
    long mixed = (idHigh * 31 + idLow) * 0x9E3779B97F4A7C15L; // 2⁶⁴ by the golden ratio.
    return (int) (mixed >>> 32) & places.length - 1;
  }

  private int after(int at) {
    return at + 1 & places.length - 1;
  }

  /** Frees a field, and moves up those behind it that would not be found any more. */
  private void remove(int field) {
    int free = field;
    places[free] = 0;
    for (int at = after(free); places[at] != 0; at = after(at)) {
      int place = places[at];
      int home = home(ids[2 * place - 2], ids[2 * place - 1]);
      boolean isReached = free <= at ? home > free && home <= at : home > free || home <= at;
      if (!isReached) {
        places[free] = place;
        places[at] = 0;
        free = at;
      }
    }
  }
}
