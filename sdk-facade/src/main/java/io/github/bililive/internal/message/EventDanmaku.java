package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bililive.generated.model.Danmaku;
import org.jspecify.annotations.Nullable;

/**
 * Reads danmaku as the platform sends them, in half the time that Moshi takes: they are most of all
 * events, and in a busy room nearly all. Anything unusual is left to Moshi: a name that is not
 * below, null, an escape, white space, a value of another type.
 *
 * <p>A test checks that this class knows every field, and reads what Moshi reads. Owned by one
 * {@link EventReader}.
 */
final class EventDanmaku {
  @SuppressWarnings("deprecation") // uid: it is sent all the same.
  private static final Field[] FIELDS = {
    new Field("open_id", (json, to) -> to.openId(json.string())),
    new Field("union_id", (json, to) -> to.unionId(json.string())),
    new Field("uname", (json, to) -> to.uname(json.string())),
    new Field("uface", (json, to) -> to.uface(json.string())),
    new Field("uid", (json, to) -> to.uid(json.number())),
    new Field("fans_medal_level", (json, to) -> to.fansMedalLevel(json.number())),
    new Field("fans_medal_name", (json, to) -> to.fansMedalName(json.string())),
    new Field("fans_medal_wearing_status", (json, to) -> to.fansMedalWearingStatus(json.bool())),
    new Field("guard_level", (json, to) -> to.guardLevel(json.number())),
    new Field("room_id", (json, to) -> to.roomId(json.number())),
    new Field("timestamp", (json, to) -> to.timestamp(json.number())),
    new Field("msg_id", (json, to) -> to.msgId(json.string())),
    new Field("msg", (json, to) -> to.msg(json.string())),
    new Field("emoji_img_url", (json, to) -> to.emojiImgUrl(json.string())),
    new Field("dm_type", (json, to) -> to.dmType(json.number())),
    new Field("glory_level", (json, to) -> to.gloryLevel(json.number())),
    new Field("reply_open_id", (json, to) -> to.replyOpenId(json.string())),
    new Field("reply_uname", (json, to) -> to.replyUname(json.string())),
    new Field("is_admin", (json, to) -> to.isAdmin(json.number() != 0)),
  };

  private static final String[] CMDS = EventType.DANMAKU.cmds();

  /** How a message of each cmd begins if its sender wastes nothing. */
  private static final byte[][] BEGINNINGS = beginnings();

  private final EventBytes json = new EventBytes();

  /** Of the message that was read last. */
  private String cmd = "";

  /** The fields in the order of the last message: that of the next is mostly the same. */
  private final Field[] order = FIELDS.clone();

  /**
   * Reads a whole message that has a cmd and then data, and nothing else. Returns null if Moshi is
   * to read it, or if it is no danmaku.
   */
  @Nullable Danmaku read(byte[] message) {
    int last = message.length - 1;
    if (last < 0 || message[last] != '}') {
      return null;
    }
    json.begin(message, last);
    for (int i = 0; i < CMDS.length; i++) {
      if (json.skip(BEGINNINGS[i])) {
        cmd = CMDS[i];
        return read();
      }
    }
    return null;
  }

  String cmd() {
    return cmd;
  }

  private @Nullable Danmaku read() {
    Danmaku.Builder danmaku = Danmaku.builder();
    if (!json.skip('{')) {
      return null;
    }
    for (int i = 0; i < order.length; i++) {
      Field field = next(i);
      if (field == null) {
        return null;
      }
      field.value.read(json, danmaku);
      if (json.gaveUp()) {
        return null;
      }
      if (!json.skip(',')) {
        return json.skip('}') && json.atEnd() ? danmaku.build() : null;
      }
    }
    return null;
  }

  /** Steps over the name of the field that comes next, and returns it; null if it is not known. */
  private @Nullable Field next(int index) {
    Field expected = order[index];
    if (json.skip(expected.name)) {
      return expected;
    }
    for (int i = 0; i < order.length; i++) {
      Field field = order[i];
      if (json.skip(field.name)) {
        order[i] = expected;
        order[index] = field;
        return field;
      }
    }
    return null;
  }

  private static byte[][] beginnings() {
    byte[][] beginnings = new byte[CMDS.length][];
    for (int i = 0; i < CMDS.length; i++) {
      beginnings[i] = ("{\"cmd\":\"" + CMDS[i] + "\",\"data\":").getBytes(UTF_8);
    }
    return beginnings;
  }

  private interface Value {
    void read(EventBytes json, Danmaku.Builder danmaku);
  }

  private static final class Field {
    /** As it stands in JSON, quotes and colon included. */
    final byte[] name;

    final Value value;

    Field(String name, Value value) {
      this.name = ('"' + name + "\":").getBytes(UTF_8);
      this.value = value;
    }
  }
}
