package io.github.bililive.internal.http;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;

/** Checks where the API is said to be: TLS, but for this machine itself. */
public final class BaseUrl {
  public static final String PLATFORM = "https://member.bilibili.com/";

  public static final String OAUTH = "https://api.bilibili.com/";

  public static final String OPEN_LIVE = "https://live-open.biliapi.com/";
  public static final String ACCOUNT = "https://account.bilibili.com/";

  private BaseUrl() {}

  /**
   * Returns the address with a path that ends with a slash.
   *
   * @throws IllegalArgumentException if it is no HTTP address, or would send the signature and the
   *     token over the network in the clear
   */
  public static HttpUrl parse(String text) {
    HttpUrl url;
    try {
      url = HttpUrl.get(text);
    } catch (IllegalArgumentException e) {
      String shown = text.indexOf('@') < 0 ? text : "██"; // It may hold a password.
      String problem = text.contains("://") ? e.getMessage() : "it has no scheme";
      throw new IllegalArgumentException(
          "base URL " + shown + ": " + problem + "; give one like " + PLATFORM, e);
    }
    if (url.query() != null
        || url.fragment() != null
        || !url.username().isEmpty()
        || !url.password().isEmpty()) {
      // The text is left out: a password may stand in it.
      throw new IllegalArgumentException(
          "base URL for host "
              + url.host()
              + " holds a user, query or fragment: give scheme, host and path alone, like "
              + PLATFORM);
    }
    if (!url.isHttps() && !Loopback.isLoopback(url.host())) {
      throw new IllegalArgumentException(
          "base URL "
              + text
              + " is not HTTPS: anyone on the way could read the access token; cleartext is"
              + " accepted for loopback addresses (localhost, 127.0.0.0/8, [::1]) alone");
    }
    return url.encodedPath().endsWith("/") ? url : url.newBuilder().addPathSegment("").build();
  }

  /** Returns hosts as OkHttp spells them, if there is one and each is a name or address alone. */
  public static Set<String> hosts(String name, Collection<String> given) {
    Set<String> hosts = new LinkedHashSet<>();
    for (String host : given) {
      Objects.requireNonNull(host, name + " holds null: give names such as \"bilibili.com\"");
      HttpUrl url = HttpUrl.parse("https://" + host + "/");
      if (url == null
          || !url.equals(new HttpUrl.Builder().scheme("https").host(url.host()).build())) {
        throw new IllegalArgumentException(
            name + " holds '" + host + "': give a host alone, such as \"bilibili.com\"");
      }
      hosts.add(url.host());
    }
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException(
          name + " is empty: give a host such as \"bilibili.com\", or leave it out");
    }
    return Collections.unmodifiableSet(hosts);
  }
}
