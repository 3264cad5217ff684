package io.github.bililive.sandbox;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.UUID;
import okio.Buffer;

/** What a start is answered with: the id, the auth body and where to dial. */
final class StartData {
  /** Marks every auth body's key, so that a test can look for it where it must not be. */
  static final String KEY_PREFIX = "sandbox-auth-key-";

  private StartData() {}

  static Answer.Data of(Connection connection, List<String> wssLinks) {
    return writer -> {
      writer.beginObject();
      writer.name("conn_id").value(connection.id);
      writeSocket(writer, connection, wssLinks);
      writer.endObject();
    };
  }

  static void writeSocket(JsonWriter writer, Connection connection, List<String> wssLinks)
      throws IOException {
    writer.name("websocket_info").beginObject();
    writer.name("auth_body").value(connection.authBody.utf8());
    writer.name("wss_link").beginArray();
    for (String link : wssLinks) {
      writer.value(link);
    }
    writer.endArray();
    writer.endObject();
  }

  static String authBody(Room room) {
    Buffer buffer = new Buffer();
    try (JsonWriter writer = JsonWriter.of(buffer)) {
      writer.beginObject();
      writer.name("roomid").value(room.id);
      writer.name("protover").value(2);
      writer.name("key").value(KEY_PREFIX + UUID.randomUUID());
      writer.name("group").value("open");
      writer.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }
}
