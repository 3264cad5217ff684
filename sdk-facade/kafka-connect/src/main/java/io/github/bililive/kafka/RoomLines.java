package io.github.bililive.kafka;

import io.github.bililive.IdentityCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rooms from text: one on a line, or several with commas between them. {@code #} at the
 * beginning of a line or behind white space begins a comment. Messages name the line by its number,
 * since it may hold a secret.
 */
final class RoomLines {
  static final String FORMAT =
      "give KEY, KEY broadcaster NAME, KEY access-token TOKEN, or KEY identity-code CODE APP_ID";

  private RoomLines() {}

  static List<Room> read(String text, String whence) {
    List<Room> rooms = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\\R", -1)) {
      number++;
      for (String one : line.replaceFirst("(^|\\s)#.*", "").split(",")) {
        if (!one.isBlank()) {
          rooms.add(room(one.strip().split("\\s+"), whence + ", line " + number));
        }
      }
    }
    return rooms;
  }

  /** Returns the room of some words: its key, the door, and what the door needs. */
  static Room room(String[] words, String whence) {
    String door = words.length == 1 ? "broadcaster" : words[1];
    try {
      return switch (door) {
        case "broadcaster" -> {
          require(words.length <= 3);
          yield Room.ofBroadcaster(words[0], words.length == 3 ? words[2] : words[0]);
        }
        case "access-token" -> {
          require(words.length == 3);
          yield Room.ofAccessToken(words[0], words[2]);
        }
        case "identity-code" -> {
          require(words.length == 4 && words[3].matches("[0-9]{1,18}"));
          yield Room.ofIdentityCode(words[0], IdentityCode.of(words[2], Long.parseLong(words[3])));
        }
        default -> throw new IllegalArgumentException(FORMAT);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(whence + " is no room: " + e.getMessage(), e);
    }
  }

  private static void require(boolean right) {
    if (!right) {
      throw new IllegalArgumentException(FORMAT);
    }
  }
}
