package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.squareup.moshi.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the events are called on the wire: {@code cmd}s, with one of the platform's prefixes. */
final class EventCmds {
  private static final EventType[] TYPES = EventType.values();
  private static final String[] PREFIXES = {"OPEN_LIVEROOM_", "LIVE_OPEN_PLATFORM_"};

  /** As an official example spells {@link EventType#ROOM_ENTER}. */
  private static final String ROOM_ENTER = "OPEN_PLATFORM_LIVE_ROOM_ENTER";

  private static final String[] TEXTS = texts();

  /** All cmds that are known in full. What {@code selectString} makes of them is a place here. */
  static final JsonReader.Options KNOWN = JsonReader.Options.of(TEXTS);

  /** How a message of each cmd begins if its sender wastes nothing. */
  private static final byte[][] BEGINNINGS = beginnings();

  private EventCmds() {}

  /** For each prefix those of all types in their order, and then {@link #ROOM_ENTER}. */
  private static String[] texts() {
    List<String> cmds = new ArrayList<>();
    for (String prefix : PREFIXES) {
      for (EventType type : TYPES) {
        cmds.add(prefix + type.suffix());
      }
    }
    cmds.add(ROOM_ENTER);
    return cmds.toArray(new String[0]);
  }

  private static byte[][] beginnings() {
    byte[][] beginnings = new byte[TEXTS.length][];
    for (int i = 0; i < TEXTS.length; i++) {
      beginnings[i] = ("{\"cmd\":\"" + TEXTS[i] + "\",\"data\":").getBytes(UTF_8);
    }
    return beginnings;
  }

  /**
   * Returns the place in {@link #KNOWN} of the cmd that a message begins with, if its data is what
   * follows at once; negative otherwise, and then the message may have a known cmd all the same.
   *
   * @param guess the place that is tried first
   */
  static int atBeginning(byte[] bytes, int offset, int length, int guess) {
    if (begins(bytes, offset, length, BEGINNINGS[guess])) {
      return guess;
    }
    for (int i = 0; i < BEGINNINGS.length; i++) {
      if (begins(bytes, offset, length, BEGINNINGS[i])) {
        return i;
      }
    }
    return -1;
  }

  private static boolean begins(byte[] bytes, int offset, int length, byte[] beginning) {
    if (length < beginning.length) {
      return false;
    }
    // From the back, as they are of different lengths: the first byte tells most of them apart.
    for (int i = beginning.length - 1; i >= 0; i--) {
      if (bytes[offset + i] != beginning[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns how many bytes come before the data in a message that begins with the cmd. */
  static int beginningLength(int index) {
    return BEGINNINGS[index].length;
  }

  /** Returns the cmd at a place of {@link #KNOWN}. */
  static String text(int index) {
    return TEXTS[index];
  }

  /** Returns the type of the cmd at a place of {@link #KNOWN}. */
  static EventType type(int index) {
    return index < PREFIXES.length * TYPES.length
        ? TYPES[index % TYPES.length]
        : EventType.ROOM_ENTER;
  }

  /** Returns the type of a cmd that is not among {@link #KNOWN}; null if there is none. */
  static @Nullable EventType type(String cmd) {
    // Its prefix is not documented.
    return cmd.endsWith(EventType.INTERACTION_END.suffix()) ? EventType.INTERACTION_END : null;
  }
}
