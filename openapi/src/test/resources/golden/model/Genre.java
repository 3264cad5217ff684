/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

/**
 * The schema <code>Genre</code>. Not a Java enum: a value that is not listed here survives reading
 * and writing.
 */
public final class Genre extends GeneratedEnum<String> {
  /** The value <code>&quot;novel&quot;</code>. */
  public static final Genre NOVEL = new Genre("novel");

  /** The value <code>&quot;poetry&quot;</code>. */
  public static final Genre POETRY = new Genre("poetry");

  static final Adapter<String, Genre> ADAPTER =
      new Adapter<>(
          JsonValues.STRING,
          new Genre[] {
            NOVEL,
            POETRY,
          });

  private Genre(String value) {
    super(value);
  }

  /**
   * The constant with this value, or a new object if there is none.
   *
   * @param value the value in JSON
   * @return an object equal to any other of the same value
   */
  public static Genre of(String value) {
    return ADAPTER.of(value);
  }

  @Override
  Genre with(String value) {
    return new Genre(value);
  }
}
