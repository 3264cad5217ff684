/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonQualifier;
import com.squareup.moshi.Moshi;
import java.lang.annotation.Annotation;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.ParameterizedType;
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

  /**
   * Marks a body or an answer that is no model, so that it is read and written like a property of
   * its
   * type. Moshi itself has no BigDecimal, leaves out what is null in a map, and makes a double of
   * each
   * number in free JSON.
   */
  @JsonQualifier
  @Retention(RetentionPolicy.RUNTIME)
  public @interface NotAModel {}

  @Override
  public @Nullable JsonAdapter<?> create(
      Type type,
      Set<? extends Annotation> annotations,
      Moshi moshi) {
    JsonAdapter<?> adapter = null;
    if (annotations.isEmpty()) {
      adapter = adapter(type);
    } else if (annotations.size() == 1 && annotations.iterator().next() instanceof NotAModel) {
      adapter = adapterOfValue(type);
    }
    return adapter == null ? null : adapter.nullSafe();
  }

  private static @Nullable JsonAdapter<?> adapterOfValue(
      Type type) {
    if (type instanceof ParameterizedType) {
      Type[] arguments =
          ((ParameterizedType) type).getActualTypeArguments();
      JsonAdapter<?> element = adapterOfValue(arguments[arguments.length - 1]);
      if (element == null) {
        return null;
      }
      JsonAdapter<?> nullable = element.nullSafe();
      return arguments.length == 1 ? JsonValues.list(nullable) : JsonValues.map(nullable);
    }
    JsonAdapter<?> value = JsonValues.adapter(type);
    return value == null ? adapter(type) : value;
  }

  /** The adapter of a model, or null if the type is none. */
  private static @Nullable JsonAdapter<?> adapter(
      Type type) {
    if (type == Book.class) {
      return Book.ADAPTER;
    }
    if (type == Genre.class) {
      return Genre.ADAPTER;
    }
    if (type == Item.class) {
      return Item.ADAPTER;
    }
    if (type == MapModel.class) {
      return MapModel.ADAPTER;
    }
    return null;
  }
}
