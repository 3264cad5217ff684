/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.*;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link Item}, without reflection. */
final class ItemJsonAdapter extends JsonAdapter<Item> {
  // First of all, since adapters that refer to each other find it while they are made.
  static final ItemJsonAdapter INSTANCE = new ItemJsonAdapter();

  private ItemJsonAdapter() {}

  @Override
  public Item fromJson(JsonReader reader) throws IOException {
    Object value;
    switch (JsonValues.peekString(reader, "kind")) {
      case "book":
        value = BookJsonAdapter.INSTANCE.fromJson(reader);
        break;
      case "Map":
        value = MapModelJsonAdapter.INSTANCE.fromJson(reader);
        break;
      default:
        JsonValues.failIfStrict(reader, JsonReader.Token.BEGIN_OBJECT, false);
        value = JsonValues.OBJECT.fromJson(reader);
    }
    return new Item(value, null);
  }

  @Override
  public void toJson(JsonWriter writer, @Nullable Item value) throws IOException {
    if (value == null) {
      throw new NullPointerException("value == null");
    }
    JsonValues.OBJECT.toJson(writer, value.json == null ? value.value : value.json);
  }


  @Override
  public String toString() {
    return "GeneratedJsonAdapter(Item)";
  }
}
