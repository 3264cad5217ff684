package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import java.io.IOException;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests and adds the access token. OkHttp sends a request again by itself after a
 * connection failure: each sending gets a nonce and a time of its own. The bytes that are signed
 * are the bytes that are sent, whatever interceptors made of the body.
 */
final class Signing implements Wire.Filling {
  /** Header for the broadcaster's token. It is not part of the signed text. */
  private static final String ACCESS_TOKEN = "access-token";

  private static final String JSON = "application/json";

  private final RequestSigner signer;
  private final PlatformClock clock;
  private final NonceSource nonces = new NonceSource();

  /** Whether the API has calls by access token at all. */
  private final boolean takesTokens;

  Signing(RequestSigner signer, PlatformClock clock, boolean takesTokens) {
    this.signer = signer;
    this.clock = clock;
    this.takesTokens = takesTokens;
  }

  @Override
  public Request fill(Request request, CallTrace trace) throws IOException {
    byte[] body = bytesOf(request.body());
    long timeMillis = clock.currentTimeMillis();
    SignedHeaders headers = signer.sign(body, timeMillis / 1000, nonces.next());
    trace.signedWith(headers, timeMillis);
    Request.Builder signed =
        request
            .newBuilder()
            .header("Connection", "keep-alive") // As the official pages spell it.
            .header("Accept", JSON)
            .header("Content-Type", JSON)
            .removeHeader("Transfer-Encoding");
    if (request.body() != null) {
      signed
          .header("Content-Length", Integer.toString(body.length))
          .method(request.method(), RequestBody.create(body));
    }
    headers.applyTo(signed);
    signed.removeHeader(ACCESS_TOKEN);
    if (takesTokens) {
      Object key = trace.key;
      // The official samples send it empty where there is none.
      signed.header(ACCESS_TOKEN, key == null ? "" : ((AccessToken) key).getText());
    }
    return signed.build();
  }

  @Override
  public boolean hasOtherTime(CallTrace trace) {
    return clock.correct(trace.dateMillis(), trace.signedMillis());
  }

  private static byte[] bytesOf(@Nullable RequestBody body) throws IOException {
    if (body == null) {
      return new byte[0];
    }
    Buffer buffer = new Buffer();
    body.writeTo(buffer);
    return buffer.readByteArray();
  }
}
