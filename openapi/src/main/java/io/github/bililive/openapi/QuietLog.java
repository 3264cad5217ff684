package io.github.bililive.openapi;

import org.openapitools.codegen.InlineModelResolver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps warnings of OpenAPI Generator out of the log that nobody can act on. */
final class QuietLog {
  private QuietLog() {}

  /** It warns of each enum that gets a class of its own, as it is told to do. */
  static void ofInlineModels() {
    String name = InlineModelResolver.class.getName();
    String level = "org.slf4j.simpleLogger.log." + name;
    if (System.getProperty(level) != null) {
      return;
    }
    // Maven's logger reads this once, when it is made. It has no other way to be told.
    System.setProperty(level, "error");
    Logger logger = LoggerFactory.getLogger(name);
    System.clearProperty(level);
    if (logger.getClass().getName().equals("ch.qos.logback.classic.Logger")) {
      silenceLogback(logger);
    }
  }

  /** The logger of the command line, which is on the class path there alone. */
  private static void silenceLogback(Logger logger) {
    try {
      Class<?> level =
          Class.forName("ch.qos.logback.classic.Level", false, logger.getClass().getClassLoader());
      logger
          .getClass()
          .getMethod("setLevel", level)
          .invoke(logger, level.getField("ERROR").get(null));
    } catch (ReflectiveOperationException e) {
      // Then it warns.
    }
  }
}
