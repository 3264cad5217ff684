package io.github.bililive.internal.http;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Derives the OkHttp client that signs from the one that the user handed in. */
public final class SignedHttp {
  /**
   * How long a call may take from end to end, in seconds, unless the user's client has a limit of
   * its own. OkHttp has none by default, and an answer that trickles would hold a caller for ever.
   */
  public static final long CALL_TIMEOUT_SECONDS = 30;

  private SignedHttp() {}

  /**
   * Returns a client with the user's settings, interceptors and connection pool, and:
   *
   * <ul>
   *   <li>the signature, set behind all interceptors of the user's;
   *   <li>no redirects followed and no answer to an authentication challenge: the signature and the
   *       token are for the configured host, and {@code Authorization} is the platform's signature;
   *   <li>a {@code start} that OkHttp does not send again by itself once it may have left;
   *   <li>the platform's time, learned from its answers;
   *   <li>a dispatcher of its own, so that closing the SDK cancels the SDK's calls alone.
   * </ul>
   *
   * @param redaction is told the secrets that answers bring
   */
  public static OkHttpClient derive(
      OkHttpClient users,
      Dispatcher dispatcher,
      SigningInterceptor signing,
      PlatformClock clock,
      Redaction redaction) {
    OkHttpClient.Builder derived = oneHostAlone(users, dispatcher);
    derived.interceptors().add(0, new AnswerInterceptor(dispatcher, clock, redaction));
    derived.interceptors().add(signing::refuseOtherHosts);
    derived.interceptors().add(OneShotStart::intercept);
    derived.networkInterceptors().add(SignedHttp::sendAtOnce);
    derived.networkInterceptors().add(new SealInterceptor());
    derived.networkInterceptors().add(signing);
    return derived.build();
  }

  /** Returns the user's settings without what would send a secret elsewhere or hold a call up. */
  static OkHttpClient.Builder oneHostAlone(OkHttpClient users, Dispatcher dispatcher) {
    OkHttpClient.Builder derived =
        users
            .newBuilder()
            .dispatcher(dispatcher)
            .followRedirects(false)
            .followSslRedirects(false)
            .authenticator(Authenticator.NONE);
    if (users.callTimeoutMillis() == 0) {
      derived.callTimeout(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
    return derived;
  }

  /**
   * Switches Nagle's algorithm off. A batch of 200 ids takes more than one write of OkHttp's, and
   * the last part would wait for the server's delayed acknowledgement of those before: some 40 ms.
   */
  private static Response sendAtOnce(Interceptor.Chain chain) throws IOException {
    Connection connection = chain.connection();
    if (connection != null) {
      connection.socket().setTcpNoDelay(true);
    }
    return chain.proceed(chain.request());
  }
}
