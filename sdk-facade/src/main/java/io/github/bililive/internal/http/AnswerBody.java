package io.github.bililive.internal.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;

/** Reads answers whole, within a bound, and makes answers of text. */
final class AnswerBody {
  /**
   * The longest answer that is read, in bytes. The longest that the platform is known to give, 200
   * failed ids, has about 8,000.
   */
  static final long MAX_BYTES = 1 << 20;

  /** How much is kept of an answer that is too long, for the error message. */
  private static final long START_BYTES = 4096;

  /** JSON has none, but gateways have been seen to send one. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private AnswerBody() {}

  /**
   * Reads the body to its end and closes it.
   *
   * @throws UnusableAnswer if it is longer than {@link #MAX_BYTES}
   */
  static String read(Response response) throws IOException {
    try (ResponseBody body = response.body()) {
      if (body == null) {
        return "";
      }
      BufferedSource source = body.source();
      if ("gzip".equalsIgnoreCase(response.header("Content-Encoding"))) {
        source = Okio.buffer(new GzipSource(source));
      }
      if (source.request(MAX_BYTES + 1)) {
        throw new UnusableAnswer(
            "it is longer than " + MAX_BYTES + " bytes",
            source.readString(START_BYTES, StandardCharsets.UTF_8));
      }
      String text = source.readString(StandardCharsets.UTF_8);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
  }

  /** Returns the response with this text, plain, in place of its body. */
  static Response replace(Response response, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String type = response.header("Content-Type");
    return response
        .newBuilder()
        .removeHeader("Content-Encoding")
        .removeHeader("Transfer-Encoding")
        .header("Content-Length", Integer.toString(bytes.length))
        .body(ResponseBody.create(bytes, type == null ? null : MediaType.parse(type)))
        .build();
  }
}
