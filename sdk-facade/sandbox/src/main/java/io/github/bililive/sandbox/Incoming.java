package io.github.bililive.sandbox;

import okhttp3.HttpUrl;
import okhttp3.mockwebserver.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** A request with its body, on its way through the sandbox. Owned by the thread that answers it. */
final class Incoming {
  private static final String NO_TARGET = "";

  final Arrival arrival;
  final @Nullable String method;
  final byte[] body;
  final ConnIds connIds;
  final Verdicts verdicts = new Verdicts();

  /** What was signed in place of the right text; null if the signature is right, or not known. */
  SignatureSearch.@Nullable Found signedInstead;

  /** Null if the request's target is no URL. */
  final @Nullable HttpUrl url;

  @Nullable String agent() {
    return arrival.headers().get("User-Agent");
  }

  Incoming(RecordedRequest request, long number, SandboxClock clock, Connections known) {
    String path = request.getPath();
    String target = path == null ? NO_TARGET : path;
    Endpoint endpoint = Endpoint.ofPath(target.split("\\?", 2)[0]);
    method = request.getMethod();
    body = request.getBody().readByteArray();
    connIds = ConnIds.read(endpoint, body);
    url = HttpUrl.parse("http://sandbox" + target);
    arrival =
        new Arrival(
            number,
            endpoint,
            target,
            clock.nanos(),
            clock.wallMillis(),
            request.getHeader(Signature.NONCE),
            request.getHeader(Signature.TIMESTAMP),
            known.sharedCopies(connIds.ids()),
            request.getHeaders());
  }
}
