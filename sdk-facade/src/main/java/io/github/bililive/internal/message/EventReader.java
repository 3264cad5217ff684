package io.github.bililive.internal.message;

import com.squareup.moshi.JsonReader;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveEvent.NoModelReason;
import io.github.bililive.generated.model.Danmaku;
import java.io.IOException;
import java.util.Arrays;
import okio.Buffer;
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
  private static final JsonReader.Options MSG_ID = JsonReader.Options.of("msg_id");

  /** How much is said of what is wrong with a message, in characters: it may quote the message. */
  private static final int MAX_PROBLEM = 200;

  /** Of a message and its model: what the longest frame's text takes. Real events take some KB. */
  private static final int MAX_MEMORY_BYTES = 6 << 20;

  /** How Moshi begins what it says of text that is no JSON. */
  private static final String MALFORMED =
      "Use JsonReader.setLenient(true) to accept malformed JSON";

  private final EventDanmaku danmaku = new EventDanmaku();

  /** Of the message that is read: null before its cmd was, and if it has none. */
  private @Nullable String cmd;

  /** Of the message that is read: null before its cmd was, and if that is of no known type. */
  private @Nullable EventType type;

  /** Of the message that is read: null before its data was, and if that is null. */
  private @Nullable Object model;

  /** Whether the message's data came before the cmd, which says what it is. */
  private boolean dataSkipped;

  /** Whether a model of the message would take too much memory. */
  private boolean isTooLarge;

  /** Reads a message. Never throws. Copies the bytes, which costs 3 % of reading a frame. */
  public LiveEvent read(byte[] bytes, int offset, int length) {
    byte[] message = text(bytes, offset, offset + length);
    cmd = null;
    type = null;
    model = null;
    dataSkipped = false;
    Danmaku usual = danmaku.read(message);
    if (usual != null) {
      return event(danmaku.cmd(), usual.getMsgId(), usual, message, 0);
    }
    int memoryBytes = memoryOf(message);
    isTooLarge = memoryBytes > MAX_MEMORY_BYTES;
    if (LongNumbers.isIn(message)) {
      return withoutModel(message, NoModelReason.NOT_JSON, LongNumbers.problem());
    }
    try {
      readMessage(open(message));
      if (isTooLarge) {
        String problem = "as a model it would take more than " + MAX_MEMORY_BYTES + " bytes";
        return withoutModel(message, mismatch(), problem);
      }
      if (type == null) {
        return withoutModel(message, mismatch(), "");
      }
      if (dataSkipped) {
        readDataAlone(open(message), type);
      }
      Object read = model == null ? type.empty() : model;
      return event(cmd, type.msgIdOf(read), read, message, memoryBytes);
    } catch (IOException e) {
      return withoutModel(message, NoModelReason.NOT_JSON, problem(e));
    } catch (RuntimeException e) {
      // Moshi's JsonDataException. Anything else is a bug there, and shall not end a connection.
      return withoutModel(message, mismatch(), problem(e));
    } finally {
      model = null;
    }
  }

  /**
   * Copies the text. What senders put around an object, and JSON does not allow, is left out: a
   * byte order mark in front, NULs behind.
   */
  private static byte[] text(byte[] bytes, int from, int to) {
    boolean isMarked =
        to - from >= 3
            && bytes[from] == (byte) 0xEF
            && bytes[from + 1] == (byte) 0xBB
            && bytes[from + 2] == (byte) 0xBF;
    int start = isMarked ? from + 3 : from;
    int end = to;
    while (end > start && bytes[end - 1] == 0) {
      end--;
    }
    boolean isObject = end > start && bytes[start] == '{' && bytes[end - 1] == '}';
    return isObject ? Arrays.copyOfRange(bytes, start, end) : Arrays.copyOfRange(bytes, from, to);
  }

  /** Returns about what a message and its model take: fields that are not known are kept, too. */
  private static int memoryOf(byte[] message) {
    long bytes = 256 + 2L * message.length;
    for (byte each : message) {
      if (each == ',') {
        bytes += 64;
      } else if (each == '{' || each == '[') {
        bytes += 256;
      }
    }
    return (int) Math.min(Integer.MAX_VALUE, bytes);
  }

  private static LiveEvent event(
      @Nullable String cmd, String msgId, Object model, byte[] message, int memoryBytes) {
    return LiveEvent.builder()
        .cmd(cmd)
        .msgId(msgId)
        .model(model)
        .json(message)
        .memoryBytes(memoryBytes)
        .build();
  }

  private static JsonReader open(byte[] message) {
    return JsonReader.of(new Buffer().write(message));
  }

  private void readMessage(JsonReader reader) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      switch (reader.selectName(CMD_AND_DATA)) {
        case 0:
          readCmd(reader);
          break;
        case 1:
          if (type == null || isTooLarge) {
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
    if (reader.peek() != JsonReader.Token.END_DOCUMENT) {
      throw new IOException("the text goes on behind its end");
    }
  }

  private void readCmd(JsonReader reader) throws IOException {
    if (reader.peek() != JsonReader.Token.STRING) {
      reader.skipValue();
      return;
    }
    EventType before = type;
    cmd = reader.nextString();
    type = EventType.ofCmd(cmd);
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

  private LiveEvent withoutModel(byte[] message, NoModelReason reason, String problem) {
    return LiveEvent.builder()
        .cmd(cmd)
        .msgId(reason == NoModelReason.NOT_JSON ? "" : msgId(message))
        .json(message)
        .noModel(reason, problem)
        .build();
  }

  /** Finds the {@code msg_id} in the data of a message without a model; empty if there is none. */
  private static String msgId(byte[] message) {
    try {
      JsonReader reader = open(message);
      return find(reader, DATA) && find(reader, MSG_ID) ? reader.nextString() : "";
    } catch (IOException | RuntimeException e) {
      return ""; // The text breaks off, or its data is no object.
    }
  }

  /** Goes to the value of the first such name in the object that comes next. */
  private static boolean find(JsonReader reader, JsonReader.Options name) throws IOException {
    reader.beginObject();
    while (reader.hasNext()) {
      if (reader.selectName(name) == 0) {
        return true;
      }
      reader.skipName();
      reader.skipValue();
    }
    return false;
  }

  private static String problem(Exception e) {
    String message = e.getMessage();
    String problem = message == null ? e.toString() : inWords(message);
    return problem.length() <= MAX_PROBLEM ? problem : problem.substring(0, MAX_PROBLEM) + "…";
  }

  /** Says what Moshi says for its own users. */
  private static String inWords(String message) {
    return message
        .replace(MALFORMED, "malformed JSON")
        .replace("BEGIN_OBJECT", "an object")
        .replace("BEGIN_ARRAY", "an array")
        .replace("but was STRING", "but was a text")
        .replace("but was NUMBER", "but was a number")
        .replace("but was BOOLEAN", "but was a boolean");
  }
}
