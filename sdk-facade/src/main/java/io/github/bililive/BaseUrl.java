package io.github.bililive;

import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/** Checks where the API is said to be: TLS, but for this machine itself. */
final class BaseUrl {
  /** The Bilibili Open Platform. */
  static final String PLATFORM = "https://member.bilibili.com/";

  private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");

  private BaseUrl() {}

  /**
   * Returns the address with a path that ends with a slash.
   *
   * @throws IllegalArgumentException if it is no HTTP address, or would send the signature and the
   *     token over the network in the clear
   */
  static HttpUrl parse(String text) {
    HttpUrl url;
    try {
      url = HttpUrl.get(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "base URL " + text + ": " + e.getMessage() + "; give one like " + PLATFORM, e);
    }
    if (url.query() != null || url.fragment() != null || !url.username().isEmpty()) {
      // The text is left out: a password may stand in it.
      throw new IllegalArgumentException(
          "base URL for host "
              + url.host()
              + " holds a user, query or fragment: give scheme, host and path alone, like "
              + PLATFORM);
    }
    if (!url.isHttps() && !isLoopback(url.host())) {
      throw new IllegalArgumentException(
          "base URL "
              + text
              + " is not HTTPS: anyone on the way could read the access token; cleartext is"
              + " accepted for loopback addresses (localhost, 127.0.0.0/8, [::1]) alone");
    }
    return url.encodedPath().endsWith("/") ? url : url.newBuilder().addPathSegment("").build();
  }

  /** Judged by the text alone: a name that merely resolves to this machine may change its mind. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || IPV4_LOOPBACK.matcher(host).matches();
  }
}
