package io.github.bililive.sandbox;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The calls about a token: whose it is, what it may do, and which room it opens. Every token here
 * has both scopes, and the app the permission for room info.
 */
final class AccountService {
  private final Grants grants;

  AccountService(Grants grants) {
    this.grants = grants;
  }

  Answer info(String accessToken) throws Refusal {
    Room room = room(grants.roomOf(accessToken));
    return Answer.success(
        writer -> {
          writer.beginObject();
          writer.name("name").value("sandbox broadcaster " + room.id);
          writer.name("face").value("https://i0.hdslb.com/bfs/face/sandbox.jpg");
          writer.name("openid").value(openId(room));
          writer.endObject();
        });
  }

  Answer scopes(String accessToken) throws Refusal {
    Room room = room(grants.roomOf(accessToken));
    return Answer.success(
        writer -> {
          writer.beginObject();
          writer.name("openid").value(openId(room));
          writeScopes(writer);
          writer.endObject();
        });
  }

  Answer roomInfo(String accessToken) throws Refusal {
    Room room = room(grants.roomOf(accessToken));
    return Answer.success(
        writer -> {
          writer.beginObject();
          writer.name("open_id").value(openId(room));
          writer.name("room_id").value(room.id);
          writer.name("title").value("sandbox room " + room.id);
          writer.name("is_streaming").value(true);
          writer.name("is_banned").value(false);
          writer.endObject();
        });
  }

  static void writeScopes(JsonWriter writer) throws IOException {
    writer.name("scopes").beginArray().value("USER_INFO").value("LIVE_ROOM_DATA").endArray();
  }

  private static Room room(@Nullable Room room) throws Refusal {
    if (room == null) { // Revoked since it was checked.
      throw new Refusal(Code.TOKEN_INVALID, "access-token is invalid");
    }
    return room;
  }

  private static String openId(Room room) {
    return "sandbox-open-id-" + room.id;
  }
}
