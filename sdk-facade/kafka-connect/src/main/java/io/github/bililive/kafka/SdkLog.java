package io.github.bililive.kafka;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the SDK logs with {@code java.util.logging} into Connect's log. */
final class SdkLog extends Handler {
  private static final String NAME = "io.github.bililive";

  /** Kept, or its handler would go with it. */
  private static final Logger SDK = Logger.getLogger(NAME);

  private final org.slf4j.Logger connect = LoggerFactory.getLogger(NAME);

  private SdkLog() {}

  /** Does nothing if it was called before, also by another loading of this plugin. */
  static synchronized void install() {
    for (Handler handler : SDK.getHandlers()) {
      if (handler.getClass().getName().equals(SdkLog.class.getName())) {
        return;
      }
    }
    SDK.addHandler(new SdkLog());
    SDK.setUseParentHandlers(false);
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      connect.warn("{}", record.getMessage(), record.getThrown());
    } else if (record.getLevel().intValue() >= Level.INFO.intValue()) {
      connect.info("{}", record.getMessage(), record.getThrown());
    } else {
      connect.debug("{}", record.getMessage(), record.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
