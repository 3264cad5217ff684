/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */

package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives Moshi the adapters of all models in this package. Thread-safe.
 *
 * <pre>{@code
 * Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
 * }</pre>
 */
public final class GeneratedJsonAdapterFactory implements JsonAdapter.Factory {
  /** The only instance: there is nothing to configure. */
  public static final GeneratedJsonAdapterFactory INSTANCE = new GeneratedJsonAdapterFactory();

  private GeneratedJsonAdapterFactory() {}

  @Override
  public @Nullable JsonAdapter<?> create(
      Type type, Set<? extends Annotation> annotations, Moshi moshi) {
    if (!annotations.isEmpty()) {
      return null;
    }
    JsonAdapter<?> adapter = adapter(type);
    return adapter == null ? null : adapter.nullSafe();
  }

  /** The adapter of a model, or null if the type is none. */
  static @Nullable JsonAdapter<?> adapter(Type type) {
    if (type == Book.class) {
      return BookJsonAdapter.INSTANCE;
    }
    if (type == Genre.class) {
      return GenreJsonAdapter.INSTANCE;
    }
    if (type == Item.class) {
      return ItemJsonAdapter.INSTANCE;
    }
    if (type == Map.class) {
      return MapJsonAdapter.INSTANCE;
    }
    return null;
  }
}
