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
    text("open_id", Danmaku.Builder::openId),
    text("union_id", Danmaku.Builder::unionId),
    text("uname", Danmaku.Builder::uname),
    text("uface", Danmaku.Builder::uface),
    number("uid", Danmaku.Builder::uid),
    number("fans_medal_level", Danmaku.Builder::fansMedalLevel),
    text("fans_medal_name", Danmaku.Builder::fansMedalName),
    bool("fans_medal_wearing_status", Danmaku.Builder::fansMedalWearingStatus),
    number("guard_level", Danmaku.Builder::guardLevel),
    number("room_id", Danmaku.Builder::roomId),
    number("timestamp", Danmaku.Builder::timestamp),
    text("msg_id", Danmaku.Builder::msgId),
    text("msg", Danmaku.Builder::msg),
    text("emoji_img_url", Danmaku.Builder::emojiImgUrl),
    number("dm_type", Danmaku.Builder::dmType),
    number("glory_level", Danmaku.Builder::gloryLevel),
    text("reply_open_id", Danmaku.Builder::replyOpenId),
    text("reply_uname", Danmaku.Builder::replyUname),
    number("is_admin", Danmaku.Builder::isAdmin),
  };

  private static final String[] CMDS = cmds();

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
  @Nullable Danmaku readMessage(byte[] bytes, int offset, int length) {
    if (length == 0 || bytes[offset + length - 1] != '}') {
      return null;
    }
    json.begin(bytes, offset, length - 1);
    try {
      for (int i = 0; i < CMDS.length; i++) {
        if (json.skip(BEGINNINGS[i])) {
          cmd = CMDS[i];
          return read();
        }
      }
      return null;
    } finally {
      json.clear();
    }
  }

  /** Returns the cmd of the message that was read last. */
  String cmd() {
    return cmd;
  }

  /** Reads data that is all of these bytes. Returns null if Moshi is to read it. */
  @Nullable Danmaku read(byte[] bytes, int offset, int length) {
    json.begin(bytes, offset, length);
    try {
      return read();
    } finally {
      json.clear();
    }
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

  private static String[] cmds() {
    String[] cmds = new String[EventCmds.PREFIXES.length];
    for (int i = 0; i < cmds.length; i++) {
      cmds[i] = EventCmds.PREFIXES[i] + EventType.DANMAKU.suffix();
    }
    return cmds;
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

  private interface Text {
    Danmaku.Builder set(Danmaku.Builder danmaku, String value);
  }

  private interface Int {
    Danmaku.Builder set(Danmaku.Builder danmaku, long value);
  }

  private interface Bool {
    Danmaku.Builder set(Danmaku.Builder danmaku, boolean value);
  }

  private static Field text(String name, Text setter) {
    return new Field(name, (json, danmaku) -> setter.set(danmaku, json.string()));
  }

  private static Field number(String name, Int setter) {
    return new Field(name, (json, danmaku) -> setter.set(danmaku, json.number()));
  }

  private static Field bool(String name, Bool setter) {
    return new Field(name, (json, danmaku) -> setter.set(danmaku, json.bool()));
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
