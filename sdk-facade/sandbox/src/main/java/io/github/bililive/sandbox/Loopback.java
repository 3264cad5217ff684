package io.github.bililive.sandbox;

import java.util.regex.Pattern;
import okhttp3.mockwebserver.RecordedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other origins out. A browser says in {@code Origin} whose page makes a request;
 * that a name of somebody else's leads to this machine shows in {@code Host}.
 */
final class Loopback {
  private static final String HOST = "(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{1,5})?";
  private static final Pattern IS_HOST = Pattern.compile(HOST, Pattern.CASE_INSENSITIVE);
  private static final Pattern IS_ORIGIN =
      Pattern.compile("https?://" + HOST, Pattern.CASE_INSENSITIVE);

  private Loopback() {}

  /**
   * Returns what is wrong, or null. {@code Host} counts for the page alone: a phone or a container
   * may reach the platform's calls by another name.
   */
  static @Nullable String problem(RecordedRequest request, boolean isPage) {
    String origin = request.getHeader("Origin");
    if (origin != null && !IS_ORIGIN.matcher(origin).matches()) {
      return "the page that asks is not of this machine: its Origin must be localhost, 127.0.0.1 or"
          + " [::1]";
    }
    String host = request.getHeader("Host");
    if (isPage && (host == null || !IS_HOST.matcher(host).matches())) {
      return "the sandbox's page is for this machine alone: its Host must be localhost, 127.0.0.1 or"
          + " [::1]";
    }
    return null;
  }
}
