/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The schema <code>Item</code>.
 *
 * <p>One of these, or whatever else came as JSON: {@code Book}, {@code MapModel}.
 */
public final class Item extends GeneratedUnion {
  static final Adapter<Item> ADAPTER =
      new Adapter<Item>() {
        @Override
        public Item fromJson(JsonReader reader) throws IOException {
          switch (JsonValues.peekString(reader, "kind")) {
            case "book":
              return new Item(Book.ADAPTER.fromJson(reader), null);
            case "Map":
              return new Item(MapModel.ADAPTER.fromJson(reader), null);
            default:
              JsonValues.failIfStrict(reader, JsonReader.Token.BEGIN_OBJECT, false);
              return new Item(JsonValues.OBJECT.fromJson(reader), null);
          }
        }
      };

  private Item(Object value, @Nullable Object json) {
    super(value, json);
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
   * All that was read, if the value has not all of it: a field that its schema does not know, say.
   * It is what is written.
   *
   * @return JSON as {@link #getValue} has it, or null if the value is all there is
   */
  public @Nullable Object getJson() {
    return this.json;
  }
}
