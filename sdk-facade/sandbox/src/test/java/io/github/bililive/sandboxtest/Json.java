package io.github.bililive.sandboxtest;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;

/** Reads JSON into maps, lists, strings and doubles. */
final class Json {
  private Json() {}

  static Object read(String json) throws IOException {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
      Object value = reader.readJsonValue();
      if (value == null) {
        throw new IOException("null");
      }
      return value;
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object value) {
    return (Map<String, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> array(Object value) {
    return (List<Object>) value;
  }

  static Object get(Object object, String name) {
    Object value = object(object).get(name);
    if (value == null) {
      throw new AssertionError("no " + name + " in " + object);
    }
    return value;
  }
}
