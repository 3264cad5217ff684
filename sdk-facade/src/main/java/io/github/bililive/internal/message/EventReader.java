package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonReader;
import io.github.bililive.RawEvent;
import io.github.bililive.RawEvent.Reason;
import io.github.bililive.generated.model.Danmaku;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages, {@code {"cmd":"…","data":{…}}} with the names in any order. Whatever the bytes
 * are, they become an event; a raw one, if nothing else. Used by one thread at a time; one socket
 * has one reader, or several share it.
 *
 * <p>As the platform sends it, with cmd before data, a message is read in one pass, and its text is
 * never made a string.
 */
public final class EventReader {
  private static final JsonReader.Options CMD_AND_DATA = JsonReader.Options.of("cmd", "data");
  private static final JsonReader.Options DATA = JsonReader.Options.of("data");

  private final EventJson json = new EventJson();
  private final EventDanmaku danmaku = new EventDanmaku();

  /**
   * The last message's cmd, by its place in {@link EventCmds#KNOWN}: the next is often the same.
   */
  private int lastKnown;

  /** Of the message that is read: null before its cmd was, and if it has none. */
  private @Nullable String cmd;

  /** Of the message that is read: null before its cmd was, and if that is of no known type. */
  private @Nullable EventType type;

  /** Of the message that is read: null before its data was, and if that is null. */
  private @Nullable Object model;

  /** Whether the message's data came before the cmd, which says what it is. */
  private boolean dataSkipped;

  /** Reads a message. Never throws, and keeps nothing of the bytes. */
  public ReceivedEvent read(byte[] bytes, int offset, int length) {
    cmd = null;
    type = null;
    model = null;
    dataSkipped = false;
    if (EventNumbers.takeLong(bytes, offset, length)) {
      return raw(
          bytes,
          offset,
          length,
          Reason.NOT_JSON,
          "a number of more than " + EventNumbers.MAX_DIGITS + " digits");
    }
    ReceivedEvent usual = readUsual(bytes, offset, length);
    if (usual != null) {
      return usual;
    }
    try {
      readMessage(json.open(bytes, offset, length));
      json.close();
      if (type == null) {
        return raw(bytes, offset, length, misfit(), "");
      }
      if (dataSkipped) {
        readDataAlone(json.open(bytes, offset, length), type);
        json.close();
      }
      return ReceivedEvent.of(type, model == null ? type.empty() : model);
    } catch (IOException e) {
      return raw(bytes, offset, length, Reason.NOT_JSON, problem(e));
    } catch (RuntimeException e) {
      // Moshi's JsonDataException. Anything else is a bug there, and shall not end a connection.
      return raw(bytes, offset, length, misfit(), problem(e));
    } finally {
      model = null;
    }
  }

  /**
   * Reads a message that has a known cmd, then data, and nothing else: as the platform sends it,
   * and a tenth faster.
   *
   * @return null if it is not of that form
   */
  private @Nullable ReceivedEvent readUsual(byte[] bytes, int offset, int length) {
    int known = EventCmds.atBeginning(bytes, offset, length, lastKnown);
    if (known < 0 || bytes[offset + length - 1] != '}') {
      return null;
    }
    int beginning = EventCmds.beginningLength(known);
    if (bytes[offset + beginning] != '{') {
      return null;
    }
    lastKnown = known;
    EventType type = EventCmds.type(known);
    int dataLength = length - beginning - 1;
    if (type == EventType.DANMAKU) {
      Danmaku model = danmaku.read(bytes, offset + beginning, dataLength);
      if (model != null) {
        return ReceivedEvent.of(type, model);
      }
    }
    try {
      JsonReader data = json.open(bytes, offset + beginning, dataLength);
      Object model = type.read(data);
      json.close();
      return ReceivedEvent.of(type, model);
    } catch (IOException | RuntimeException e) {
      json.reset(); // What is wrong is found when it is read as any other message.
      return null;
    }
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

  /** Why JSON is not an event, as far as it was read. */
  private Reason misfit() {
    if (type != null) {
      return Reason.DATA_MISFIT;
    }
    return cmd == null ? Reason.NO_CMD : Reason.UNKNOWN_CMD;
  }

  private ReceivedEvent raw(byte[] bytes, int offset, int length, Reason reason, String problem) {
    json.reset();
    String msgId = reason == Reason.NOT_JSON ? "" : json.msgId(bytes, offset, length);
    String text = new String(bytes, offset, length, UTF_8);
    return ReceivedEvent.raw(type, new RawEvent(reason, cmd, text, problem), msgId);
  }

  private static String problem(Exception e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
