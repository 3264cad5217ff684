package io.github.bililive.internal.http;

import java.util.regex.Pattern;

/** Tells the hosts that are this machine itself, the only ones that cleartext may go to. */
public final class Loopback {
  private static final Pattern IPV4 =
      Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}");

  private Loopback() {}

  /** Judges by the text alone: a name that merely resolves to this machine may change its mind. */
  public static boolean isLoopback(String host) {
    return host.equals("localhost") || host.equals("::1") || IPV4.matcher(host).matches();
  }
}
