package io.github.bililive.internal.packet;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The body of the auth reply: JSON with a {@code code}, of which the number counts. */
final class PacketAuthReply {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("code");

  private PacketAuthReply() {}

  /** Returns the code. The exception holds nothing of the body, so it has no cause. */
  static int code(byte[] bytes, int offset, int length) throws PacketException {
    Integer code;
    try {
      code = code(JsonReader.of(new Buffer().write(bytes, offset, length)));
    } catch (IOException | JsonDataException e) {
      throw new PacketException(
          "the answer to the auth body "
              + (length == 0 ? "is empty" : "is " + length + " bytes that are not its JSON"));
    }
    if (code == null) {
      throw new PacketException("the answer to the auth body has no code");
    }
    return code;
  }

  private static @Nullable Integer code(JsonReader reader) throws IOException {
    Integer code = null;
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.selectName(NAMES) < 0) {
        reader.skipName();
        reader.skipValue();
      } else if (reader.peek() == JsonReader.Token.NULL) {
        reader.skipValue();
      } else {
        code = reader.nextInt();
      }
    }
    reader.endObject();
    return code;
  }
}
