package io.github.bililive.sandbox;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes events as the platform sends them, every field there and set, unless a method says
 * otherwise. All return JSON texts for {@link SandboxRoom#send}. Immutable.
 */
public final class SampleEvents {
  private static final long TIMESTAMP = 1_760_000_000;
  private static final String OPEN_ID = "39b8fedb-60a5-4e29-ac75-b16955f7e632";
  private static final String UNION_ID = "U_0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  private static final String FACE = "https://i0.hdslb.example/bfs/face/sample.jpg";

  static final String OPEN_LIVE = "OPEN_LIVEROOM_";
  static final String SISTER = "LIVE_OPEN_PLATFORM_";

  private final String prefix;

  private SampleEvents(String prefix) {
    this.prefix = prefix;
  }

  /**
   * Makes events of this platform's.
   *
   * @return events with the prefix {@code OPEN_LIVEROOM_}
   */
  public static SampleEvents openLive() {
    return new SampleEvents(OPEN_LIVE);
  }

  /**
   * Makes events of the sister API's, which are the same but for their names.
   *
   * @return events with the prefix {@code LIVE_OPEN_PLATFORM_}
   */
  public static SampleEvents sister() {
    return new SampleEvents(SISTER);
  }

  /**
   * Returns one event of each kind, {@code INTERACTION_END} excepted.
   *
   * @param roomId the room
   * @param msgIdPrefix what each msg_id begins with; the rest is the event's name
   * @return the events
   */
  public List<String> all(long roomId, String msgIdPrefix) {
    List<String> all = new ArrayList<>();
    all.add(danmaku(roomId, msgIdPrefix + "DM", "主播好"));
    all.add(danmakuMirror(roomId, msgIdPrefix + "DM_MIRROR", "隔壁房间的弹幕"));
    all.add(gift(roomId, msgIdPrefix + "SEND_GIFT", "小花花", 3));
    all.add(superChat(roomId, msgIdPrefix + "SUPER_CHAT"));
    all.add(superChatDeleted(roomId, msgIdPrefix + "SUPER_CHAT_DEL"));
    all.add(guard(roomId, msgIdPrefix + "GUARD"));
    all.add(like(roomId, msgIdPrefix + "LIKE"));
    all.add(roomEnter(roomId, msgIdPrefix + "LIVE_ROOM_ENTER"));
    all.add(liveStart(roomId, msgIdPrefix + "LIVE_START"));
    all.add(liveEnd(roomId, msgIdPrefix + "LIVE_END"));
    all.add(roomChange(roomId, msgIdPrefix + "ROOM_CHANGE"));
    all.add(roomBlock(roomId, msgIdPrefix + "ROOM_BLOCK_MSG"));
    all.add(follow(roomId, msgIdPrefix + "INTERACT_WORD"));
    all.add(warning(roomId, msgIdPrefix + "WARNING"));
    return all;
  }

  /**
   * Somebody chats.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @param text what they say
   * @return the event
   */
  public String danmaku(long roomId, String msgId, String text) {
    Data data = new Data().user().medal().guard().room(roomId).at().msgId(msgId);
    data.put("msg", text);
    data.put("emoji_img_url", "");
    data.put("dm_type", 0);
    data.put("glory_level", 39);
    data.put("reply_open_id", "");
    data.put("reply_uname", "");
    data.put("is_admin", 1);
    return event("DM", data);
  }

  /**
   * Makes a danmaku that is mirrored from a linked room, without a sender (DM_MIRROR).
   *
   * @param roomId the room
   * @param msgId the event's msg_id
   * @param text what it says
   * @return the event's JSON
   */
  public String danmakuMirror(long roomId, String msgId, String text) {
    Data data = new Data().room(roomId).at().msgId(msgId);
    data.put("msg", text);
    data.put("emoji_img_url", "");
    data.put("dm_type", 0);
    return event("DM_MIRROR", data);
  }

  /**
   * Somebody gives a gift, as part of a combo.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @param name the gift's name
   * @param count how many
   * @return the event
   */
  public String gift(long roomId, String msgId, String name, long count) {
    Data data = new Data().user().medal().guard().room(roomId).at().msgId(msgId);
    data.put("gift_id", 31036);
    data.put("gift_name", name);
    data.put("gift_num", count);
    data.put("gift_icon", "https://s1.hdslb.example/gift.png");
    data.put("price", 1000);
    data.put("r_price", 900);
    data.put("paid", true);
    data.put("anchor_info", new Data().user());
    data.put("combo_gift", true);
    Data combo = new Data();
    combo.put("combo_base_num", 1);
    combo.put("combo_count", count);
    combo.put("combo_timeout", 5);
    combo.put("combo_id", "combo-" + msgId);
    data.put("combo_info", combo);
    Data blind = new Data();
    blind.put("blind_gift_id", 0);
    blind.put("status", false);
    data.put("blind_gift", blind);
    return event("SEND_GIFT", data);
  }

  /**
   * Somebody pays for a message.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String superChat(long roomId, String msgId) {
    Data data = new Data().user().medal().guard().room(roomId).at().msgId(msgId);
    data.put("message_id", 1_234_567_890_123L);
    data.put("message", "三十块的话");
    data.put("rmb", 30);
    data.put("start_time", TIMESTAMP);
    data.put("end_time", TIMESTAMP + 60);
    return event("SUPER_CHAT", data);
  }

  /**
   * Paid messages are taken down.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String superChatDeleted(long roomId, String msgId) {
    Data data = new Data().room(roomId).msgId(msgId);
    data.put("message_ids", List.of(1_234_567_890_123L, 1_234_567_890_124L));
    return event("SUPER_CHAT_DEL", data);
  }

  /**
   * Somebody becomes a captain for a month.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String guard(long roomId, String msgId) {
    Data data = new Data().medal().guard().room(roomId).at().msgId(msgId);
    data.put("user_info", new Data().user());
    data.put("guard_num", 1);
    data.put("guard_unit", "月");
    data.put("price", 198_000);
    return event("GUARD", data);
  }

  /**
   * Somebody likes the room.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String like(long roomId, String msgId) {
    Data data = new Data().user().medal().room(roomId).at().msgId(msgId);
    data.put("guard_level", 3);
    data.put("like_text", "为主播点赞了");
    data.put("like_count", 2);
    return event("LIKE", data);
  }

  /**
   * Somebody enters.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String roomEnter(long roomId, String msgId) {
    return event("LIVE_ROOM_ENTER", enterData(roomId, msgId));
  }

  /**
   * Somebody enters, spelt as in an official example: {@code OPEN_PLATFORM_LIVE_ROOM_ENTER}.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public static String roomEnterAsInTheExample(long roomId, String msgId) {
    return raw("OPEN_PLATFORM_LIVE_ROOM_ENTER", enterData(roomId, msgId));
  }

  private static Data enterData(long roomId, String msgId) {
    return new Data().user().room(roomId).at().msgId(msgId);
  }

  /**
   * The broadcast starts; its area is a name.
   *
   * @param roomId the room
   * @param msgId the event's msg_id
   * @return the event, which has no msg_id
   */
  public String liveStart(long roomId, String msgId) {
    Data data = new Data().identity().room(roomId).at().msgId(msgId);
    data.put("title", "今天打什么");
    data.put("area_name", "单机游戏");
    return event("LIVE_START", data);
  }

  /**
   * The broadcast ends; its area is a number.
   *
   * @param roomId the room
   * @param msgId the event's msg_id
   * @return the event, which has no msg_id
   */
  public String liveEnd(long roomId, String msgId) {
    Data data = new Data().identity().room(roomId).at().msgId(msgId);
    data.put("title", "今天打什么");
    data.put("area_id", 236);
    return event("LIVE_END", data);
  }

  /**
   * The room changes its title.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String roomChange(long roomId, String msgId) {
    Data data = new Data().room(roomId).at().msgId(msgId);
    data.put("title", "换个标题");
    data.put("area_name", "户外");
    data.put("parent_area_name", "生活");
    return event("ROOM_CHANGE", data);
  }

  /**
   * A user is muted.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String roomBlock(long roomId, String msgId) {
    Data data = new Data().room(roomId).msgId(msgId);
    data.put("open_id", OPEN_ID);
    data.put("uname", "sample user");
    data.put("block_expired", TIMESTAMP + 3600);
    return event("ROOM_BLOCK_MSG", data);
  }

  /**
   * A user follows.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String follow(long roomId, String msgId) {
    Data data = new Data().room(roomId).at().msgId(msgId);
    data.put("open_id", OPEN_ID);
    data.put("uname", "sample user");
    return event("INTERACT_WORD", data);
  }

  /**
   * The platform warns the broadcaster.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String warning(long roomId, String msgId) {
    Data data = new Data().room(roomId).at().msgId(msgId);
    data.put("msg", "请注意直播内容");
    return event("WARNING", data);
  }

  /**
   * The platform ends the pushing for a connection.
   *
   * @param connId its id: the event of the sister API calls it game_id
   * @param timestamp in seconds
   * @return the event, which has no msg_id
   */
  public String interactionEnd(String connId, long timestamp) {
    Data data = new Data();
    data.put(prefix.equals(OPEN_LIVE) ? "conn_id" : "game_id", connId);
    data.put("timestamp", timestamp);
    return event("INTERACTION_END", data);
  }

  /**
   * A message without {@code cmd}.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the message
   */
  public static String withoutCmd(long roomId, String msgId) {
    return raw(null, new Data().room(roomId).at().msgId(msgId));
  }

  /**
   * An event that nobody has heard of, under this platform's prefix.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String unknown(long roomId, String msgId) {
    Data data = new Data().room(roomId).at().msgId(msgId);
    data.put("brand_new", Map.of("deep", List.of(1, 2, 3)));
    return event("BRAND_NEW", data);
  }

  /**
   * A danmaku with a field that nobody has heard of.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String danmakuWithNewField(long roomId, String msgId) {
    Data data = new Data().user().room(roomId).at().msgId(msgId);
    data.put("msg", "new");
    data.put("brand_new", Map.of("deep", List.of(1, 2, 3)));
    return event("DM", data);
  }

  /**
   * A danmaku whose data is of wrong types: objects for integers, numbers for texts.
   *
   * @param roomId the room
   * @param msgId its msg_id
   * @return the event
   */
  public String danmakuOfWrongTypes(long roomId, String msgId) {
    Data data = new Data().room(roomId).msgId(msgId);
    data.put("msg", List.of("not", "a", "text"));
    data.put("timestamp", "tomorrow");
    data.put("fans_medal_level", Map.of("level", 3));
    data.put("fans_medal_wearing_status", "perhaps");
    return event("DM", data);
  }

  /**
   * An event without data.
   *
   * @param name such as {@code DM}
   * @return the event, with {@code "data":{}}
   */
  public String empty(String name) {
    return event(name, Map.of());
  }

  /**
   * An event whose data is null.
   *
   * @param name such as {@code DM}
   * @return the event, with {@code "data":null}
   */
  public String nullData(String name) {
    return event(name, null);
  }

  /**
   * An event of this prefix with any data.
   *
   * @param name such as {@code DM}
   * @param data of maps, lists, texts, numbers, booleans and nulls
   * @return the event
   */
  public String event(String name, @Nullable Object data) {
    return raw(prefix + name, data);
  }

  /**
   * An event of any cmd with any data.
   *
   * @param cmd the cmd; null for none
   * @param data of maps, lists, texts, numbers, booleans and nulls
   * @return the event
   */
  public static String raw(@Nullable String cmd, @Nullable Object data) {
    Buffer buffer = new Buffer();
    try (JsonWriter writer = JsonWriter.of(buffer)) {
      writer.setSerializeNulls(true);
      writer.beginObject();
      if (cmd != null) {
        writer.name("cmd").value(cmd);
      }
      writer.name("data").jsonValue(data);
      writer.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return buffer.readUtf8();
  }

  /** The fields that events share, in the order of the example. */
  private static final class Data extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    Data room(long roomId) {
      put("room_id", roomId);
      return this;
    }

    Data at() {
      put("timestamp", TIMESTAMP);
      return this;
    }

    Data msgId(String msgId) {
      put("msg_id", msgId);
      return this;
    }

    Data identity() {
      put("open_id", OPEN_ID);
      put("union_id", UNION_ID);
      return this;
    }

    Data user() {
      identity();
      put("uid", 0);
      put("uname", "sample user");
      put("uface", FACE);
      return this;
    }

    Data medal() {
      put("fans_medal_level", 21);
      put("fans_medal_name", "粉丝勋章名");
      put("fans_medal_wearing_status", true);
      return this;
    }

    Data guard() {
      put("guard_level", 3);
      return this;
    }
  }
}
