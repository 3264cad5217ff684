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

  static void read(byte[] bytes, int offset, int length, PacketSink sink) {
    Integer code;
    try {
      code = code(JsonReader.of(new Buffer().write(bytes, offset, length)));
    } catch (IOException | JsonDataException e) {
      sink.authReplyUnreadable(
          length == 0 ? "its body is empty" : "its body of " + length + " bytes is not its JSON");
      return;
    }
    if (code == null) {
      sink.authReplyUnreadable("its JSON has no code");
    } else {
      sink.authReply(code);
    }
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
