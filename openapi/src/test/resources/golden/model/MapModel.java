/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import java.math.*;
import java.util.*;
import org.jspecify.annotations.Nullable;


/** The schema <code>Map</code>. */
public final class MapModel {
  final String kind;

  MapModel(
      String kind) {

    this.kind = kind;
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
    Builder builder = new Builder();
    builder.kind = this.kind;
    return builder;
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
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (other == null || other.getClass() != MapModel.class) {
      return false;
    }
    MapModel that = (MapModel) other;
    return this.kind.equals(that.kind);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(this.kind);
  }

  @Override
  public String toString() {
    return "MapModel{"
        + "kind=" + this.kind
        + "}";
  }

  /** Builds a {@link MapModel}. Not for use by several threads at once. */
  public static final class Builder {
    @Nullable String kind;

    // Not private, or javac adds a class to reach it.
    Builder() {}

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
     * Builds the object. Lists and maps are copied.
     *
     * @return a new object, which never changes
     * @throws IllegalStateException if a required property has not been set
     */
    public MapModel build() {
      if (this.kind == null) {
        throw new IllegalStateException("MapModel needs kind: call kind(...) before build()");
      }

      return new MapModel(
          this.kind);

    }
  }
}

