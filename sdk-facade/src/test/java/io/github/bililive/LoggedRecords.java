package io.github.bililive;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Records what the SDK logs until it is closed. */
public final class LoggedRecords implements AutoCloseable {
  /** Held, or the logger could be collected with its handler. */
  private final Logger logger = Logger.getLogger("io.github.bililive");

  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          records.add(logged);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public LoggedRecords() {
    logger.addHandler(handler);
  }

  /** Returns the messages of this level. */
  public List<String> messages(Level level) {
    return records.stream()
        .filter(logged -> logged.getLevel().equals(level))
        .map(LogRecord::getMessage)
        .toList();
  }

  /** Returns the records. */
  public List<LogRecord> records() {
    return records;
  }

  @Override
  public void close() {
    logger.removeHandler(handler);
  }
}
