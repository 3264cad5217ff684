/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The schema <code>Book</code>: A book. */
public final class Book extends GeneratedModel {
  static final Adapter<Book> ADAPTER =
      new Adapter<>(
          new Builder(),
          "Book",
          "kind",
          "title",
          "pages",
          "published",
          "marks",
          "price",
          "copies",
          "genres");

  final String kind;
  final String title;
  final @Nullable Integer pages;
  final @Nullable String published;
  final @Nullable List<String> marks;
  final @Nullable BigDecimal price;
  final long copies;
  final @Nullable List<Genre> genres;
  final Map<String, String> additionalProperties;

  Book(Builder builder) {
    super(builder);
    this.kind = builder.kind;
    this.title = builder.title;
    this.pages = builder.pages;
    this.published = builder.published;
    this.marks = builder.marks;
    this.price = builder.price;
    this.copies = builder.copies;
    this.genres = builder.genres;
    this.additionalProperties = JsonValues.unmodifiable(builder.additionalProperties);
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
   * <p>A List although its elements are unique, since their order is part of the value. Each
   * element is a UUID as text, letter for letter as it was sent.
   *
   * @return its value, or null if it is null or absent
   */
  public @Nullable List<String> getMarks() {
    return this.marks;
  }

  /**
   * The property <code>price</code>.
   *
   * <p>It is a BigDecimal, which keeps all digits: it has no format.
   *
   * @return its value, or null if it is null or absent
   */
  public @Nullable BigDecimal getPrice() {
    return this.price;
  }

  /**
   * Tells null from absent.
   *
   * @return whether <code>price</code> is there, be it null
   */
  public boolean hasPrice() {
    return isPresent(5);
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
  public @Nullable List<Genre> getGenres() {
    return this.genres;
  }

  /**
   * The properties that have no getter of their own, in their order.
   *
   * @return their values by their names; a map that nobody can change
   */
  public Map<String, String> getAdditionalProperties() {
    return this.additionalProperties;
  }

  @Override
  Adapter<?> adapter() {
    return ADAPTER;
  }

  @Override
  @Nullable Object[] values() {
    return new @Nullable Object[] {
      this.kind,
      this.title,
      this.pages,
      this.published,
      this.marks,
      this.price,
      this.copies,
      this.genres,
      this.additionalProperties,
    };
  }

  @Override
  void write(JsonWriter writer) throws IOException {
    writer.name("kind").value(this.kind);
    writer.name("title").value(this.title);
    writer.name("pages").value(this.pages);
    writer.name("published").value(this.published);
    JsonValues.writeList(writer.name("marks"), JsonValues.STRING, this.marks);
    writeIfPresent(writer, 5, "price", JsonValues.NUMBER, this.price);
    if (isPresent(6)) {
      writer.name("copies").value(this.copies);
    }
    JsonValues.writeList(writer.name("genres"), Genre.ADAPTER, this.genres);
    JsonValues.writeEntries(writer, JsonValues.STRING, this.additionalProperties);
  }

  /** Builds a {@link Book}. Not for use by several threads at once. */
  public static final class Builder extends GeneratedModel.Builder {
    @Nullable String kind;
    @Nullable String title;
    @Nullable Integer pages;
    @Nullable String published;
    @Nullable List<String> marks;
    @Nullable BigDecimal price;
    long copies = 1L;
    @Nullable List<Genre> genres;
    @Nullable Map<String, String> additionalProperties;

    Builder() {}

    Builder(Book model) {
      super(model);
      this.kind = model.kind;
      this.title = model.title;
      this.pages = model.pages;
      this.published = model.published;
      this.marks = model.marks;
      this.price = model.price;
      this.copies = model.copies;
      this.genres = model.genres;
      this.additionalProperties = model.additionalProperties;
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
    public Builder marks(@Nullable List<String> marks) {
      this.marks = JsonValues.copy(marks);
      return this;
    }

    /**
     * Sets <code>price</code>.
     *
     * @param price the new value, or null, which is not the same as leaving it out
     * @return this builder
     */
    public Builder price(@Nullable BigDecimal price) {
      this.price = price;
      mark(5, true);
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
      mark(6, true);
      return this;
    }

    /**
     * Sets <code>genres</code>.
     *
     * @param genres the new value, or null to leave it out
     * @return this builder
     */
    public Builder genres(@Nullable List<Genre> genres) {
      this.genres = JsonValues.copy(genres);
      return this;
    }

    /**
     * Sets the properties that have no setter of their own.
     *
     * @param additionalProperties their values by their names
     * @return this builder
     */
    public Builder additionalProperties(Map<String, String> additionalProperties) {
      this.additionalProperties = JsonValues.copy(additionalProperties);
      return this;
    }

    /**
     * Builds the object.
     *
     * @return a new object, which never changes
     * @throws IllegalStateException if a required property has not been set
     */
    @Override
    public Book build() {
      check("Book", missing());
      return new Book(this);
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
        case 1:
          this.title = JsonValues.text(reader).nextString();
          break;
        case 2:
          this.pages = JsonValues.readOrNull(reader, JsonValues.INTEGER);
          break;
        case 3:
          this.published = JsonValues.readOrNull(reader, JsonValues.STRING);
          break;
        case 4:
          this.marks = JsonValues.skipNull(reader) ? null : JsonValues.readList(reader, JsonValues.STRING);
          break;
        case 5:
          this.price = JsonValues.readOrNull(reader, JsonValues.NUMBER);
          break;
        case 6:
          this.copies =
              JsonValues.skipNull(reader) ? 1L : JsonValues.number(reader).nextLong();
          break;
        case 7:
          this.genres = JsonValues.skipNull(reader) ? null : JsonValues.readList(reader, Genre.ADAPTER);
          break;
        default:
          break;
      }
    }

    @Override
    void readOther(JsonReader reader) throws IOException {
      this.additionalProperties =
          JsonValues.readEntry(reader, JsonValues.STRING, this.additionalProperties);
    }

    @Override
    @Nullable String missing() {
      if (this.kind == null) {
        return "kind";
      }
      if (this.title == null) {
        return "title";
      }
      return null;
    }
  }
}
