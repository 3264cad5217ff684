/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import java.math.*;
import java.util.*;
import org.jspecify.annotations.Nullable;

/**
 * The schema {@code Item}.
 *
 * <p>One of these, or whatever else came as JSON: {@code Book}, {@code Map}.
 */
public final class Item {
  private final Object value;

  Item(Object value) {
    this.value = value;
  }

  /**
   * Makes a union.
   *
   * @param value what it is
   * @return a union of this value
   */
  public static Item of(Book value) {
    return new Item(JsonValues.copy(value));
  }

  /**
   * Makes a union.
   *
   * @param value what it is
   * @return a union of this value
   */
  public static Item of(Map value) {
    return new Item(JsonValues.copy(value));
  }

  /**
   * Makes a union of what is none of its alternatives.
   *
   * @param value a String, Boolean, Number, List or Map, or in these a model or null
   * @return a union that is written as this value
   */
  public static Item ofJson(Object value) {
    return new Item(JsonValues.copy(value));
  }

  /**
   * What it is: ask with {@code instanceof}.
   *
   * @return one of the alternatives or else JSON: a String, Boolean, Long, BigDecimal, List or Map
   */
  public Object getValue() {
    return this.value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Item && ((Item) other).value.equals(this.value);
  }

  @Override
  public int hashCode() {
    return this.value.hashCode();
  }

  @Override
  public String toString() {
    return "Item{" + this.value + "}";
  }
}
