package io.github.bililive.openapi;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of classes, which need to differ in more than case, since each has a file. Who comes second
 * gets a 2 behind the name.
 */
final class UniqueNames {
  private final Set<String> taken = new HashSet<>();

  UniqueNames(String... reserved) {
    for (String name : reserved) {
      taken.add(name.toLowerCase(Locale.ROOT));
    }
  }

  /** The name, or the first of name2, name3 and so on that is free; it is taken from now on. */
  String take(String name) {
    String free = name;
    for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = name + number;
    }
    return free;
  }
}
