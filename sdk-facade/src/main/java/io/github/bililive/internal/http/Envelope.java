package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The frame that every answer of the platform has, read without its data: so a refusal is
 * understood whatever its data looks like, also under an HTTP error's status.
 */
final class Envelope {
  private static final JsonReader.Options NAMES =
      JsonReader.Options.of("code", "message", "request_id");

  final int code;
  final String message;
  final @Nullable String requestId;

  private Envelope(int code, String message, @Nullable String requestId) {
    this.code = code;
    this.message = message;
    this.requestId = requestId;
  }

  /** Reads an answer's text; throws if it is no JSON, or has no {@code code}. */
  static Envelope read(String text) throws IOException {
    JsonReader reader = JsonReader.of(new Buffer().writeUtf8(text));
    Integer code = null;
    String message = null;
    String requestId = null;
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(NAMES)) {
        case 0:
          code = reader.nextInt();
          break;
        case 1:
          message = nullableString(reader);
          break;
        case 2:
          requestId = nullableString(reader);
          break;
        default:
          reader.skipName();
          reader.skipValue();
      }
    }
    reader.endObject();
    if (code == null) {
      throw new JsonDataException("Required value 'code' missing at $");
    }
    return new Envelope(code, message == null ? "" : message, requestId);
  }

  private static @Nullable String nullableString(JsonReader reader) throws IOException {
    return reader.peek() == JsonReader.Token.NULL ? reader.nextNull() : reader.nextString();
  }
}
