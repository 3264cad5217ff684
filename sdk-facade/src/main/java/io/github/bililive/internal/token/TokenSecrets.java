package io.github.bililive.internal.token;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** Keeps tokens out of exceptions that the user's code has thrown. */
public final class TokenSecrets {
  private TokenSecrets() {}

  /**
   * Returns the exception, or, if it shows one of these secrets anywhere, another that names its
   * class alone.
   */
  public static Throwable withoutSecrets(Throwable thrown, @Nullable String... secrets) {
    StringWriter shown = new StringWriter();
    thrown.printStackTrace(new PrintWriter(shown, true));
    for (String secret : secrets) {
      if (secret != null && shown.toString().contains(secret)) {
        IOException harmless =
            new IOException(thrown.getClass().getName() + ": ██ (its text held a token)");
        harmless.setStackTrace(thrown.getStackTrace());
        return harmless;
      }
    }
    return thrown;
  }
}
