package io.github.bililive.internal.message;

import com.squareup.moshi.JsonReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code cmd}s of the known events, with each of the platform's prefixes. */
final class EventCmds {
  private static final EventType[] TYPES = EventType.values();
  static final String[] PREFIXES = {"OPEN_LIVEROOM_", "LIVE_OPEN_PLATFORM_"};

  /** As an official example spells {@link EventType#ROOM_ENTER}. */
  private static final String ROOM_ENTER = "OPEN_PLATFORM_LIVE_ROOM_ENTER";

  private static final String[] TEXTS = texts();

  /** All cmds that are known in full; {@code selectString} returns an index into these. */
  static final JsonReader.Options KNOWN = JsonReader.Options.of(TEXTS);

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

  /** Returns the cmd at an index of {@link #KNOWN}. */
  static String text(int index) {
    return TEXTS[index];
  }

  /** Returns the type of the cmd at an index of {@link #KNOWN}. */
  static EventType type(int index) {
    return index < PREFIXES.length * TYPES.length
        ? TYPES[index % TYPES.length]
        : EventType.ROOM_ENTER;
  }

  /** Returns the type of a cmd that is not among {@link #KNOWN}; null if there is none. */
  static @Nullable EventType type(String cmd) {
    return isInteractionEnd(cmd) ? EventType.INTERACTION_END : null;
  }

  /** Returns whether this is the cmd that ends the pushing; its prefix is not documented. */
  static boolean isInteractionEnd(String cmd) {
    return cmd.endsWith(EventType.INTERACTION_END.suffix());
  }
}
