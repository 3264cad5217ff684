package io.github.bililive.sandbox;

import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request as it came in, before the sandbox judged it.
 *
 * @param number 1 for the first request of this sandbox, and so on
 * @param endpoint which call it is; null if the path is none of the platform's
 * @param target the path and the query as they were sent
 * @param atNanos when it came, in monotonic nanoseconds of the sandbox's clock
 * @param atWallMillis when it came, in wall milliseconds of the sandbox's clock
 * @param nonce {@code x-bili-signature-nonce}; null if it was not sent
 * @param timestamp {@code x-bili-timestamp} as it was sent; null if it was not sent
 * @param connIds the ids in the body; empty if there were none or the body was not understood
 * @param headers all headers, with secrets as they were sent; {@link #toString} hides those
 */
public record Arrival(
    long number,
    @Nullable Endpoint endpoint,
    String target,
    long atNanos,
    long atWallMillis,
    @Nullable String nonce,
    @Nullable String timestamp,
    List<String> connIds,
    Headers headers) {

  /**
   * Prints the request without {@code Authorization} and {@code access-token}.
   *
   * @return all of it, the secrets as ██
   */
  @Override
  public String toString() {
    return "Arrival[number=%d, endpoint=%s, target=%s, atNanos=%d, atWallMillis=%d, "
            .formatted(number, endpoint, target, atNanos, atWallMillis)
        + "connIds=%s, headers=%s]".formatted(connIds, Redaction.print(headers));
  }
}
