/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import java.math.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

/**
 * The schema <code>Item</code>.
 *
 * <p>One of these, or whatever else came as JSON: {@code Book}, {@code MapModel}.
 */
public final class Item {
  final Object value;
  // Where the value leaves something out of what was read: all of it, to be written again.
  final @Nullable Object json;

  Item(Object value, @Nullable Object json) {
    this.value = value;
    this.json = json;
  }

  /**
   * Makes a union.
   *
   * @param value what it is
   * @return a union of this value
   */
  public static Item of(Book value) {
    return new Item(JsonValues.copy(value), null);
  }

  /**
   * Makes a union.
   *
   * @param value what it is
   * @return a union of this value
   */
  public static Item of(MapModel value) {
    return new Item(JsonValues.copy(value), null);
  }

  /**
   * Makes a union of what is none of its alternatives.
   *
   * @param value a String, Boolean, Number, List or Map, or in these a model or null
   * @return a union that is written as this value
   */
  public static Item ofJson(Object value) {
    return new Item(JsonValues.copy(value), null);
  }

  /**
   * What it is: ask with {@code instanceof}.
   *
   * @return one of the alternatives or else JSON: a String, Boolean, Long, BigDecimal, List or Map
   */
  public Object getValue() {
    return this.value;
  }

  /**
   * All that was read, if the value has not all of it: a field that its schema does not know, say. It is what is written.
   *
   * @return JSON as {@link #getValue} has it, or null if the value is all there is
   */
  public @Nullable Object getJson() {
    return this.json;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Item
        && ((Item) other).value.equals(this.value)
        && java.util.Objects.equals(((Item) other).json, this.json);
  }

  @Override
  public int hashCode() {
    return this.value.hashCode();
  }

  /** The value, as its own {@code toString} has it. */
  @Override
  public String toString() {
    return this.value.toString();
  }
}

