/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the models of objects share: all but their properties. Immutable. */
public abstract class GeneratedModel {
  /** Tells which of the first 64 properties are there, a bit each. */
  private final long presentBits;

  /** The same of the other properties, or null if none of them is there. */
  private final long @Nullable [] moreBits;

  GeneratedModel(Builder builder) {
    this.presentBits = builder.presentBits;
    this.moreBits = builder.moreBits == null ? null : builder.moreBits.clone();
  }

  /** Whether a property was set or read: the number is its place in the document, from 0 on. */
  final boolean isPresent(int property) {
    return isPresent(property, this.presentBits, this.moreBits);
  }

  private static boolean isPresent(int property, long bits, long @Nullable [] more) {
    int word = property / Long.SIZE - 1;
    if (word >= 0) {
      return more != null && word < more.length && (more[word] & 1L << property) != 0;
    }
    return (bits & 1L << property) != 0;
  }

  /** Writes a property that may be null, which is not the same as leaving it out. */
  final <T> void writeIfPresent(
      JsonWriter writer, int property, String name, JsonAdapter<T> adapter, @Nullable T value)
      throws IOException {
    if (isPresent(property) || writer.getSerializeNulls()) {
      JsonValues.writeEvenNull(writer.name(name), adapter, value);
    }
  }

  abstract Adapter<?> adapter();

  /** The properties in the order of the document, and then the other ones. */
  abstract @Nullable Object[] values();

  /** Whether nobody may see a property: the number is its place in the document, from 0 on. */
  boolean isSecret(int property) {
    return false;
  }

  /** Writes names and values into an object that has been begun. */
  abstract void write(JsonWriter writer) throws IOException;

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other
        || (other != null
            && other.getClass() == getClass()
            && Arrays.equals(values(), ((GeneratedModel) other).values()));
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(values());
  }

  /** The properties by their names in JSON; of a secret only whether there is one. */
  @Override
  public final String toString() {
    Adapter<?> adapter = adapter();
    String[] names = adapter.names;
    @Nullable Object[] values = values();
    StringBuilder text = new StringBuilder(adapter.model).append('{');
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ")
          .append(i < names.length ? names[i] : "additionalProperties")
          .append('=')
          .append(shown(i, values[i]));
    }
    return text.append('}').toString();
  }

  /** A value as anybody may see it. */
  @Nullable Object shown(int property, @Nullable Object value) {
    return value != null && isSecret(property) ? "██" : value;
  }

  /** What the builders share. A reader fills one, too. */
  public abstract static class Builder {
    private long presentBits;
    private long @Nullable [] moreBits;

    Builder() {}

    Builder(GeneratedModel model) {
      this.presentBits = model.presentBits;
      this.moreBits = model.moreBits == null ? null : model.moreBits.clone();
    }

    // No method here has one argument, or a property of its name and type would have the same setter.

    /** Notes whether a property is there. */
    final void mark(int property, boolean present) {
      int word = property / Long.SIZE - 1;
      if (word < 0) {
        this.presentBits = marked(this.presentBits, property, present);
        return;
      }
      long[] more = this.moreBits == null ? new long[word + 1] : this.moreBits;
      if (word >= more.length) {
        more = Arrays.copyOf(more, word + 1);
      }
      more[word] = marked(more[word], property, present);
      this.moreBits = more;
    }

    private static long marked(long bits, int property, boolean present) {
      return present ? bits | 1L << property : bits & ~(1L << property);
    }

    static boolean isPresent(Builder builder, int property) {
      return GeneratedModel.isPresent(property, builder.presentBits, builder.moreBits);
    }

    /** An empty builder of the same class. */
    abstract Builder create();

    abstract GeneratedModel build();

    /** Reads the value of a property: the number is its place in the document, from 0 on. */
    abstract void read(int property, JsonReader reader) throws IOException;

    /** Reads the value of a property and notes that it is there. */
    void read(int property, JsonReader reader, String name) throws IOException {
      read(property, reader);
      mark(property, true);
    }

    /** Reads the name and the value of a property that the document does not name. */
    void readOther(JsonReader reader) throws IOException {
      reader.skipName();
      reader.skipValue();
    }

    /** The name in JSON of a required property that is not set, or null. */
    @Nullable String missing() {
      return null;
    }

    /** Whether a reader does without what is required. */
    boolean isContent(JsonReader reader, String missing) {
      return false;
    }

    static void check(String model, @Nullable String missing) {
      if (missing != null) {
        throw new IllegalStateException(
            model + " needs " + missing + ": set it before build()");
      }
    }
  }

  /** Reads and writes models of a class, without reflection. */
  static class Adapter<M extends GeneratedModel> extends JsonAdapter<M> {
    /** The name of the class, which a shrinker does not change. */
    final String model;

    final String[] names;
    private final JsonReader.Options options;
    private final Builder empty;

    Adapter(Builder empty, String model, String... names) {
      this.empty = empty;
      this.model = model;
      this.names = names;
      this.options = JsonReader.Options.of(names);
    }

    @Override
    @SuppressWarnings("unchecked") // The builder is that of the model.
    public M fromJson(JsonReader reader) throws IOException {
      Builder builder = this.empty.create();
      reader.beginObject();
      while (reader.hasNext()) {
        int property = reader.selectName(this.options);
        if (property < 0) {
          builder.readOther(reader);
        } else {
          builder.read(property, reader, this.names[property]);
        }
      }
      reader.endObject();
      String missing = builder.missing();
      if (missing != null && !builder.isContent(reader, missing)) {
        throw JsonValues.missing(missing, reader);
      }
      return (M) builder.build();
    }

    @Override
    public void toJson(JsonWriter writer, @Nullable M value) throws IOException {
      if (value == null) {
        throw new NullPointerException("value == null");
      }
      writer.beginObject();
      value.write(writer);
      writer.endObject();
    }
  }
}
