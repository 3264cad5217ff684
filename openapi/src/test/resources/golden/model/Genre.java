/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import java.math.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

/** The schema <code>Genre</code>. Not a Java enum: a value that is not listed here survives reading and writing. */
public final class Genre {
  /** The value <code>&quot;novel&quot;</code>. */
  public static final Genre NOVEL = new Genre("novel");

  /** The value <code>&quot;poetry&quot;</code>. */
  public static final Genre POETRY = new Genre("poetry");

  // All constants, in the order of the document.
  static final Genre[] KNOWN = {
    NOVEL,
    POETRY,
  };

  private final String value;

  private Genre(String value) {
    this.value = value;
  }

  /**
   * The constant with this value, or a new object if there is none.
   *
   * @param value the value in JSON
   * @return an object equal to any other of the same value
   */
  public static Genre of(String value) {
    for (Genre known : KNOWN) {
      if (known.value.equals(value)) {
        return known;
      }
    }
    return new Genre(value);
  }

  /**
   * The value as it is in JSON.
   *
   * @return the value in JSON
   */
  public String getValue() {
    return this.value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Genre && ((Genre) other).value.equals(this.value);
  }

  @Override
  public int hashCode() {
    return this.value.hashCode();
  }

  @Override
  public String toString() {
    return this.value;
  }
}

