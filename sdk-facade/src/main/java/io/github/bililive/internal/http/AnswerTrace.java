package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
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
  private Headers headers = Headers.of();

  /** The whole answer, null until it is here. */
  private @Nullable String text;

  /** The answer's frame; null until it is here, and if it has none. */
  private @Nullable Envelope envelope;

  /** Why there is no frame. */
  private @Nullable Exception unreadable;

  /**
   * Returns the request's trace, or null for a request that was not made by {@link CallFactory}.
   */
  static @Nullable AnswerTrace of(Request request) {
    return request.tag(AnswerTrace.class);
  }

  void headersArrived(Response response) {
    httpStatus = response.code();
    headers = response.headers();
  }

  void bodyArrived(String wholeText) {
    text = wholeText;
    envelope = null;
    unreadable = null;
    try {
      envelope = Envelope.read(wholeText);
    } catch (IOException | JsonDataException e) {
      unreadable = e;
    }
  }

  /** Whether the whole answer is here: what fails after that is not the network's fault. */
  boolean isComplete() {
    return text != null;
  }

  int httpStatus() {
    return httpStatus;
  }

  @Nullable String contentType() {
    return headers.get("Content-Type");
  }

  /** Where the answer redirects to, null if it does not say. */
  @Nullable String location() {
    return headers.get("Location");
  }

  /**
   * How long the answer asks to wait, in milliseconds; {@link RetryAfterHeader#ABSENT} if it does
   * not say.
   *
   * @param nowMillis the platform's time if the answer does not tell it
   */
  long askedMillis(long nowMillis) {
    Long date = HttpTime.millis(headers, "Date");
    return RetryAfterHeader.millis(headers, date == null ? nowMillis : date);
  }

  /** The frame of the whole answer; null if it has none, or is not here. */
  @Nullable Envelope envelope() {
    return envelope;
  }

  /** Why there is no frame; null if there is, or the answer is not here. */
  @Nullable Exception unreadable() {
    return unreadable;
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
