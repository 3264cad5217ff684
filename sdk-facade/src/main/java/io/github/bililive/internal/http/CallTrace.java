package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Headers;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and what came back for one request. It rides on the request as a tag, past the
 * user's interceptors, which do not see it: so an error can show the answer, and the auth body
 * comes back.
 *
 * <p>Owned by the thread that runs the call; {@link #isBegun} and {@link #isSent} may be read by
 * any.
 */
final class CallTrace {
  /** The secrets that {@link Wire} took out of the last answer, in order, as JSON has them. */
  final List<String> sealed = new ArrayList<>();

  /**
   * What the call is made with: an access token, an identity code or a form; null for nothing. Set
   * before it is sent.
   */
  volatile @Nullable Object key;

  private volatile boolean begun;
  private volatile boolean sent;
  private @Nullable SignedHeaders signed;
  private long signedMillis;

  private int httpStatus;
  private Headers headers = Headers.of();

  /** The last answer as it came, and the body that stands for it; null before. */
  private @Nullable String read;

  private @Nullable ResponseBody standsForRead;

  /** The whole answer, null until it has come back through the user's interceptors. */
  private @Nullable String text;

  /** The answer's envelope; null until the answer is here, and if it has none. */
  private @Nullable Envelope envelope;

  /** Why there is no envelope. */
  private @Nullable Exception unreadable;

  /** Returns the request's trace; throws if an interceptor made a new request. */
  static CallTrace of(Request request) throws IOException {
    CallTrace trace = request.tag(CallTrace.class);
    if (trace == null) {
      throw new NotSentException(
          "not sent: an interceptor replaced the request; it must derive its own with"
              + " Request.newBuilder(), which keeps what belongs to the call");
    }
    return trace;
  }

  /** The call has got its place among those under way. */
  void begin() {
    begun = true;
  }

  boolean isBegun() {
    return begun;
  }

  /** Any of the request may leave this machine from now on. */
  void sending() {
    sent = true;
    sealed.clear();
  }

  void signedWith(SignedHeaders headers, long timeMillis) {
    signed = headers;
    signedMillis = timeMillis;
  }

  void readAtWire(String wholeText, ResponseBody standIn) {
    read = wholeText;
    standsForRead = standIn;
  }

  /** Returns what the wire brought if this body still stands for it; null if it is another. */
  @Nullable String readAtWire(@Nullable ResponseBody body) {
    return body == standsForRead ? read : null;
  }

  void headersCame(Response response) {
    httpStatus = response.code();
    headers = response.headers();
  }

  void textCame(String wholeText) {
    text = wholeText;
    envelope = null;
    unreadable = null;
    try {
      envelope = Envelope.read(wholeText);
    } catch (IOException | JsonDataException e) {
      unreadable = e;
    }
  }

  /** Returns whether any of the request may have left this machine, in any attempt of OkHttp's. */
  boolean isSent() {
    return sent;
  }

  /** Returns the text that was signed, which holds no secret; empty if nothing was signed. */
  String signedText() {
    return signed == null ? "" : signed.signedText();
  }

  long signedMillis() {
    return signedMillis;
  }

  /** Returns whether the whole answer is here: what fails after that is not the network's fault. */
  boolean isComplete() {
    return text != null;
  }

  int httpStatus() {
    return httpStatus;
  }

  @Nullable String contentType() {
    return headers.get("Content-Type");
  }

  @Nullable String location() {
    return headers.get("Location");
  }

  /** Returns the platform's time, in Unix milliseconds; null if untold, or out of a cache. */
  @Nullable Long dateMillis() {
    return headers.get("Age") == null ? HttpTime.millis(headers, "Date") : null;
  }

  /** Returns how long the answer asks to wait, in milliseconds; null if it does not say. */
  @Nullable Long askedMillis(long nowMillis) {
    Long date = HttpTime.millis(headers, "Date");
    return HttpTime.retryAfterMillis(headers, date == null ? nowMillis : date);
  }

  @Nullable Envelope envelope() {
    return envelope;
  }

  @Nullable Exception unreadable() {
    return unreadable;
  }

  /** Returns the whole answer; empty if it is not here. */
  String text() {
    return text == null ? "" : text;
  }

  /** Shows nothing: a tag is printed with its request, and this one holds secrets. */
  @Override
  public String toString() {
    return "CallTrace";
  }
}
