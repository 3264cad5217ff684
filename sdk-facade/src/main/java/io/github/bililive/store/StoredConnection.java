package io.github.bililive.store;

import java.util.Objects;

/**
 * A room's entry in a {@link ConnectionStore}: which connection lives, who hears it, and who has
 * asked for it. The SDK writes and reads its text; a store keeps both parts as they are.
 *
 * <p>Immutable; {@link #toString} hides the text.
 */
public final class StoredConnection {
  private final long counter;
  private final String text;

  private StoredConnection(long counter, String text) {
    this.counter = counter;
    this.text = text;
  }

  /**
   * Returns an entry of what a store has kept.
   *
   * @throws IllegalArgumentException if the counter is below 1
   */
  public static StoredConnection of(long counter, String text) {
    if (counter < 1) {
      throw new IllegalArgumentException("counter is " + counter + ": it must be 1 or above");
    }
    return new StoredConnection(
        counter, Objects.requireNonNull(text, "text is null: give what getText() returned"));
  }

  /** Returns the counter, 1 or above, which each write makes greater. */
  public long getCounter() {
    return counter;
  }

  /**
   * Returns what is to be kept: JSON, of a few KB at most. It holds a secret that opens the room:
   * do not log it.
   */
  public String getText() {
    return text;
  }

  /** Returns the counter; {@code ██} in place of the text. */
  @Override
  public String toString() {
    return "StoredConnection{counter=" + counter + ", text=██}";
  }
}
