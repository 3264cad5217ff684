package io.github.bililive.internal.room;

import io.github.bililive.internal.http.Loopback;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Those of a start's addresses that the auth body may be sent to: TLS, but for this machine. */
final class WssLinks {
  private final List<String> links;
  private final int given;

  private WssLinks(List<String> links, int given) {
    this.links = links;
    this.given = given;
  }

  static WssLinks of(List<String> given) {
    List<String> usable = new ArrayList<>();
    for (String link : given) {
      if (isUsable(link)) {
        usable.add(link);
      }
    }
    return new WssLinks(usable, given.size());
  }

  /** The usable addresses, in the order given. */
  List<String> links() {
    return links;
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** Why there is none. */
  String problem() {
    return given == 0
        ? "start answered no wss_link"
        : "none of the "
            + given
            + " addresses in wss_link can be used: they must begin with wss:// (ws:// for loopback"
            + " addresses alone)";
  }

  /** Returns the host of a usable address. */
  static String hostOf(String link) {
    HttpUrl url = parse("http" + link.substring(2));
    return url == null ? "" : url.host();
  }

  private static boolean isUsable(String link) {
    if (link.regionMatches(true, 0, "wss:", 0, 4)) {
      return parse("https:" + link.substring(4)) != null;
    }
    if (link.regionMatches(true, 0, "ws:", 0, 3)) {
      HttpUrl url = parse("http:" + link.substring(3));
      return url != null && Loopback.isLoopback(url.host());
    }
    return false;
  }

  private static @Nullable HttpUrl parse(String url) {
    return HttpUrl.parse(url);
  }
}
