package io.github.bililive.internal.room;

import io.github.bililive.internal.http.Loopback;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;

/** Those of a start's addresses that the auth body may be sent to: TLS, but for this machine. */
final class WssLinks {
  private WssLinks() {}

  static List<String> usable(List<String> given) {
    List<String> usable = new ArrayList<>();
    for (String link : given) {
      if (isUsable(link)) {
        usable.add(link);
      }
    }
    return usable;
  }

  static String problem(List<String> given) {
    return given.isEmpty()
        ? "start answered no wss_link"
        : "none of the "
            + given.size()
            + " addresses in wss_link can be used: they must begin with wss:// (ws:// for loopback"
            + " addresses alone)";
  }

  /** Returns the host of a usable address. */
  static String hostOf(String link) {
    HttpUrl url = HttpUrl.parse("http" + link.substring(2));
    return url == null ? "" : url.host();
  }

  private static boolean isUsable(String link) {
    if (link.regionMatches(true, 0, "wss:", 0, 4)) {
      return HttpUrl.parse("https:" + link.substring(4)) != null;
    }
    if (link.regionMatches(true, 0, "ws:", 0, 3)) {
      HttpUrl url = HttpUrl.parse("http:" + link.substring(3));
      return url != null && Loopback.isLoopback(url.host());
    }
    return false;
  }
}
