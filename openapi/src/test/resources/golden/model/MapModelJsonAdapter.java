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

/** Reads and writes {@link MapModel}, without reflection. */
final class MapModelJsonAdapter extends JsonAdapter<MapModel> {
  // First of all, since adapters that refer to each other find it while they are made.
  static final MapModelJsonAdapter INSTANCE = new MapModelJsonAdapter();


  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "kind");

  private MapModelJsonAdapter() {}

  @Override
  public MapModel fromJson(JsonReader reader) throws IOException {

    String kindValue = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (1 + reader.selectName(NAMES)) {
        case 1:

          kindValue = JsonValues.text(reader).nextString();
          break;
        default:
          reader.skipName();
          reader.skipValue();
      }
    }
    reader.endObject();
    if (kindValue == null) {
      throw JsonValues.missing("kind", reader);
    }

    return new MapModel(
        kindValue);

  }

  @Override
  public void toJson(JsonWriter writer, @Nullable MapModel value) throws IOException {
    if (value == null) {
      throw new NullPointerException("value == null");
    }
    writer.beginObject();
    writer.name("kind");
    writer.value(value.kind);
    writer.endObject();
  }


  @Override
  public String toString() {
    return "GeneratedJsonAdapter(MapModel)";
  }
}
