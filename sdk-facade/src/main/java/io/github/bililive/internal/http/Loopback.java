package io.github.bililive.internal.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Tells the hosts that are this machine itself, the only ones that cleartext may go to, and those
 * of the network around it. Judges by the text alone: a name that merely resolves to this machine
 * may change its mind.
 */
public final class Loopback {
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  private static final Pattern IPV4 = Pattern.compile("127(\\." + BYTE + "){3}");

  private static final Pattern ANY_IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  /** Some resolvers take 127.1, 2130706433 and 0x7f.1 for addresses, too. */
  private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0[xX].*)");

  private Loopback() {}

  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || IPV4.matcher(host).matches();
  }

  /**
   * Returns whether a host, spelled as OkHttp spells it, is a name, or an address of the open
   * network: not of this machine, of a private network, or of a group.
   */
  public static boolean isPublic(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    boolean isAddress = name.indexOf(':') >= 0 || ANY_IPV4.matcher(name).matches();
    if (!isAddress) {
      return !name.equals("localhost")
          && !name.endsWith(".localhost")
          && !ENDS_IN_NUMBER.matcher(name).matches();
    }
    try {
      return isPublic(InetAddress.getByName(name)); // Of an address: nobody is asked.
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static boolean isPublic(InetAddress address) {
    int first = address.getAddress()[0] & 0xff;
    int second = address.getAddress()[1] & 0xff;
    boolean isIpv4 = address.getAddress().length == 4;
    boolean isShared = isIpv4 && first == 100 && (second & 0xc0) == 64; // RFC 6598
    boolean isReserved = isIpv4 && first >= 240;
    boolean isUniqueLocal = !isIpv4 && (first & 0xfe) == 0xfc; // RFC 4193
    // 0 begins what stands for this machine, and IPv6 addresses that hold one of IPv4.
    return first != 0
        && !isShared
        && !isReserved
        && !isUniqueLocal
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isSiteLocalAddress()
        && !address.isMulticastAddress();
  }
}
