/*
 * Generated from the OpenAPI document "Golden", version 1.
 * Do not edit: change the document or the templates beside it, and build again.
 */
package golden.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.math.*;
import org.jspecify.annotations.Nullable;

/** Reads and writes {@link Book}, without reflection. */
final class BookJsonAdapter extends JsonAdapter<Book> {
  // First of all, since adapters that refer to each other find it while they are made.
  static final BookJsonAdapter INSTANCE = new BookJsonAdapter();


  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "kind",
          "title",
          "pages",
          "published",
          "marks",
          "price",
          "copies",
          "genres");

  private BookJsonAdapter() {}

  @Override
  public Book fromJson(JsonReader reader) throws IOException {

    String kindValue = null;

    String titleValue = null;
    Integer pagesValue = null;
    String publishedValue = null;
    java.util.List<String> marksValue = null;
    java.math.BigDecimal priceValue = null;
    boolean priceFound = false;
    long copiesValue = 1L;
    java.util.List<Genre> genresValue = null;
    java.util.@Nullable Map<String, String> additionalPropertiesValue = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (1 + reader.selectName(NAMES)) {
        case 1:

          kindValue = JsonValues.text(reader).nextString();
          break;
        case 2:

          titleValue = JsonValues.text(reader).nextString();
          break;
        case 3:
          pagesValue = JsonValues.skipNull(reader) ? null : JsonValues.number(reader).nextInt();
          break;
        case 4:
          publishedValue = JsonValues.skipNull(reader) ? null : JsonValues.STRING.fromJson(reader);
          break;
        case 5:
          marksValue = JsonValues.skipNull(reader) ? null : JsonValues.readList(reader, JsonValues.STRING);
          break;
        case 6:
          priceValue = JsonValues.skipNull(reader) ? null : JsonValues.NUMBER.fromJson(reader);
          priceFound = true;
          break;
        case 7:
          copiesValue = JsonValues.nextLong(reader, 1L);
          break;
        case 8:
          genresValue = JsonValues.skipNull(reader) ? null : JsonValues.readList(reader, GenreJsonAdapter.INSTANCE);
          break;
        default:
          additionalPropertiesValue = JsonValues.readEntry(reader, JsonValues.STRING, additionalPropertiesValue);
      }
    }
    reader.endObject();
    if (kindValue == null) {
      throw JsonValues.missing("kind", reader);
    }
    if (titleValue == null) {
      throw JsonValues.missing("title", reader);
    }

    return new Book(
        kindValue,
        titleValue,
        pagesValue,
        publishedValue,
        marksValue,
        priceValue, priceFound,
        copiesValue,
        genresValue,
        JsonValues.unmodifiable(additionalPropertiesValue));

  }

  @Override
  public void toJson(JsonWriter writer, @Nullable Book value) throws IOException {
    if (value == null) {
      throw new NullPointerException("value == null");
    }
    writer.beginObject();
    writer.name("kind");
    writer.value(value.kind);
    writer.name("title");
    writer.value(value.title);
    writer.name("pages");
    if (value.pages == null) {
      writer.nullValue();
    } else {
      writer.value(value.pages);
    }
    writer.name("published");
    if (value.published == null) {
      writer.nullValue();
    } else {
      JsonValues.STRING.toJson(writer, value.published);
    }
    writer.name("marks");
    if (value.marks == null) {
      writer.nullValue();
    } else {
      JsonValues.writeList(writer, JsonValues.STRING, value.marks);
    }
    if (value.pricePresent || writer.getSerializeNulls()) {
      writer.name("price");
      if (value.price == null) {
        JsonValues.writeNull(writer);
      } else {
        JsonValues.NUMBER.toJson(writer, value.price);
      }
    }
    writer.name("copies");
    writer.value(value.copies);
    writer.name("genres");
    if (value.genres == null) {
      writer.nullValue();
    } else {
      JsonValues.writeList(writer, GenreJsonAdapter.INSTANCE, value.genres);
    }
    JsonValues.writeEntries(writer, JsonValues.STRING, value.additionalProperties);
    writer.endObject();
  }


  @Override
  public String toString() {
    return "GeneratedJsonAdapter(Book)";
  }
}
