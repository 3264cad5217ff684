package io.github.bililive.sandbox;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;

/** Makes HTTP answers. */
final class Responses {
  private static final String JSON = "application/json; charset=utf-8";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private Responses() {}

  /** Writes a time as HTTP does. */
  static String date(long epochMillis) {
    return DATE.format(Instant.ofEpochMilli(epochMillis));
  }

  static MockResponse json(String body) {
    return of(200, JSON, body);
  }

  static MockResponse of(int status, String contentType, String body) {
    return new MockResponse()
        .setResponseCode(status)
        .setHeader("Content-Type", contentType)
        .setBody(body);
  }

  static MockResponse bytes(byte[] body) {
    return new MockResponse()
        .setResponseCode(200)
        .setHeader("Content-Type", JSON)
        .setBody(new Buffer().write(body));
  }

  static MockResponse redirect(int status, String location) {
    return new MockResponse().setResponseCode(status).setHeader("Location", location);
  }

  static MockResponse none(SocketPolicy policy) {
    return new MockResponse().setSocketPolicy(policy);
  }
}
