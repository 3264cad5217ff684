/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonEncodingException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** What the adapters of this package share: values that are not models, null, and what is missing. */
final class JsonValues {
  static final JsonAdapter<String> STRING =
      new JsonAdapter<String>() {
        @Override
        public String fromJson(JsonReader reader) throws IOException {
          return text(reader).nextString();
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable String value) throws IOException {
          writer.value(value);
        }
      };

  static final JsonAdapter<Boolean> BOOLEAN =
      new JsonAdapter<Boolean>() {
        @Override
        public Boolean fromJson(JsonReader reader) throws IOException {
          return reader.nextBoolean();
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Boolean value) throws IOException {
          writer.value(value);
        }
      };

  static final JsonAdapter<Integer> INTEGER =
      new JsonAdapter<Integer>() {
        @Override
        public Integer fromJson(JsonReader reader) throws IOException {
          return number(reader).nextInt();
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Integer value) throws IOException {
          writer.value(value);
        }
      };

  static final JsonAdapter<Long> LONG =
      new JsonAdapter<Long>() {
        @Override
        public Long fromJson(JsonReader reader) throws IOException {
          return number(reader).nextLong();
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Long value) throws IOException {
          writer.value(value);
        }
      };

  static final JsonAdapter<Float> FLOAT =
      new JsonAdapter<Float>() {
        @Override
        public Float fromJson(JsonReader reader) throws IOException {
          return (float) number(reader).nextDouble();
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Float value) throws IOException {
          writer.value(value);
        }
      };

  static final JsonAdapter<Double> DOUBLE =
      new JsonAdapter<Double>() {
        @Override
        public Double fromJson(JsonReader reader) throws IOException {
          return number(reader).nextDouble();
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Double value) throws IOException {
          writer.value(value);
        }
      };

  static final JsonAdapter<Boolean> FLAG =
      new JsonAdapter<Boolean>() {
        @Override
        public Boolean fromJson(JsonReader reader) throws IOException {
          return nextFlag(reader);
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Boolean value) throws IOException {
          writer.value(value == null ? null : (Integer) (value ? 1 : 0));
        }
      };

  static final JsonAdapter<BigDecimal> NUMBER =
      new JsonAdapter<BigDecimal>() {
        @Override
        public BigDecimal fromJson(JsonReader reader) throws IOException {
          if (reader.peek() != JsonReader.Token.NUMBER) {
            throw new JsonDataException(
                "Expected a number but was " + reader.peek() + " at path " + reader.getPath());
          }
          String path = reader.getPath();
          String text = reader.nextString();
          try {
            return new BigDecimal(text);
          } catch (NumberFormatException tooLarge) {
            throw outOfRange(text, path);
          }
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable BigDecimal value) throws IOException {
          writer.value(value);
        }
      };

