/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import java.math.*;
import java.util.*;
import org.jspecify.annotations.Nullable;


/** The schema <code>Book</code>: A book. */
public final class Book {
  final String kind;
  final String title;
  final @Nullable Integer pages;
  final @Nullable String published;
  final java.util.@Nullable List<String> marks;
  final java.math.@Nullable BigDecimal price;
  final boolean pricePresent;
  final long copies;
  final java.util.@Nullable List<Genre> genres;
  final java.util.Map<String, String> additionalProperties;

  Book(
      String kind,
      String title,
      @Nullable Integer pages,
      @Nullable String published,
      java.util.@Nullable List<String> marks,
      java.math.@Nullable BigDecimal price, boolean pricePresent,
      long copies,
      java.util.@Nullable List<Genre> genres,
      java.util.Map<String, String> additionalProperties) {

    this.kind = kind;
    this.title = title;
    this.pages = pages;
    this.published = published;
    this.marks = marks;
    this.price = price;
    this.pricePresent = pricePresent;
    this.copies = copies;
    this.genres = genres;
    this.additionalProperties = additionalProperties;
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
    builder.title = this.title;
    builder.pages = this.pages;
    builder.published = this.published;
    builder.marks = this.marks;
    builder.price = this.price;
    builder.pricePresent = this.pricePresent;
    builder.copies = this.copies;
    builder.genres = this.genres;
    builder.additionalProperties = this.additionalProperties;
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

  /**
   * The property <code>title</code>: Its title.
   *
   * @return its value
   */
  public String getTitle() {
    return this.title;
  }

  /**
   * The property <code>pages</code>.
   *
   * <p>It is an int, as its format int32 says.
   *
   * @return its value, or null if it is null or absent
   */
  public @Nullable Integer getPages() {
    return this.pages;
  }

  /**
   * The property <code>published</code>.
   *
   * <p>It is an ISO 8601 date as text: Android 21 has no java.time.
   *
   * @return its value, or null if it is null or absent
   */
  public @Nullable String getPublished() {
    return this.published;
  }

  /**
   * The property <code>marks</code>.

   *
   * <p>A List although its elements are unique, since their order is part of the value.
   *
   * <p>Each element is a UUID as text, letter for letter as it was sent.
   *
   * @return its value, or null if it is null or absent
   */
  public java.util.@Nullable List<String> getMarks() {
    return this.marks;
  }

  /**
   * The property <code>price</code>.
   *
   * <p>It is a BigDecimal, which keeps all digits: it has no format.
   *
   * @return its value, or null if it is null or absent
   */
  public java.math.@Nullable BigDecimal getPrice() {
    return this.price;
  }

  /**
   * Tells null from absent.
   *
   * @return whether <code>price</code> is there, be it null
   */
  public boolean hasPrice() {
    return this.pricePresent;
  }

  /**
   * The property <code>copies</code>.
   *
   * <p>It is a long, as its format int64 says.
   *
   * @return its value, or <code>1L</code> if it is null or absent
   */
  public long getCopies() {
    return this.copies;
  }

  /**
   * The property <code>genres</code>.
   *
   * @return its value, or null if it is null or absent
   */
  public java.util.@Nullable List<Genre> getGenres() {
    return this.genres;
  }
  /**
   * The properties that have no getter of their own, in their order.
   *
   * @return their values by their names; a map that nobody can change
   */
  public java.util.Map<String, String> getAdditionalProperties() {
    return this.additionalProperties;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (this == other) {
      return true;
    }
    if (other == null || other.getClass() != Book.class) {
      return false;
    }
    Book that = (Book) other;
    return this.kind.equals(that.kind)
        && this.title.equals(that.title)
        && java.util.Objects.equals(this.pages, that.pages)
        && java.util.Objects.equals(this.published, that.published)
        && java.util.Objects.equals(this.marks, that.marks)
        && java.util.Objects.equals(this.price, that.price) && this.pricePresent == that.pricePresent
        && this.copies == that.copies
        && java.util.Objects.equals(this.genres, that.genres)
        && this.additionalProperties.equals(that.additionalProperties);
  }

  @Override
  public int hashCode() {
    return java.util.Objects.hash(this.kind, this.title, this.pages, this.published, this.marks, this.price, this.copies, this.genres, this.additionalProperties);
  }

  @Override
  public String toString() {
    return "Book{"
        + "kind=" + this.kind
        + ", title=" + this.title
        + ", pages=" + this.pages
        + ", published=" + this.published
        + ", marks=" + this.marks
        + ", price=" + this.price
        + ", copies=" + this.copies
        + ", genres=" + this.genres
        + ", "
        + "additionalProperties=" + this.additionalProperties
        + "}";
  }

  /** Builds a {@link Book}. Not for use by several threads at once. */
  public static final class Builder {
    @Nullable String kind;
    @Nullable String title;
    @Nullable Integer pages;
    @Nullable String published;
    java.util.@Nullable List<String> marks;
    java.math.@Nullable BigDecimal price;
    boolean pricePresent;
    long copies = 1L;
    java.util.@Nullable List<Genre> genres;
    java.util.Map<String, String> additionalProperties = java.util.Collections.emptyMap();

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
     * Sets <code>title</code>, which is required. Its title.
     *
     * @param title the new value
     * @return this builder
     */
    public Builder title(String title) {
      this.title = title;
      return this;
    }

    /**
     * Sets <code>pages</code>.
     *
     * @param pages the new value, or null to leave it out
     * @return this builder
     */
    public Builder pages(@Nullable Integer pages) {
      this.pages = pages;
      return this;
    }

    /**
     * Sets <code>published</code>.
     *
     * @param published the new value, or null to leave it out
     * @return this builder
     */
    public Builder published(@Nullable String published) {
      this.published = published;
      return this;
    }

    /**
     * Sets <code>marks</code>.
     *
     * @param marks the new value, or null to leave it out
     * @return this builder
     */
    public Builder marks(java.util.@Nullable List<String> marks) {
      this.marks = marks;
      return this;
    }

    /**
     * Sets <code>price</code>.
     *
     * @param price the new value, or null, which is not the same as leaving it out
     * @return this builder
     */
    public Builder price(java.math.@Nullable BigDecimal price) {
      this.price = price;
      this.pricePresent = true;
      return this;
    }

    /**
     * Sets <code>copies</code>.
     *
     * @param copies the new value
     * @return this builder
     */
    public Builder copies(long copies) {
      this.copies = copies;
      return this;
    }

    /**
     * Sets <code>genres</code>.
     *
     * @param genres the new value, or null to leave it out
     * @return this builder
     */
    public Builder genres(java.util.@Nullable List<Genre> genres) {
      this.genres = genres;
      return this;
    }
    /**
     * Sets the properties that have no setter of their own.
     *
     * @param additionalProperties their values by their names
     * @return this builder
     */
    public Builder additionalProperties(java.util.Map<String, String> additionalProperties) {
      this.additionalProperties = additionalProperties;
      return this;
    }

    /**
     * Builds the object. Lists and maps are copied.
     *
     * @return a new object, which never changes
     * @throws IllegalStateException if a required property has not been set
     */
    public Book build() {
      if (this.kind == null) {
        throw new IllegalStateException("Book needs kind: call kind(...) before build()");
      }

      if (this.title == null) {
        throw new IllegalStateException("Book needs title: call title(...) before build()");
      }

      return new Book(
          this.kind,
          this.title,
          this.pages,
          this.published,
          JsonValues.copy(this.marks),
          this.price, this.pricePresent,
          this.copies,
          JsonValues.copy(this.genres),
          JsonValues.copy(this.additionalProperties));

    }
  }
}

