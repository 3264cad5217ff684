package io.github.bililive.sandbox;

import java.util.List;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request that the sandbox has seen, and what became of it.
 *
 * @param arrival the request as it came in
 * @param code what the platform decided, 0 for success; null if a fault kept the request from it
 * @param message the envelope's message that goes with the code; null if there is no code
 * @param requestId the envelope's {@code request_id}
 * @param fault the planned fault that the client met instead of the platform's answer, or on top of
 *     it; null if there was none
 */
public record SeenRequest(
    Arrival arrival,
    @Nullable Integer code,
    @Nullable String message,
    String requestId,
    @Nullable Fault fault) {

  /**
   * Returns which call it is.
   *
   * @return the call; null if the path is none of the platform's
   */
  public @Nullable Endpoint endpoint() {
    return arrival.endpoint();
  }

  /**
   * Returns when it came.
   *
   * @return monotonic nanoseconds of the sandbox's clock
   */
  public long atNanos() {
    return arrival.atNanos();
  }

  /**
   * Returns the nonce.
   *
   * @return the nonce; null if it was not sent
   */
  public @Nullable String nonce() {
    return arrival.nonce();
  }

  /**
   * Returns the ids in the body.
   *
   * @return the ids in the order in which they were sent; empty if there were none
   */
  public List<String> connIds() {
    return arrival.connIds();
  }

  /**
   * Returns all headers, secrets as they were sent.
   *
   * @return the headers
   */
  public Headers headers() {
    return arrival.headers();
  }

  /**
   * Says whether the platform refused this request: it decided, and not for success. Answers that a
   * fault made up do not count.
   *
   * @return whether it was refused
   */
  public boolean isRefused() {
    return code != null && code != Code.SUCCESS;
  }
}
