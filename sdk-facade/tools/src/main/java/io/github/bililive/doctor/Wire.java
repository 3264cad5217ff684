package io.github.bililive.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.Date;
import java.util.List;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okhttp3.Protocol;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Sees how the first request travels: whatever OkHttp does for it, by way of the proxy if there is
 * one. Requests, which hold secrets, it does not look at.
 */
final class Wire extends EventListener {
  /** A Date is cut to the second, and may stand for any moment of it. */
  private static final long LAST_OF_SECOND_MILLIS = 999;

  /** What the name stands for; null if it was not asked, or not found. */
  volatile @Nullable List<InetAddress> addresses;

  /** Where a connection was made to; null if none was. */
  volatile @Nullable InetSocketAddress connected;

  /** What was agreed on; null without TLS, or if there was no agreement. */
  volatile @Nullable Handshake handshake;

  /**
   * How far this machine's clock is behind the platform's, 0 if it may agree; null if no answer has
   * told.
   */
  volatile @Nullable Long clockBehindMillis;

  /** When the request was sent that is answered next, by this machine's clock. */
  private volatile long sentAtMillis;

  /** The name that was asked for, the proxy's if one is used; null as {@link #addresses}. */
  volatile @Nullable String name;

  /** Whether a proxy is on the way. */
  volatile boolean proxied;

  /** Where a connection was last tried; null if nowhere yet. */
  volatile @Nullable InetSocketAddress tried;

  @Override
  public void dnsEnd(Call call, String domainName, List<InetAddress> found) {
    if (addresses == null) {
      name = domainName;
      addresses = found;
    }
  }

  @Override
  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
    tried = address;
    proxied |= proxy.type() != Proxy.Type.DIRECT;
  }

  @Override
  public void secureConnectStart(Call call) {
    // OkHttp ends connecting only after the handshake.
    if (connected == null) {
      connected = tried;
    }
  }

  @Override
  public void secureConnectEnd(Call call, @Nullable Handshake agreed) {
    if (handshake == null) {
      handshake = agreed;
    }
  }

  @Override
  public void connectEnd(
      Call call, InetSocketAddress address, Proxy proxy, @Nullable Protocol protocol) {
    if (connected == null) {
      connected = address;
    }
  }

  @Override
  public void requestHeadersStart(Call call) {
    if (clockBehindMillis == null) {
      sentAtMillis = System.currentTimeMillis();
    }
  }

  @Override
  public void responseHeadersEnd(Call call, Response response) {
    Date date = response.headers().getDate("Date");
    if (date != null && response.header("Age") == null && clockBehindMillis == null) {
      clockBehindMillis = behind(date.getTime(), sentAtMillis, System.currentTimeMillis());
    }
  }

  /** The date was written somewhen on the way, which may have been long. */
  private static long behind(long dateMillis, long sentAtMillis, long receivedAtMillis) {
    long least = dateMillis - receivedAtMillis;
    long most = dateMillis + LAST_OF_SECOND_MILLIS - sentAtMillis;
    return least <= 0 && most >= 0 ? 0 : (least + most) / 2;
  }
}
