package io.github.bililive.internal.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of the user's client, but none for this machine itself: what is sent there in the
 * clear is for nobody else.
 */
final class UsersProxies extends ProxySelector {
  /** OkHttp's words for a proxy's 407 that nobody answers. */
  private static final String CHALLENGE = "Failed to authenticate with proxy";

  private final @Nullable Proxy fixed;
  private final ProxySelector selector;

  UsersProxies(OkHttpClient users) {
    fixed = users.proxy();
    selector = users.proxySelector();
  }

  @Override
  public List<Proxy> select(URI uri) {
    String host = String.valueOf(uri.getHost()).replaceAll("[\\[\\]]", "");
    if (Loopback.isLoopback(host)) {
      return Collections.singletonList(Proxy.NO_PROXY);
    }
    return fixed == null ? selector.select(uri) : Collections.singletonList(fixed);
  }

  /**
   * Returns what a call fails with. It names the proxy where one is asked: OkHttp says "Failed to
   * connect", as of the platform's own host.
   */
  IOException named(HttpUrl url, IOException failure) {
    boolean isChallenge = CHALLENGE.equals(failure.getMessage());
    boolean isOfTransport =
        failure instanceof SocketException
            || failure instanceof SocketTimeoutException
            || failure instanceof UnknownHostException;
    String proxy = isChallenge || isOfTransport ? proxyFor(url) : "";
    if (proxy.isEmpty()) {
      return failure;
    }
    String message =
        isChallenge
            ? "the proxy "
                + proxy
                + " answered 407; set the proxyAuthenticator of your OkHttpClient"
            : "over the proxy " + proxy + ": " + failure.getMessage();
    IOException named =
        failure instanceof ConnectException
            ? new ConnectException(message)
            : failure instanceof UnknownHostException
                ? new UnknownHostException(message)
                : new IOException(message);
    named.initCause(failure);
    return named;
  }

  private String proxyFor(HttpUrl url) {
    try {
      SocketAddress address = select(url.uri()).get(0).address();
      if (address instanceof InetSocketAddress) {
        InetSocketAddress asked = (InetSocketAddress) address;
        return asked.getHostString() + ":" + asked.getPort();
      }
    } catch (RuntimeException e) {
      // A selector of the user's threw, or has none: there is nothing to name.
    }
    return "";
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    if (fixed == null) {
      selector.connectFailed(uri, address, failure);
    }
  }

  /** OkHttp shares a connection only between clients whose selectors are equal. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof UsersProxies
        && Objects.equals(fixed, ((UsersProxies) o).fixed)
        && selector.equals(((UsersProxies) o).selector);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(fixed) + selector.hashCode();
  }
}
