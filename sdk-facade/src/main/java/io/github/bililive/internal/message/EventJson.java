package io.github.bililive.internal.message;

import com.squareup.moshi.JsonReader;
import java.io.IOException;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object after another, each by itself, through one reader of Moshi's: a new one for each
 * would be half of what reading a message leaves to the garbage collector. Owned by one {@link
 * EventReader}.
 */
final class EventJson {
  private static final JsonReader.Options DATA = JsonReader.Options.of("data");
  private static final JsonReader.Options MSG_ID = JsonReader.Options.of("msg_id");

  private final Buffer buffer = new Buffer();

  /** Null before the first object, and after one that was not read to its end. */
  private @Nullable JsonReader reader;

  /** Begins a text. Returns a reader that is before its object; {@link #close} must follow. */
  JsonReader open(byte[] bytes, int offset, int length) throws IOException {
    buffer.write(bytes, offset, length);
    JsonReader again = reader;
    if (again == null || length == 0 || bytes[offset] != '{') {
      reader = JsonReader.of(buffer);
      return reader;
    }
    // One text behind another takes a lenient reader: no longer than for the brace just seen.
    again.setLenient(true);
    JsonReader.Token first = again.peek();
    again.setLenient(false);
    if (first != JsonReader.Token.BEGIN_OBJECT) {
      throw new IOException("the text before was not closed");
    }
    return again;
  }

  /**
   * Ends the text, of which the object has been read.
   *
   * @throws IOException if it goes on
   */
  void close() throws IOException {
    while (!buffer.exhausted()) {
      int next = buffer.readByte();
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        throw new IOException("it goes on behind its end");
      }
    }
  }

  /** Forgets a text that was not read to its end. */
  void reset() {
    buffer.clear();
    reader = null;
  }

  /** Finds the {@code msg_id} in the data of a text that has no model; empty if there is none. */
  String msgId(byte[] bytes, int offset, int length) {
    try {
      JsonReader reader = open(bytes, offset, length);
      return find(reader, DATA) && find(reader, MSG_ID) ? reader.nextString() : "";
    } catch (IOException | RuntimeException e) {
      return ""; // The text breaks off, or its data is no object.
    } finally {
      reset();
    }
  }

  /** Goes to the value of the first such name in the object that comes next. */
  private static boolean find(JsonReader reader, JsonReader.Options name) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.selectName(name) == 0) {
        return true;
      }
      reader.skipName();
      reader.skipValue();
    }
    return false;
  }
}
