package io.github.bililive.generated.model;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How fast an adapter on Moshi's reader can be at all: each reads one text of {@link
 * io.github.bililive.generated.AdapterBenchmark}, whose order it knows, and makes the same models
 * as the generated adapter, by the fewest calls of {@link JsonReader} that do it. It takes nothing
 * into account that the text does not hold: no null, no name that is new, missing or elsewhere.
 *
 * <p>One kind looks each name up, as whoever does not know the order must; the other skips them.
 */
public abstract class BoundAdapters extends JsonAdapter<Object> {
  private final boolean looksUp;

  BoundAdapters(boolean looksUp) {
    this.looksUp = looksUp;
  }

  /** For the answer to start. */
  public static JsonAdapter<Object> start(boolean looksUp) {
    return new Start(looksUp);
  }

  /** For a danmaku event. */
  public static JsonAdapter<Object> danmaku(boolean looksUp) {
    return new Message(looksUp);
  }

  /** For the body of a heartbeat. */
  public static JsonAdapter<Object> batch(boolean looksUp) {
    return new Batch(looksUp);
  }

  final JsonReader name(JsonReader reader, JsonReader.Options names) throws IOException {
    if (!looksUp) {
      reader.skipName();
    } else if (!reader.hasNext() || reader.selectName(names) < 0) {
      throw new AssertionError("Another text.");
    }
    return reader;
  }

  static List<String> list(JsonReader reader, int size) throws IOException {
    List<String> list = new ArrayList<>(size);
    reader.beginArray();
    while (reader.hasNext()) {
      list.add(reader.nextString());
    }
    reader.endArray();
    return Collections.unmodifiableList(list);
  }

  @Override
  public void toJson(JsonWriter writer, Object value) {
    throw new UnsupportedOperationException();
  }

  private static final class Start extends BoundAdapters {
    private static final JsonReader.Options ANSWER =
        JsonReader.Options.of("code", "message", "request_id", "ttl", "data");
    private static final JsonReader.Options DATA =
        JsonReader.Options.of("conn_id", "websocket_info");
    private static final JsonReader.Options SOCKET = JsonReader.Options.of("auth_body", "wss_link");

    Start(boolean looksUp) {
      super(looksUp);
    }

    @Override
    public Object fromJson(JsonReader reader) throws IOException {
      reader.beginObject();
      int code = name(reader, ANSWER).nextInt();
      String message = name(reader, ANSWER).nextString();
      String requestId = name(reader, ANSWER).nextString();
      int ttl = name(reader, ANSWER).nextInt();
      StartData data = data(name(reader, ANSWER));
      reader.endObject();
      return StartResponse.builder()
          .code(code)
          .message(message)
          .requestId(requestId)
          .ttl(ttl)
          .data(data)
          .build();
    }

    private StartData data(JsonReader reader) throws IOException {
      reader.beginObject();
      String connId = name(reader, DATA).nextString();
      WebsocketInfo info = info(name(reader, DATA));
      reader.endObject();
      return StartData.builder().connId(connId).websocketInfo(info).build();
    }

    private WebsocketInfo info(JsonReader reader) throws IOException {
      reader.beginObject();
      String authBody = JsonValues.readEscaped(name(reader, SOCKET));
      List<String> links = list(name(reader, SOCKET), 2);
      reader.endObject();
      return WebsocketInfo.builder().authBody(authBody).wssLink(links).build();
    }
  }

  private static final class Message extends BoundAdapters {
    private static final JsonReader.Options NAMES =
        JsonReader.Options.of(
            "open_id",
            "union_id",
            "uname",
            "uface",
            "uid",
            "fans_medal_level",
            "fans_medal_name",
            "fans_medal_wearing_status",
            "guard_level",
            "room_id",
            "timestamp",
            "msg_id",
            "msg",
            "emoji_img_url",
            "dm_type",
            "glory_level",
            "reply_open_id",
            "reply_uname",
            "is_admin");

    Message(boolean looksUp) {
      super(looksUp);
    }

    @Override
    public Object fromJson(JsonReader reader) throws IOException {
      reader.beginObject();
      long roomId = name(reader, NAMES).nextLong();
      String openId = name(reader, NAMES).nextString();
      String unionId = name(reader, NAMES).nextString();
      String uname = name(reader, NAMES).nextString();
      String msg = name(reader, NAMES).nextString();
      String msgId = name(reader, NAMES).nextString();
      long medalLevel = name(reader, NAMES).nextLong();
      String medalName = name(reader, NAMES).nextString();
      boolean medalWorn = name(reader, NAMES).nextBoolean();
      long guardLevel = name(reader, NAMES).nextLong();
      long timestamp = name(reader, NAMES).nextLong();
      String uface = name(reader, NAMES).nextString();
      String emoji = name(reader, NAMES).nextString();
      long dmType = name(reader, NAMES).nextLong();
      long gloryLevel = name(reader, NAMES).nextLong();
      String replyOpenId = name(reader, NAMES).nextString();
      String replyUname = name(reader, NAMES).nextString();
      boolean isAdmin = name(reader, NAMES).nextLong() != 0;
      reader.endObject();
      return Danmaku.builder()
          .openId(openId)
          .unionId(unionId)
          .uname(uname)
          .uface(uface)
          .fansMedalLevel(medalLevel)
          .fansMedalName(medalName)
          .fansMedalWearingStatus(medalWorn)
          .guardLevel(guardLevel)
          .roomId(roomId)
          .timestamp(timestamp)
          .msgId(msgId)
          .msg(msg)
          .emojiImgUrl(emoji)
          .dmType(dmType)
          .gloryLevel(gloryLevel)
          .replyOpenId(replyOpenId)
          .replyUname(replyUname)
          .isAdmin(isAdmin)
          .build();
    }
  }

  private static final class Batch extends BoundAdapters {
    private static final JsonReader.Options NAMES = JsonReader.Options.of("conn_ids");

    Batch(boolean looksUp) {
      super(looksUp);
    }

    @Override
    public Object fromJson(JsonReader reader) throws IOException {
      reader.beginObject();
      List<String> ids = list(name(reader, NAMES), 200);
      reader.endObject();
      return BatchHeartbeatRequest.builder().connIds(ids).build();
    }
  }
}
