package io.github.bililive.openapi;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of classes, which need to differ in more than case, since each has a file. Who comes second
 * gets a 2 behind the name.
 */
final class UniqueNames {
  /** In bytes: file names have 255 at most, and a class inside another has more than its own. */
  private static final int LONGEST = 200;

  private final Set<String> taken = new HashSet<>();

  UniqueNames(String... reserved) {
    for (String name : reserved) {
      taken.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /**
   * The name, or the first of name2, name3 and so on that is free; it is taken from now on. What is
   * too long for a file system loses its end.
   */
  String take(String name) {
    String possible = name;
    while (possible.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
      possible = possible.substring(0, possible.offsetByCodePoints(possible.length(), -1));
    }
    String free = possible;
    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = possible + number;
    }
    return free;
  }
}
