/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the models of unions share. Immutable. */
public abstract class GeneratedUnion {
  final Object value;

  /** Where the value leaves something out of what was read: all of it, to be written again. */
  final @Nullable Object json;

  GeneratedUnion(Object value, @Nullable Object json) {
    this.value = value;
    this.json = json;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((GeneratedUnion) other).value.equals(this.value)
        && Objects.equals(((GeneratedUnion) other).json, this.json);
  }

  @Override
  public final int hashCode() {
    return this.value.hashCode();
  }

  /**
   * The value, as its own {@code toString} has it: Retrofit writes a union in a path, query or header
   * so. Not the JSON, which may hold what the models keep secret.
   */
  @Override
  public final String toString() {
    return JsonValues.plain(this.value);
  }

  /** Writes a union; how it is read is its own. */
  abstract static class Adapter<U extends GeneratedUnion> extends JsonAdapter<U> {
    @Override
    public final void toJson(JsonWriter writer, @Nullable U value) throws IOException {
      if (value == null) {
        throw new NullPointerException("value == null");
      }
      JsonValues.OBJECT.toJson(writer, value.json == null ? value.value : value.json);
    }
  }
}
