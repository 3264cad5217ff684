package io.github.bililive.sandbox;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import okio.Buffer;

/** What the platform decided on a request: the envelope without its {@code request_id}. */
record Answer(int code, String message, Data data) {
  static final Data NULL = JsonWriter::nullValue;
  static final Data EMPTY_OBJECT = writer -> writer.beginObject().endObject();

  /** Writes the envelope's {@code data}. */
  @FunctionalInterface
  interface Data {
    void writeTo(JsonWriter writer) throws IOException;
  }

  static Answer success(Data data) {
    return new Answer(Code.SUCCESS, "0", data);
  }

  Answer withData(Data other) {
    return new Answer(code, message, other);
  }

  String toJson(String requestId) {
    Buffer buffer = new Buffer();
    try (JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setSerializeNulls(true);
      writer.beginObject();
      writer.name("code").value(code);
      writer.name("message").value(message);
      writer.name("request_id").value(requestId);
      writer.name("ttl").value(1);
      writer.name("data");
      data.writeTo(writer);
      writer.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }
}
