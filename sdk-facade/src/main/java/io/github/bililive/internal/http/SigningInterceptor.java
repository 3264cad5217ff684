package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Signs each request as it leaves, as the last of OkHttp's network interceptors.
 *
 * <ul>
 *   <li>OkHttp resends a request by itself after a connection failure, and runs its network
 *       interceptors again for each attempt: so each attempt carries a nonce and time of its own.
 *   <li>The bytes that are signed are the bytes that are sent, whatever interceptors before this
 *       one made of the body.
 *   <li>Signature and access token exist on this side of every other interceptor only: a user's
 *       logging interceptor sees neither, not even in {@link Response#request}.
 *   <li>They go to the configured host alone. A request that an interceptor has turned to another
 *       host is refused before anything is sent.
 * </ul>
 */
public final class SigningInterceptor implements Interceptor {
  /** Header for the broadcaster's token. It is not part of the signed text. */
  private static final String ACCESS_TOKEN = "access-token";

  private static final String JSON = "application/json";

  private final RequestSigner signer;
  private final HttpUrl baseUrl;
  private final PlatformClock clock;
  private final NonceSource nonces = new NonceSource();

  /**
   * Creates the interceptor.
   *
   * @param baseUrl the one place that signed requests may go to: scheme, host and port count
   * @param clock tells the time that is signed
   */
  public SigningInterceptor(RequestSigner signer, HttpUrl baseUrl, PlatformClock clock) {
    this.signer = signer;
    this.baseUrl = baseUrl;
    this.clock = clock;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    requireConfiguredHost(request.url());
    byte[] body = bytesOf(request.body());
    long signedMillis = clock.currentTimeMillis();
    SignedHeaders headers = signer.sign(body, signedMillis / 1000, nonces.next());
    SigningTrace trace = request.tag(SigningTrace.class);
    if (trace != null) {
      trace.sending(headers);
    }
    long sentAtNanos = clock.nanoTime();
    Response response = chain.proceed(signed(request, body, headers));
    if (trace != null) {
      trace.answered(sample(response, signedMillis, sentAtNanos));
    }
    return response.newBuilder().request(request).build();
  }

  /**
   * Refuses a request that an interceptor has turned to another host, before a connection is opened
   * there. Stands behind the user's interceptors, as the last application interceptor.
   */
  public Response refuseOtherHosts(Chain chain) throws IOException {
    requireConfiguredHost(chain.request().url());
    return chain.proceed(chain.request());
  }

  /** Returns what the answer says of the time; null if it says nothing, or comes from a cache. */
  private @Nullable TimeSample sample(Response response, long signedMillis, long sentAtNanos) {
    Long date = HttpTime.millis(response.headers(), "Date");
    return date == null || response.header("Age") != null
        ? null
        : new TimeSample(date, signedMillis, sentAtNanos, clock.nanoTime());
  }

  private static Request signed(Request request, byte[] body, SignedHeaders headers) {
    Request.Builder signed =
        request
            .newBuilder()
            .header("Accept", JSON)
            .header("Content-Type", JSON)
            .header("Content-Length", Integer.toString(body.length))
            .removeHeader("Transfer-Encoding")
            .method(request.method(), request.body() == null ? null : RequestBody.create(body));
    headers.applyTo(signed);
    AccessToken token = request.tag(AccessToken.class);
    if (token == null) {
      signed.removeHeader(ACCESS_TOKEN);
    } else {
      signed.header(ACCESS_TOKEN, token.getText());
    }
    return signed.build();
  }

  private static byte[] bytesOf(@Nullable RequestBody body) throws IOException {
    if (body == null) {
      return new byte[0];
    }
    Buffer buffer = new Buffer();
    body.writeTo(buffer);
    return buffer.readByteArray();
  }

  private void requireConfiguredHost(HttpUrl url) throws IOException {
    if (!url.host().equals(baseUrl.host())
        || url.port() != baseUrl.port()
        || !url.scheme().equals(baseUrl.scheme())) {
      throw new ProtocolException( // Which OkHttp does not try again.
          "not sent: the request is for "
              + origin(url)
              + ", but this client signs for "
              + origin(baseUrl)
              + " alone; an interceptor must not turn it elsewhere, set the base URL instead");
    }
  }

  private static String origin(HttpUrl url) {
    return url.scheme() + "://" + url.host() + ":" + url.port();
  }
}
