package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformException;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Looks for secrets in all that a log could get out of an exception. */
public final class Leaks {
  private Leaks() {}

  /**
   * Returns what a stack trace prints of the exception and all its causes, without the frames, and
   * every other text that the exception hands out.
   */
  public static String everythingOf(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace, true));
    StringBuilder text = new StringBuilder();
    trace
        .toString()
        .lines()
        .filter(line -> !line.startsWith("\t"))
        .forEach(line -> text.append(line).append('\n'));
    if (thrown instanceof PlatformException refused) {
      text.append(refused.getPlatformMessage()).append('\n').append(refused.getRequestId());
    }
    if (thrown instanceof InvalidResponseException answer) {
      text.append(answer.getBodyStart()).append('\n').append(answer.getContentType());
    }
    return text.toString();
  }

  /** Checks that the exception does not show the app secret, the access token or an auth body. */
  public static void assertHidesSecrets(Throwable thrown) {
    assertThat(everythingOf(thrown)).doesNotContain("hush");
  }
}
