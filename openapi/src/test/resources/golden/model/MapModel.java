/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The schema <code>Map</code>. */
public final class MapModel extends GeneratedModel {
  static final Adapter<MapModel> ADAPTER =
      new Adapter<>(
          new Builder(),
          "MapModel",
          "kind");

  final String kind;

  MapModel(Builder builder) {
    super(builder);
    this.kind = builder.kind;
  }

  /**
   * Starts an empty builder.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Starts a builder that holds the values of this object.
   *
   * @return a new builder
   */
  public Builder newBuilder() {
    return new Builder(this);
  }

  /**
   * The property <code>kind</code>.
   *
   * @return its value
   */
  public String getKind() {
    return this.kind;
  }

  @Override
  Adapter<?> adapter() {
    return ADAPTER;
  }

  @Override
  @Nullable Object[] values() {
    return new @Nullable Object[] {
      this.kind,
    };
  }

  @Override
  void write(JsonWriter writer) throws IOException {
    writer.name("kind").value(this.kind);
  }

  /** Builds a {@link MapModel}. Not for use by several threads at once. */
  public static final class Builder extends GeneratedModel.Builder {
    @Nullable String kind;

    Builder() {}

    Builder(MapModel model) {
      super(model);
      this.kind = model.kind;
    }

    /**
     * Sets <code>kind</code>, which is required.
     *
     * @param kind the new value
     * @return this builder
     */
    public Builder kind(String kind) {
      this.kind = kind;
      return this;
    }

    /**
     * Builds the object.
     *
     * @return a new object, which never changes
     * @throws IllegalStateException if a required property has not been set
     */
    @Override
    public MapModel build() {
      check("MapModel", missing());
      return new MapModel(this);
    }

    @Override
    GeneratedModel.Builder create() {
      return new Builder();
    }

    @Override
    void read(int property, JsonReader reader) throws IOException {
      switch (property) {
        case 0:
          this.kind = JsonValues.text(reader).nextString();
          break;
        default:
          break;
      }
    }

    @Override
    @Nullable String missing() {
      if (this.kind == null) {
        return "kind";
      }
      return null;
    }
  }
}
