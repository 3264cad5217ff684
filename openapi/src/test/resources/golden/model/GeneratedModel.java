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
  /** Tells which of the properties that need not be there are there, a bit each. */
  final int presentBits;

  GeneratedModel(Builder builder) {
    this.presentBits = builder.presentBits;
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
    String[] names = adapter().names;
    @Nullable Object[] values = values();
    StringBuilder text = new StringBuilder(getClass().getSimpleName()).append('{');
    for (int i = 0; i < values.length; i++) {
      text.append(i == 0 ? "" : ", ")
          .append(i < names.length ? names[i] : "additionalProperties")
          .append('=')
          .append(isSecret(i) && values[i] != null ? "██" : values[i]);
    }
    return text.append('}').toString();
  }

  /** What the builders share. A reader fills one, too. */
  public abstract static class Builder {
    int presentBits;

    Builder() {}

    Builder(GeneratedModel model) {
      this.presentBits = model.presentBits;
    }

    /** An empty builder of the same class. */
    abstract Builder create();

    abstract GeneratedModel build();

    /** Reads the value of a property: the number is its place in the document, from 0 on. */
    abstract void read(int property, JsonReader reader) throws IOException;

    /** Reads the name and the value of a property that the document does not name. */
    void readOther(JsonReader reader) throws IOException {
      reader.skipName();
      reader.skipValue();
    }

    /** The name in JSON of a required property that is not set, or null. */
    @Nullable String missing() {
      return null;
    }

    final void check(String model) {
      String missing = missing();
      if (missing != null) {
        throw new IllegalStateException(
            model + " needs " + missing + ": set it before build()");
      }
    }
  }

  /** Reads and writes models of a class, without reflection. */
  static class Adapter<M extends GeneratedModel> extends JsonAdapter<M> {
    final String[] names;
    private final JsonReader.Options options;
    private final Builder empty;

    Adapter(Builder empty, String... names) {
      this.empty = empty;
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
          builder.read(property, reader);
        }
      }
      reader.endObject();
      String missing = builder.missing();
      if (missing != null) {
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
