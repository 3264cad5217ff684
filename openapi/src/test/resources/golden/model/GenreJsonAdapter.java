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

/** Reads and writes {@link Genre}, without reflection. */
final class GenreJsonAdapter extends JsonAdapter<Genre> {
  // First of all, since adapters that refer to each other find it while they are made.
  static final GenreJsonAdapter INSTANCE = new GenreJsonAdapter();

  private static final JsonReader.Options VALUES =
      JsonReader.Options.of(
          "novel",
          "poetry");

  private GenreJsonAdapter() {}

  @Override
  public Genre fromJson(JsonReader reader) throws IOException {
    int index = reader.selectString(VALUES);
    if (index >= 0) {
      return Genre.KNOWN[index];
    }
    JsonValues.failIfStrict(reader, JsonReader.Token.STRING, false);
    return Genre.of(reader.nextString());
  }

  @Override
  public void toJson(JsonWriter writer, @Nullable Genre value) throws IOException {
    writer.value(value == null ? null : value.getValue());
  }


  @Override
  public String toString() {
    return "GeneratedJsonAdapter(Genre)";
  }
}