  /**
   * Any JSON: String, Boolean, Long or (what is no long) BigDecimal, List, Map, null in them. A
   * number whose exponent is no int is a text, which a strict reader does not take.
   */
  static final JsonAdapter<Object> OBJECT =
      new JsonAdapter<Object>() {
        @Override
        public @Nullable Object fromJson(JsonReader reader) throws IOException {
          switch (reader.peek()) {
            case BEGIN_ARRAY:
              return list(this).fromJson(reader);
            case BEGIN_OBJECT:
              return map(this).fromJson(reader);
            case NUMBER:
              return readNumber(reader);
            default:
              return reader.readJsonValue();
          }
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Object value) throws IOException {
          if (value instanceof List) {
            writer.beginArray();
            for (Object element : (List<?>) value) {
              toJson(writer, element);
            }
            writer.endArray();
          } else if (value instanceof Map) {
            writer.beginObject();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
              writer.name((String) entry.getKey());
              writeEvenNull(writer, this, entry.getValue());
            }
            writer.endObject();
          } else {
            writeScalarOrModel(writer, value);
          }
        }
      };

  /** From how many texts on a list is worth a sink of its own. */
  private static final int MANY = 8;

  private static final Class<?> UNMODIFIABLE =
      Collections.unmodifiableMap(Collections.emptyMap()).getClass();

  private JsonValues() {}

  /** The adapter of a value that is no model, array or map, or null if the type is none. */
  static @Nullable JsonAdapter<?> adapter(Type type) {
    if (type == String.class) {
      return STRING;
    }
    if (type == Boolean.class) {
      return BOOLEAN;
    }
    if (type == Integer.class) {
      return INTEGER;
    }
    if (type == Long.class) {
      return LONG;
    }
    if (type == Float.class) {
      return FLOAT;
    }
    if (type == Double.class) {
      return DOUBLE;
    }
    if (type == BigDecimal.class) {
      return NUMBER;
    }
    return type == Object.class ? OBJECT : null;
  }

  /** A long or, what is none, a BigDecimal; the text if its exponent is no int. */
  static Object number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notLong) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException tooLarge) {
        return text;
      }
    }
  }

  private static Object readNumber(JsonReader reader) throws IOException {
    if (!reader.failOnUnknown()) {
      return number(reader.nextString());
    }
    String path = reader.getPath();
    String text = reader.nextString();
    Object number = number(text);
    if (number == text) {
      throw outOfRange(text, path);
    }
    return number;
  }

  private static JsonDataException outOfRange(String text, String path) {
    return new JsonDataException(
        "Expected a number with a smaller exponent but was " + text + " at path " + path);
  }

  private static void writeScalarOrModel(JsonWriter writer, @Nullable Object value)
      throws IOException {
    if (value instanceof GeneratedModel) {
      writer.beginObject();
      ((GeneratedModel) value).write(writer);
      writer.endObject();
    } else if (value instanceof GeneratedUnion) {
      GeneratedUnion union = (GeneratedUnion) value;
      OBJECT.toJson(writer, union.json == null ? union.value : union.json);
    } else {
      writer.jsonValue(value instanceof GeneratedEnum ? ((GeneratedEnum<?>) value).value : value);
    }
  }

  /** The adapter of an array inside an array or map. */
  static <T extends @Nullable Object> JsonAdapter<List<T>> list(JsonAdapter<T> elements) {
    return new JsonAdapter<List<T>>() {
      @Override
      public List<T> fromJson(JsonReader reader) throws IOException {
        return readList(reader, elements);
      }

      @Override
      public void toJson(JsonWriter writer, @Nullable List<T> value) throws IOException {
        writeList(writer, elements, value);
      }
    };
  }

  /** The adapter of a map inside an array or map. */
  static <T extends @Nullable Object> JsonAdapter<Map<String, T>> map(JsonAdapter<T> values) {
    return new JsonAdapter<Map<String, T>>() {
      @Override
      public Map<String, T> fromJson(JsonReader reader) throws IOException {
        return readMap(reader, values);
      }

      @Override
      public void toJson(JsonWriter writer, @Nullable Map<String, T> value) throws IOException {
        writeMap(writer, values, value);
      }
    };
  }

  /** Reads an array into a list that nobody can change. */
  @SuppressWarnings("unchecked") // Nobody gets the array; elements are texts if their adapter is.
  static <T extends @Nullable Object> List<T> readList(JsonReader reader, JsonAdapter<T> elements)
      throws IOException {
    reader.beginArray();
    if (!reader.hasNext()) {
      reader.endArray();
      return Collections.emptyList();
    }
    // Not through the adapter, which would be called once for each text.
    boolean texts = elements == STRING && !reader.failOnUnknown();
    T[] list = (T[]) new Object[4];
    int size = 0;
    do {
      if (size == list.length) {
        // Coarser than ArrayList grows: the rest is given back at the end.
        list = Arrays.copyOf(list, 4 * size);
      }
      list[size++] = texts ? (T) reader.nextString() : elements.fromJson(reader);
    } while (reader.hasNext());
    reader.endArray();
    return Collections.unmodifiableList(
        Arrays.asList(size == list.length ? list : Arrays.copyOf(list, size)));
  }

  @SuppressWarnings("unchecked") // The elements are texts if their adapter is that of texts.
  static <T extends @Nullable Object> void writeList(
      JsonWriter writer, JsonAdapter<T> elements, @Nullable List<T> list) throws IOException {
    if (list == null) {
      writer.nullValue();
      return;
    }
    if (elements == STRING
        && list.size() >= MANY
        && writer.getIndent().isEmpty()
        && isPlain((List<String>) list)) {
      writePlain(writer, (List<String>) list);
      return;
    }
    writer.beginArray();
    for (int i = 0, size = list.size(); i < size; i++) {
      elements.toJson(writer, list.get(i));
    }
    writer.endArray();
  }

  /** Whether the texts stand in JSON as they are. */
  private static boolean isPlain(List<String> texts) {
    for (int i = 0, size = texts.size(); i < size; i++) {
      String text = texts.get(i);
      if (text == null || !isPlain(text)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(String text) {
    for (int i = 0, length = text.length(); i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c == '\u2028' || c == '\u2029') {
        return false;
      }
    }
    return true;
  }

  /** Past the writer, which would look at its state and at each character again for each text. */
  private static void writePlain(JsonWriter writer, List<String> texts) throws IOException {
    try (BufferedSink sink = writer.valueSink()) {
      Buffer buffer = sink.getBuffer();
      buffer.writeByte('[');
      for (int i = 0, size = texts.size(); i < size; i++) {
        if (i > 0) {
          buffer.writeByte(',');
        }
        buffer.writeByte('"').writeUtf8(texts.get(i)).writeByte('"');
        sink.emitCompleteSegments();
      }
      buffer.writeByte(']');
    }
  }

  /** Reads an object into a map, in its order, that nobody can change. The last of equal names wins. */
  static <T extends @Nullable Object> Map<String, T> readMap(
      JsonReader reader, JsonAdapter<T> values) throws IOException {
    Map<String, T> map = null;
    reader.beginObject();
    while (reader.hasNext()) {
      map = readEntry(reader, values, map);
    }
    reader.endObject();
    return unmodifiable(map);
  }

  static <T extends @Nullable Object> void writeMap(
      JsonWriter writer, JsonAdapter<T> values, @Nullable Map<String, T> map) throws IOException {
    if (map == null) {
      writer.nullValue();
      return;
    }
    writer.beginObject();
    writeEntries(writer, values, map);
    writer.endObject();
  }

  /** The text that an object has under a name, or an empty one, without reading on. */
  static String peekString(JsonReader reader, String name) throws IOException {
    if (reader.peek() != JsonReader.Token.BEGIN_OBJECT) {
      return "";
    }
    JsonReader ahead = reader.peekJson();
    ahead.setFailOnUnknown(false);
    ahead.beginObject();
    while (ahead.hasNext()) {
      if (ahead.nextName().equals(name)) {
        return ahead.peek() == JsonReader.Token.STRING ? ahead.nextString() : "";
      }
      ahead.skipValue();
    }
    return "";
  }

  /** Reads a class that extends another, as that other. */
  static <T> T readAs(Class<T> type, JsonReader reader, JsonAdapter<?> adapter) throws IOException {
    Object value = adapter.fromJson(reader);
    if (!type.isInstance(value)) {
      throw new JsonDataException(
          "The discriminator names what is no " + type.getName() + " at path " + reader.getPath());
    }
    return type.cast(value);
  }

  /** Tells a reader that what is required must be there, although the schema is lenient. */
  enum Whole {
    IS_WANTED
  }

  /** What a union without discriminator was read as: the value and, if that leaves something out, all of the JSON. */
  static final class Fit {
    final Object value;
    final @Nullable Object json;

    Fit(Object value, @Nullable Object json) {
      this.value = value;
      this.json = json;
    }
  }

  /**
   * Reads the first alternative that fits without unknown fields and unknown values of enums; if there is none, the first
   * that has what it requires, and then the first that fits at all, and keeps the JSON beside it; if there is none, any JSON.
   */
  static Fit readFirstThatFits(JsonReader reader, JsonAdapter<?>... alternatives)
      throws IOException {
    boolean strict = reader.failOnUnknown();
    Object value = tryAll(reader, true, true, alternatives);
    if (value == null && strict) {
      throw new JsonDataException(
          "Expected one of the alternatives but was " + reader.peek() + " at path " + reader.getPath());
    }
    boolean whole = value != null;
    if (value == null) {
      value = tryAll(reader, false, true, alternatives);
    }
    if (value == null) {
      value = tryAll(reader, false, false, alternatives);
    }
    Object json = whole ? null : OBJECT.fromJson(reader.peekJson());
    if (value == null && json == null) {
      throw new JsonDataException("Expected a value but was NULL at path " + reader.getPath());
    }
    reader.setFailOnUnknown(false);
    reader.skipValue();
    reader.setFailOnUnknown(strict);
    return value == null ? new Fit(json, null) : new Fit(value, json);
  }

  private static @Nullable Object tryAll(
      JsonReader reader, boolean strict, boolean whole, JsonAdapter<?>[] alternatives)
      throws IOException {
    for (JsonAdapter<?> alternative : alternatives) {
      JsonReader ahead = reader.peekJson();
      ahead.setFailOnUnknown(strict);
      if (whole) {
        ahead.setTag(Whole.class, Whole.IS_WANTED);
      }
      if (mayFit(ahead.peek(), alternative)) {
        try {
          return alternative.fromJson(ahead);
        } catch (JsonDataException | JsonEncodingException doesNotFit) {
          // The next one may.
        }
      }
    }
    return null;
  }

  /** Text is not a number and a number no text here, although Moshi reads each as the other. */
  private static boolean mayFit(JsonReader.Token token, JsonAdapter<?> alternative) {
    if (alternative == STRING) {
      return token == JsonReader.Token.STRING;
    }
    return token != JsonReader.Token.STRING
        || (alternative != LONG
            && alternative != INTEGER
            && alternative != DOUBLE
            && alternative != FLOAT);
  }

  /** The reader before a text: Moshi reads numbers as texts, too, which no strict reader shall, as in the try of an alternative. */
  static JsonReader text(JsonReader reader) throws IOException {
    if (reader.failOnUnknown()) {
      failUnless(JsonReader.Token.STRING, reader);
    }
    return reader;
  }

  /** The reader before a number: Moshi reads texts as numbers, too. */
  static JsonReader number(JsonReader reader) throws IOException {
    if (reader.failOnUnknown()) {
      failUnless(JsonReader.Token.NUMBER, reader);
    }
    return reader;
  }

  private static void failUnless(JsonReader.Token expected, JsonReader reader) throws IOException {
    if (reader.peek() != expected) {
      throw new JsonDataException(
          "Expected " + expected + " but was " + reader.peek() + " at path " + reader.getPath());
    }
  }

  /** For enums: ends the try of an alternative that has no such value. */
  static void failIfStrict(JsonReader reader, JsonReader.Token token, boolean known)
      throws IOException {
    if (reader.failOnUnknown() && !(known && reader.peek() == token)) {
      throw new JsonDataException(
          "Expected a known " + token + " but was " + reader.peek() + " at path " + reader.getPath());
    }
  }

  /** The next value, or null. */
  static <T> @Nullable T readOrNull(JsonReader reader, JsonAdapter<T> adapter) throws IOException {
    return skipNull(reader) ? null : adapter.fromJson(reader);
  }

  /** Whether the next value is null, which is then read. */
  static boolean skipNull(JsonReader reader) throws IOException {
    if (reader.peek() != JsonReader.Token.NULL) {
      return false;
    }
    reader.nextNull();
    return true;
  }

  /** A boolean that the document has as 0 or 1; servers send either. */
  static boolean nextFlag(JsonReader reader) throws IOException {
    return reader.peek() == JsonReader.Token.BOOLEAN ? reader.nextBoolean() : reader.nextLong() != 0;
  }

  /**
   * Reads a text that is JSON itself, where nearly each word is between two escapes: the reader would make a string of each.
   */
  static String readEscaped(JsonReader reader) throws IOException {
    if (reader.peek() != JsonReader.Token.STRING) {
      return reader.nextString();
    }
    byte[] json;
    try (BufferedSource source = reader.nextSource()) {
      json = source.readByteArray();
    }
    if (json[0] != '"') {
      return rest(json, 0);
    }
    int length = 0;
    int i = 1;
    int end = json.length - 1;
    while (i < end) {
      byte b = json[i];
      if (b == '\\') {
        b = json[i + 1];
        if (b != '"' && b != '\\') {
          break;
        }
        i++;
      }
      json[length++] = b;
      i++;
    }
    String text = new String(json, 0, length, StandardCharsets.UTF_8);
    return i == end ? text : text + rest(json, i);
  }

  /** Leaves what is less usual to the reader. */
  private static String rest(byte[] json, int from) throws IOException {
    Buffer rest = new Buffer();
    if (from > 0) {
      rest.writeByte('"');
    }
    JsonReader reader = JsonReader.of(rest.write(json, from, json.length - from));
    reader.setLenient(true);
    return reader.nextString();
  }

  /** Reads a name and its value into a map, which is made for the first entry. */
  static <T extends @Nullable Object> Map<String, T> readEntry(
      JsonReader reader, JsonAdapter<T> values, @Nullable Map<String, T> map) throws IOException {
    Map<String, T> entries = map == null ? new LinkedHashMap<>() : map;
    entries.put(reader.nextName(), values.fromJson(reader));
    return entries;
  }

  /** Writes the entries of a map into the object that has been begun, nulls too. */
  static <T extends @Nullable Object> void writeEntries(
      JsonWriter writer, JsonAdapter<T> values, Map<String, T> map) throws IOException {
    for (Map.Entry<String, T> entry : map.entrySet()) {
      writer.name(entry.getKey());
      writeEvenNull(writer, values, entry.getValue());
    }
  }

  /** The map as nobody can change it; an empty one instead of none. */
  static <T extends @Nullable Object> Map<String, T> unmodifiable(@Nullable Map<String, T> map) {
    if (map == null || map.isEmpty()) {
      return Collections.emptyMap();
    }
    return map.getClass() == UNMODIFIABLE ? map : Collections.unmodifiableMap(map);
  }

  /** Writes a value, and null as the writer is set to write it. */
  static <T> void write(JsonWriter writer, JsonAdapter<T> adapter, @Nullable T value)
      throws IOException {
    if (value == null) {
      writer.nullValue();
    } else {
      adapter.toJson(writer, value);
    }
  }

  /** Writes a value, and null as writeNull does. */
  static <T> void writeEvenNull(JsonWriter writer, JsonAdapter<T> adapter, @Nullable T value)
      throws IOException {
    if (value == null) {
      writeNull(writer);
    } else {
      adapter.toJson(writer, value);
    }
  }

  /** Writes null, with its name, by a writer that leaves nulls out, too. */
  static void writeNull(JsonWriter writer) throws IOException {
    boolean serializeNulls = writer.getSerializeNulls();
    writer.setSerializeNulls(true);
    try {
      writer.nullValue();
    } finally {
      writer.setSerializeNulls(serializeNulls);
    }
  }

  static JsonDataException missing(String name, JsonReader reader) {
    return new JsonDataException(
        "Required value '" + name + "' missing at " + reader.getPath());
  }

  /** A copy that nobody can change. Whatever is neither a list nor a map is immutable already. */
  @SuppressWarnings("unchecked") // A list becomes a list and a map a map, of the same elements.
  static <T extends @Nullable Object> T copy(T value) {
    if (value instanceof List) {
      List<Object> list = new ArrayList<>(((List<?>) value).size());
      for (Object element : (List<?>) value) {
        list.add(copy(element));
      }
      return (T) Collections.unmodifiableList(list);
    }
    if (value instanceof Map) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
        map.put(entry.getKey(), copy(entry.getValue()));
      }
      return (T) Collections.unmodifiableMap(map);
    }
    return value;
  }

  /** The default of an array, which the document has as JSON. */
  static <T> List<T> parsed(JsonAdapter<List<T>> adapter, String json) {
    try {
      return adapter.fromJson(json);
    } catch (IOException | JsonDataException e) {
      throw new IllegalStateException("No value of its own schema is the default " + json, e);
    }
  }

  /** A value as it stands in a path, query or header: a number without an exponent. */
  static String plain(Object value) {
    return value instanceof BigDecimal || value instanceof Double
        ? new BigDecimal(value.toString()).toPlainString()
        : value.toString();
  }
}
