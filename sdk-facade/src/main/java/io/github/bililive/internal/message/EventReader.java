package io.github.bililive.internal.message;

import com.squareup.moshi.JsonReader;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveEvent.NoModelReason;
import io.github.bililive.generated.model.Danmaku;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages, {@code {"cmd":"…","data":{…}}} with the names in any order. Whatever the bytes
 * are, they become an event, if need be one without a model. Used by one thread at a time.
 *
 * <p>A message that has its cmd before its data, as the platform sends it, is read in one pass.
 */
public final class EventReader {
  private static final JsonReader.Options CMD_AND_DATA = JsonReader.Options.of("cmd", "data");
  private static final JsonReader.Options DATA = JsonReader.Options.of("data");

  private final EventJson json = new EventJson();
  private final EventDanmaku danmaku = new EventDanmaku();

  /** Of the message that is read: null before its cmd was, and if it has none. */
  private @Nullable String cmd;

  /** Of the message that is read: null before its cmd was, and if that is of no known type. */
  private @Nullable EventType type;

  /** Of the message that is read: null before its data was, and if that is null. */
  private @Nullable Object model;

  /** Whether the message's data came before the cmd, which says what it is. */
  private boolean dataSkipped;

  /** Reads a message. Never throws. Copies what it keeps of the bytes. */
  public LiveEvent read(byte[] bytes, int offset, int length) {
    cmd = null;
    type = null;
    model = null;
    dataSkipped = false;
    if (EventNumbers.takeLong(bytes, offset, length)) {
      return withoutModel(
          bytes,
          offset,
          length,
          NoModelReason.NOT_JSON,
          "a number of more than " + EventNumbers.MAX_DIGITS + " digits");
    }
    Danmaku usual = danmaku.readMessage(bytes, offset, length);
    if (usual != null) {
      return event(danmaku.cmd(), usual.getMsgId(), usual, bytes, offset, length);
    }
    try {
      readMessage(json.open(bytes, offset, length));
      json.close();
      if (type == null) {
        return withoutModel(bytes, offset, length, mismatch(), "");
      }
      if (dataSkipped) {
        readDataAlone(json.open(bytes, offset, length), type);
        json.close();
      }
      Object read = model == null ? type.empty() : model;
      return event(cmd, type.msgIdOf(read), read, bytes, offset, length);
    } catch (IOException e) {
      return withoutModel(bytes, offset, length, NoModelReason.NOT_JSON, problem(e));
    } catch (RuntimeException e) {
      // Moshi's JsonDataException. Anything else is a bug there, and shall not end a connection.
      return withoutModel(bytes, offset, length, mismatch(), problem(e));
    } finally {
      model = null;
    }
  }

  private LiveEvent event(
      @Nullable String cmd, String msgId, Object model, byte[] bytes, int offset, int length) {
    return LiveEvent.builder()
        .cmd(cmd)
        .msgId(msgId)
        .model(model)
        .json(copy(bytes, offset, length))
        .build();
  }

  private void readMessage(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(CMD_AND_DATA)) {
        case 0:
          readCmd(reader);
          break;
        case 1:
          if (type == null) {
            dataSkipped = true;
            reader.skipValue();
          } else {
            readData(reader, type);
          }
          break;
        default:
          reader.skipName();
          reader.skipValue();
      }
    }
    reader.endObject();
  }

  private void readCmd(JsonReader reader) throws IOException {
    if (reader.peek() != JsonReader.Token.STRING) {
      reader.skipValue();
      return;
    }
    EventType before = type;
    int known = reader.selectString(EventCmds.KNOWN);
    if (known >= 0) {
      cmd = EventCmds.text(known);
      type = EventCmds.type(known);
    } else {
      cmd = reader.nextString();
      type = EventCmds.type(cmd);
    }
    if (before != null && before != type) {
      // Of two cmds the last counts, as of two values of any name.
      dataSkipped = true;
      model = null;
    }
  }

  private void readDataAlone(JsonReader reader, EventType type) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.selectName(DATA) == 0) {
        readData(reader, type);
      } else {
        reader.skipName();
        reader.skipValue();
      }
    }
    reader.endObject();
  }

  private void readData(JsonReader reader, EventType type) throws IOException {
    if (reader.peek() == JsonReader.Token.NULL) {
      reader.skipValue();
      model = null;
    } else {
      model = type.read(reader);
    }
  }

  /** Returns why JSON has no model, as far as it was read. */
  private NoModelReason mismatch() {
    if (type != null) {
      return NoModelReason.DATA_MISMATCH;
    }
    return cmd == null ? NoModelReason.NO_CMD : NoModelReason.UNKNOWN_CMD;
  }

  private LiveEvent withoutModel(
      byte[] bytes, int offset, int length, NoModelReason reason, String problem) {
    json.reset();
    return LiveEvent.builder()
        .cmd(cmd)
        .msgId(reason == NoModelReason.NOT_JSON ? "" : json.msgId(bytes, offset, length))
        .json(copy(bytes, offset, length))
        .noModel(reason, problem)
        .build();
  }

  /** Costs 3 % of reading a frame. The text is made of it only when somebody asks. */
  private static byte[] copy(byte[] bytes, int offset, int length) {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  private static String problem(Exception e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
