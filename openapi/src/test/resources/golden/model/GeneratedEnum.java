/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the models of enums share: a value, which may be none that the document lists. Immutable.
 *
 * @param <V> the type of the value
 */
public abstract class GeneratedEnum<V> {
  final V value;

  GeneratedEnum(V value) {
    this.value = value;
  }

  /**
   * The value as it is in JSON.
   *
   * @return the value in JSON
   */
  public final V getValue() {
    return this.value;
  }

  /** An object of a value that is no constant's. */
  abstract GeneratedEnum<V> with(V value);

  @Override
  public final boolean equals(@Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((GeneratedEnum<?>) other).value.equals(this.value);
  }

  @Override
  public final int hashCode() {
    return this.value.hashCode();
  }

  /** The value as it is in JSON. */
  @Override
  public final String toString() {
    return JsonValues.plain(this.value);
  }

  /** Reads and writes the values of an enum, without reflection. */
  static final class Adapter<V, E extends GeneratedEnum<V>> extends JsonAdapter<E> {
    final JsonAdapter<V> values;
    private final E[] constants;
    private final JsonReader.@Nullable Options texts;

    Adapter(JsonAdapter<V> values, E[] constants) {
      this.values = values;
      this.constants = constants;
      this.texts = values.equals(JsonValues.STRING) ? texts(constants) : null;
    }

    private static JsonReader.Options texts(GeneratedEnum<?>[] constants) {
      String[] texts = new String[constants.length];
      for (int i = 0; i < constants.length; i++) {
        texts[i] = constants[i].toString();
      }
      return JsonReader.Options.of(texts);
    }

    /** The constant of a value, or a new object. */
    E of(V value) {
      for (E constant : this.constants) {
        if (constant.value.equals(value)) {
          return constant;
        }
      }
      return create(value);
    }

    @SuppressWarnings("unchecked") // It is of the class of the constants, of which there is one.
    private E create(V value) {
      return (E) this.constants[0].with(value);
    }

    @Override
    public E fromJson(JsonReader reader) throws IOException {
      if (this.texts == null) {
        JsonValues.failIfStrict(reader, JsonReader.Token.NUMBER, true);
        return of(this.values.fromJson(reader));
      }
      int index = reader.selectString(this.texts);
      if (index >= 0) {
        return this.constants[index];
      }
      JsonValues.failIfStrict(reader, JsonReader.Token.STRING, false);
      return create(this.values.fromJson(reader));
    }

    @Override
    public void toJson(JsonWriter writer, @Nullable E value) throws IOException {
      if (value == null) {
        writer.nullValue();
      } else {
        this.values.toJson(writer, value.value);
      }
    }
  }
}
