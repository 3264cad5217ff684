package io.github.bililive.sandbox;

import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;

/** Prints headers without what must stay secret. */
final class Redaction {
  private static final Set<String> SECRET = Set.of("authorization", "access-token", "cookie");
  static final String BLOCK = "██";

  private Redaction() {}

  static String print(Headers headers) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      boolean secret =
          SECRET.contains(name.toLowerCase(Locale.ROOT)) && !headers.value(i).isEmpty();
      text.append(i == 0 ? "" : ", ").append(name).append(": ");
      text.append(secret ? BLOCK : headers.value(i));
    }
    return text.append(']').toString();
  }
}
