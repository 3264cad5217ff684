package io.github.bililive.sandbox;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The ids in a request's body, or the problem with its shape. */
record ConnIds(List<String> ids, @Nullable String problem) {
  private static final ConnIds NONE = new ConnIds(List.of(), null);

  static ConnIds read(@Nullable Endpoint endpoint, byte[] body) {
    if (endpoint == null) {
      return NONE;
    }
    return switch (endpoint) {
      case APP_HEARTBEAT -> readObject("game_id", body, ConnIds::readString);
      case APP_BATCH_HEARTBEAT -> readObject("game_ids", body, ConnIds::readArray);
      case APP_START -> NONE; // OpenLiveService reads this body and the next.
      case APP_END -> new ConnIds(OpenLiveService.gameId(body), null);
      case SOCKET, TOKEN, REFRESH_TOKEN, AUTHORISATION, MOBILE_AUTHORISATION -> NONE;
      case START, ACCOUNT_INFO, ACCOUNT_SCOPES, ROOM_INFO ->
          body.length == 0 ? NONE : bad("the body must be empty");
      case HEARTBEAT -> readObject("conn_id", body, ConnIds::readString);
      case BATCH_HEARTBEAT -> readObject("conn_ids", body, ConnIds::readArray);
    };
  }

  private interface Value {
    List<String> read(JsonReader reader) throws IOException;
  }

  private static ConnIds readObject(String name, byte[] body, Value value) {
    try (JsonReader reader = JsonReader.of(new Buffer().write(body))) {
      reader.beginObject();
      if (!reader.hasNext() || !reader.nextName().equals(name)) {
        return bad("the body must be an object with the one member " + name);
      }
      List<String> ids = value.read(reader);
      if (reader.hasNext()) {
        return bad("the body must hold " + name + " once and nothing else");
      }
      reader.endObject();
      if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
        return bad("the body goes on after its JSON value");
      }
      return new ConnIds(ids, ids.isEmpty() ? name + " is empty" : null);
    } catch (EOFException e) {
      return bad("the body ends before its JSON value does");
    } catch (IOException | JsonDataException e) {
      return bad("the body is not the JSON of this call: " + name + " is missing or malformed");
    }
  }

  private static List<String> readArray(JsonReader reader) throws IOException {
    List<String> ids = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      ids.addAll(readString(reader));
    }
    reader.endArray();
    return ids;
  }

  private static List<String> readString(JsonReader reader) throws IOException {
    // JsonReader would read a number as a string too.
    if (reader.peek() != JsonReader.Token.STRING) {
      throw new JsonDataException("an id is a string");
    }
    String id = reader.nextString();
    if (id.isEmpty()) {
      throw new JsonDataException("an id is not empty");
    }
    return List.of(id);
  }

  private static ConnIds bad(String problem) {
    return new ConnIds(List.of(), problem);
  }
}
