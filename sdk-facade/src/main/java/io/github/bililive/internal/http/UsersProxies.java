package io.github.bililive.internal.http;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of the user's client, but none for this machine itself: what is sent there in the
 * clear is for nobody else.
 */
final class UsersProxies extends ProxySelector {
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

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    if (fixed == null) {
      selector.connectFailed(uri, address, failure);
    }
  }
}
