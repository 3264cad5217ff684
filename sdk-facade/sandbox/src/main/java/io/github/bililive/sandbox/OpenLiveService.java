package io.github.bililive.sandbox;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The four calls by identity code. After {@link RequestCheck} come, in this order: that there is no
 * access token and no query (4000), the body's shape (4000), the app_id (8002), and what the call
 * itself refuses: an identity code that is not valid (7007), a room that has no place left (7002 if
 * it has but one, else 7010), an id that is dead (7003), never was or was ended (7000), a batch
 * that is too large (7004) or has an id twice (7005).
 */
final class OpenLiveService {
  private static final String APP_ID = "app_id";
  private static final String CODE = "code";
  private static final String GAME_ID = "game_id";

  private final SandboxSettings settings;
  private final Connections connections;
  private final Grants grants;
  private final Supplier<List<String>> wssLinks;

  OpenLiveService(
      SandboxSettings settings,
      Connections connections,
      Grants grants,
      Supplier<List<String>> wssLinks) {
    this.settings = settings;
    this.connections = connections;
    this.grants = grants;
    this.wssLinks = wssLinks;
  }

  Answer answer(Incoming request, Endpoint endpoint) throws Refusal {
    HttpUrl url = request.url;
    if (request.arrival.headers().get("access-token") != null) {
      throw new Refusal(Code.BAD_PARAMETER, "the call has no access-token");
    }
    if (url == null || url.query() != null) {
      throw new Refusal(Code.BAD_PARAMETER, "the query must be empty: the fields go in the body");
    }
    return switch (endpoint) {
      case APP_START -> start(body(request, CODE));
      case APP_HEARTBEAT -> heartbeat(ids(request), request.agent());
      case APP_BATCH_HEARTBEAT -> batchHeartbeat(ids(request), request.agent());
      case APP_END -> end(text(body(request, GAME_ID), GAME_ID));
      default -> throw new IllegalStateException(endpoint + " is no call by identity code");
    };
  }

  private static List<String> ids(Incoming request) throws Refusal {
    if (request.connIds.problem() != null) {
      throw new Refusal(Code.BAD_PARAMETER, request.connIds.problem());
    }
    return request.connIds.ids();
  }

  /** Reads a body of the app_id, which must be this app's, and of one text. */
  private Map<?, ?> body(Incoming request, String name) throws Refusal {
    Map<?, ?> body = read(request.body);
    if (!body.keySet().equals(Set.of(APP_ID, name))) {
      throw new Refusal(
          Code.BAD_PARAMETER, "the body must be an object of " + APP_ID + " and " + name);
    }
    // Moshi reads each number as a double, which holds one of 13 digits as it is.
    if (!(body.get(APP_ID) instanceof Double appId)) {
      throw new Refusal(Code.BAD_PARAMETER, APP_ID + " must be a number");
    }
    text(body, name);
    if (appId != settings.appId()) {
      throw new Refusal(Code.PROJECT_NOT_PERMITTED, APP_ID + " is not this app's");
    }
    return body;
  }

  private static String text(Map<?, ?> body, String name) throws Refusal {
    if (body.get(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new Refusal(Code.BAD_PARAMETER, name + " must be a text that is not empty");
  }

  private static Map<?, ?> read(byte[] body) {
    try (JsonReader reader = JsonReader.of(new Buffer().write(body))) {
      Object value = reader.readJsonValue();
      boolean isWhole = reader.peek() == JsonReader.Token.END_DOCUMENT;
      return isWhole && value instanceof Map<?, ?> map ? map : Map.of();
    } catch (IOException | JsonDataException e) {
      return Map.of();
    }
  }

  /** Returns the game_id that an end names, if it can be read. */
  static List<String> gameId(byte[] body) {
    return read(body).get(GAME_ID) instanceof String id ? List.of(id) : List.of();
  }

  private Answer start(Map<?, ?> body) throws Refusal {
    Room room = grants.roomOfIdentityCode(text(body, CODE));
    if (room == null) {
      throw new Refusal(Code.IDENTITY_CODE, "the identity code is wrong, or was renewed");
    }
    if (settings.emptyGameIds()) {
      return Answer.success(started("", connections.startUnkept(room)));
    }
    Connection connection = connections.start(room, Door.IDENTITY_CODE);
    if (connection != null) {
      return Answer.success(started(connection.id, connection));
    }
    if (settings.sessionsPerRoom() == 1) {
      throw new Refusal(Code.ALREADY_RUNNING, "a session is running in the room already");
    }
    throw new Refusal(
        Code.TOO_MANY_CONNECTIONS,
        "the room has %d living sessions already".formatted(settings.sessionsPerRoom()));
  }

  private Answer.Data started(String gameId, Connection connection) {
    return writer -> {
      writer.beginObject();
      writer.name("game_info").beginObject().name(GAME_ID).value(gameId).endObject();
      StartData.writeSocket(writer, connection, wssLinks.get());
      writer.name("anchor_info");
      writeBroadcaster(writer, connection.room);
      writer.endObject();
    };
  }

  private static void writeBroadcaster(JsonWriter writer, Room room) throws IOException {
    writer.beginObject();
    writer.name("room_id").value(room.id);
    writer.name("uname").value("broadcaster of room " + room.id);
    writer.name("uface").value("https://i0.hdslb.example/bfs/face/sample.jpg");
    writer.name("uid").value(0);
    writer.name("open_id").value("sandbox-open-id-" + room.id);
    writer.name("union_id").value("");
    writer.endObject();
  }

  private Answer heartbeat(List<String> ids, @Nullable String agent) throws Refusal {
    if (!connections.beat(ids, Door.IDENTITY_CODE, agent).isEmpty()) {
      throw new Refusal(Code.CONNECTION_UNKNOWN, "game_id has expired or is unknown");
    }
    return Answer.success(Answer.EMPTY_OBJECT);
  }

  private Answer batchHeartbeat(List<String> ids, @Nullable String agent) throws Refusal {
    if (ids.size() > settings.batchLimit()) {
      throw new Refusal(
          Code.BATCH_TOO_LARGE,
          "game_ids holds %d ids; %d are allowed".formatted(ids.size(), settings.batchLimit()));
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw new Refusal(Code.BATCH_DUPLICATES, "game_ids holds an id twice");
    }
    return Platform.failed("failed_game_ids", connections.beat(ids, Door.IDENTITY_CODE, agent));
  }

  private Answer end(String gameId) throws Refusal {
    if (connections.end(gameId, Door.IDENTITY_CODE, SeenConnection.State.ENDED)) {
      return Answer.success(Answer.EMPTY_OBJECT);
    }
    @Nullable SeenConnection seen = connections.seen(gameId);
    if (seen != null && seen.state() == SeenConnection.State.EXPIRED) {
      throw new Refusal(Code.CONNECTION_UNKNOWN, "game_id has expired");
    }
    throw new Refusal(Code.NOT_RUNNING, "game_id is not running");
  }
}
