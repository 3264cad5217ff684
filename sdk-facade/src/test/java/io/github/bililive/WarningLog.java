package io.github.bililive;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the SDK logs while it is open: the messages of all warnings. */
public final class WarningLog extends Handler implements AutoCloseable {
  /** Held, since the log manager holds loggers weakly. */
  private final Logger logger = Logger.getLogger("io.github.bililive");

  /** Guarded by this object's lock. */
  private final List<String> messages = new ArrayList<>();

  private WarningLog() {}

  /** Begins to listen. */
  public static WarningLog open() {
    WarningLog log = new WarningLog();
    log.logger.addHandler(log);
    return log;
  }

  /** Returns the messages that name this room. */
  public synchronized List<String> of(String room) {
    return messages.stream()
        .filter(message -> message.startsWith(nameInWords(room) + " "))
        .toList();
  }

  @Override
  public synchronized void publish(LogRecord logged) {
    if (logged.getLevel() == Level.WARNING) {
      messages.add(logged.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }

  /** A default name begins with "room-", and is not said to be a room's once more. */
  private static String nameInWords(String room) {
    return room.startsWith("room-") ? room : "room " + room;
  }
}
