package io.github.bililive.call;

import java.util.ArrayList;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What came back for one call: rides on the request as a tag, so that an error can show it and the
 * auth body travels past the user's interceptors unseen.
 *
 * <p>Owned by the thread that runs the call.
 */
final class AnswerTrace {
  /** What {@link SealInterceptor} took out of the answer of the last attempt. */
  final List<String> sealed = new ArrayList<>();

  private int httpStatus;
  private @Nullable String contentType;
  private @Nullable String location;

  /** The whole answer, null until it is here. */
  private @Nullable String text;

  /**
   * Returns the request's trace, or null for a request that was not made by {@link CallFactory}.
   */
  static @Nullable AnswerTrace of(Request request) {
    return request.tag(AnswerTrace.class);
  }

  void headersArrived(Response response) {
    httpStatus = response.code();
    contentType = response.header("Content-Type");
    location = response.header("Location");
  }

  void bodyArrived(String wholeText) {
    text = wholeText;
  }

  /** Whether the whole answer is here: what fails after that is not the network's fault. */
  boolean isComplete() {
    return text != null;
  }

  int httpStatus() {
    return httpStatus;
  }

  @Nullable String contentType() {
    return contentType;
  }

  /** Where the answer redirects to, null if it does not say. */
  @Nullable String location() {
    return location;
  }

  /** The whole answer, unsealed; empty if it is not here. */
  String text() {
    return text == null ? "" : text;
  }

  /** Nothing: a tag is printed with its request, and this one holds the auth body. */
  @Override
  public String toString() {
    return "AnswerTrace";
  }
}
