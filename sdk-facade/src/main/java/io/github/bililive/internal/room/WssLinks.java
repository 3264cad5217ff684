package io.github.bililive.internal.room;

import io.github.bililive.internal.http.Loopback;
import io.github.bililive.internal.time.CallbackErrors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Tells those of a start's addresses that the auth body may be sent to: by TLS to any host of the
 * open network, or to those that the user allows. This machine and the network around it count only
 * where the API itself is on this machine, and cleartext for this machine alone. Safe for use by
 * several threads.
 */
public final class WssLinks {
  /** Where the platform's sockets are known to be. */
  private static final String[] FAMILIAR = {"bilibili.com", "biliapi.com", "biliapi.net"};

  /** How many addresses of a start are looked at: a room dials each three times, to the last. */
  private static final int MOST = 32;

  /** How many unfamiliar hosts are logged: a peer may name any number. */
  private static final int MOST_LOGGED = 100;

  private final boolean isApiLocal;

  /** Empty for all. */
  private final Set<String> allowed;

  private final Set<String> logged = Collections.synchronizedSet(new HashSet<>());

  /** Creates what judges the addresses that an API at this host answers. */
  public WssLinks(String apiHost, Set<String> allowed) {
    isApiLocal = Loopback.isLoopback(apiHost);
    this.allowed = allowed;
  }

  /** Returns those that can be used, and logs each host of theirs that is new and unfamiliar. */
  List<String> usable(List<String> given) {
    List<String> usable = new ArrayList<>();
    for (String link : given.subList(0, Math.min(MOST, given.size()))) {
      if (problemOf(link) == null) {
        usable.add(link);
        note(hostOf(link));
      }
    }
    return usable;
  }

  /** Says why none of them can be used. */
  String problem(List<String> given) {
    return given.isEmpty()
        ? "start answered no wss_link"
        : "none of the "
            + given.size()
            + " addresses in wss_link can be used: "
            + problemOf(given.get(0));
  }

  /** Returns an address's host; empty if it is no address. */
  static String hostOf(String link) {
    HttpUrl url = parse(link);
    return url == null ? "" : url.host();
  }

  /** Returns host and port of a link that is usable. */
  static String addressOf(String link) {
    HttpUrl url = parse(link);
    return url == null ? "" : url.host() + ":" + url.port();
  }

  private static @Nullable HttpUrl parse(String link) {
    boolean isWebSocket =
        link.regionMatches(true, 0, "wss:", 0, 4) || link.regionMatches(true, 0, "ws:", 0, 3);
    return isWebSocket ? HttpUrl.parse("http" + link.substring(2)) : null;
  }

  private @Nullable String problemOf(String link) {
    HttpUrl url = parse(link);
    if (url == null) {
      return "they must begin with wss://";
    }
    String host = url.host();
    if (!allowed.isEmpty() && !isWithin(host, allowed)) {
      return "Builder.webSocketHosts does not hold " + host;
    }
    if (!url.isHttps() && !(isApiLocal && Loopback.isLoopback(host))) {
      return "ws:// is accepted from a loopback base URL for loopback addresses alone, not for "
          + host;
    }
    if (allowed.isEmpty() && !isApiLocal && !Loopback.isPublic(host)) {
      return host
          + " is this machine or in a private network: accepted from a loopback base URL, or with"
          + " Builder.webSocketHosts";
    }
    return null;
  }

  private void note(String host) {
    boolean isExpected = isApiLocal || !allowed.isEmpty();
    for (String familiar : FAMILIAR) {
      isExpected |= isWithin(host, Collections.singleton(familiar));
    }
    if (!isExpected && logged.size() < MOST_LOGGED && logged.add(host)) {
      CallbackErrors.info(
          "the platform names an unfamiliar host for rooms' sockets, which is used: "
              + host
              + "; Builder.webSocketHosts limits them");
    }
  }

  private static boolean isWithin(String host, Set<String> domains) {
    for (String domain : domains) {
      if (host.equals(domain) || host.endsWith("." + domain)) {
        return true;
      }
    }
    return false;
  }
}
