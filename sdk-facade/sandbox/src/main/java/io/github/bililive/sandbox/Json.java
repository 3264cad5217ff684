package io.github.bililive.sandbox;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import okio.Buffer;

/** Writes and reads the page's JSON. */
final class Json {
  private Json() {}

  /** Writes maps, lists, texts, numbers, booleans and nulls. */
  static String write(Object value) {
    Buffer buffer = new Buffer();
    try (JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setSerializeNulls(true);
      writer.jsonValue(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  static Map<?, ?> readObject(Buffer json) {
    try (JsonReader reader = JsonReader.of(json)) {
      if (reader.readJsonValue() instanceof Map<?, ?> map
          && reader.peek() == JsonReader.Token.END_DOCUMENT) {
        return map;
      }
    } catch (IOException | JsonDataException e) {
      // Said below.
    }
    throw new IllegalArgumentException("the body must be one JSON object");
  }
}
