package io.github.bililive.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/** The way to the platform, up to the first byte. */
final class NetworkChecks {
  /** What other programs obey, and Java does not. */
  private static final List<String> PROXY_VARIABLES =
      List.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy");

  private final HttpUrl baseUrl;
  private final OkHttpClient http;
  private final Wire wire;

  NetworkChecks(HttpUrl baseUrl, OkHttpClient http, Wire wire) {
    this.baseUrl = baseUrl;
    this.http = http;
    this.wire = wire;
  }

  /** Says which proxy Java uses; the values of variables are left out, for a password's sake. */
  String proxy(Map<String, String> environment) {
    if (!baseUrl.isHttps()) {
      return "none: cleartext is for this machine, to which the SDK talks without one";
    }
    Proxy chosen = http.proxy();
    List<Proxy> proxies =
        chosen == null ? http.proxySelector().select(baseUrl.uri()) : List.of(chosen);
    String used =
        proxies.stream()
            .filter(proxy -> proxy.type() != Proxy.Type.DIRECT)
            .map(NetworkChecks::name)
            .collect(Collectors.joining(", "));
    if (!used.isEmpty()) {
      return used;
    }
    return PROXY_VARIABLES.stream()
        .filter(environment::containsKey)
        .findFirst()
        .map(
            variable ->
                "none; Java does not obey "
                    + variable
                    + ", which is set: if there is no way without a proxy, give"
                    + " -Dhttps.proxyHost=… -Dhttps.proxyPort=…")
        .orElse("none");
  }

  private static String name(Proxy proxy) {
    return proxy.address() instanceof InetSocketAddress address
        ? proxy.type() + " " + address.getHostString() + ":" + address.getPort()
        : proxy.type().toString();
  }

  String name(Probe probe) throws CheckFailedException {
    List<InetAddress> addresses = wire.addresses;
    if (addresses != null && !addresses.isEmpty()) {
      return wire.name
          + " is "
          + addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
    if (wire.tried != null) {
      return wire.proxied ? "left to the proxy" : "not needed: the base URL has an address";
    }
    throw new CheckFailedException(probe.problem("the name was not found"));
  }

  String connection(Probe probe) throws CheckFailedException {
    InetSocketAddress connected = wire.connected;
    if (connected == null) {
      throw new CheckFailedException(
          probe.problem("no connection came about")
              + "; check: host and port of the base URL, this network's firewall, and whether there"
              + " is no way without a proxy");
    }
    InetAddress address = connected.getAddress();
    return "to "
        + (address == null ? connected.getHostString() : address.getHostAddress())
        + ":"
        + connected.getPort()
        + (wire.proxied ? ", the proxy" : "");
  }
}
