package io.github.bililive.quickstart;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** Prints what happens, on one line each, with the time. Safe for use by several threads. */
final class Narrator {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  /** Ids on one line are enough to see the idea. */
  private static final int IDS_SHOWN = 3;

  /** Of an id, as much as tells it from the others. */
  private static final int ID_LENGTH = 8;

  private final PrintStream out;

  Narrator(PrintStream out) {
    this.out = out;
  }

  synchronized void say(String what, String text) {
    out.println(String.format("%s  %-10s%s", LocalTime.now().format(TIME), what, text));
    out.flush();
  }

  static String shorten(String connId) {
    return connId.length() <= ID_LENGTH ? connId : connId.substring(0, ID_LENGTH) + "…";
  }

  /** Names some ids, and says how many there are. */
  static String name(List<String> connIds) {
    String shown =
        connIds.stream().limit(IDS_SHOWN).map(Narrator::shorten).collect(Collectors.joining(", "));
    int more = connIds.size() - IDS_SHOWN;
    return connIds.size()
        + (connIds.size() == 1 ? " id: " : " ids: ")
        + shown
        + (more > 0 ? " and " + more + " more" : "");
  }
}
