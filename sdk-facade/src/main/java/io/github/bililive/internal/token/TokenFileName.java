package io.github.bililive.internal.token;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes a file name from a broadcaster's name, safe and distinct on every file system. */
public final class TokenFileName {
  /** A file name has 255 bytes at most; the rest is for prefix, suffix and a temporary name. */
  private static final int MAX_LENGTH = 200;

  private TokenFileName() {}

  /**
   * Returns {@code token-<name>.json}. Lower-case letters, digits, {@code -} and {@code _} stay;
   * every other byte is written {@code =2F}: also capitals, which some file systems do not tell
   * from small letters.
   *
   * @throws IllegalArgumentException if the name is too long
   */
  public static String of(String broadcaster) {
    StringBuilder name = new StringBuilder();
    for (byte b : broadcaster.getBytes(StandardCharsets.UTF_8)) {
      boolean stays = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
      name.append(stays ? String.valueOf((char) b) : String.format(Locale.ROOT, "=%02X", b & 0xff));
    }
    if (name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the broadcaster's name takes "
              + name.length()
              + " characters in a file's name: give one that takes at most "
              + MAX_LENGTH);
    }
    return "token-" + name + ".json";
  }
}
