package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.time.WallClock;
import java.io.IOException;
import java.net.ProtocolException;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/**
 * Makes of what came of a request its data or one of our errors. Nobody else makes a {@link
 * BiliLiveException} of an answer. Safe for use by several threads.
 */
final class Judge {
  /**
   * Takes the data out of an envelope whose code was 0; null stands for one that cannot be read.
   * Throws {@link JsonDataException} if the call cannot do without something that the answer lacks.
   */
  interface Reading<E, T extends @Nullable Object> {
    T read(@Nullable E envelope);
  }

  /** No exception that is meant to be read has as many causes. */
  static final int MAX_LINKS = 100;

  private final Redaction redaction;
  private final WallClock wallClock;

  Judge(Redaction redaction, WallClock wallClock) {
    this.redaction = redaction;
    this.wallClock = wallClock;
  }

  /**
   * Returns the data that a call brought. Throws if nothing came, if it is a refusal, or if it is
   * not understood and the call cannot do without.
   *
   * @param body the envelope, null if it could not be read as one
   * @param thrown what the call ended with in place of an answer; null if it did not
   */
  <E, T extends @Nullable Object> T judge(
      Request request, @Nullable E body, @Nullable Throwable thrown, Reading<E, T> reading) {
    if (thrown instanceof UnusableAnswer) {
      UnusableAnswer unusable = (UnusableAnswer) thrown;
      throw notUnderstood(request, String.valueOf(thrown.getMessage()), unusable.bodyStart, null);
    }
    if (thrown instanceof NoTokenException) {
      throw ((NoTokenException) thrown).failure;
    }
    CallTrace trace = traceOf(request);
    if (thrown != null && !trace.isComplete()) {
      throw failure(request, thrown);
    }
    boolean httpOk = trace.httpStatus() >= 200 && trace.httpStatus() < 300;
    Envelope envelope = trace.envelope();
    if (envelope == null) {
      String problem = httpOk ? "it is not the platform's JSON" : httpProblem(trace);
      throw notUnderstood(request, problem, trace.text(), trace.unreadable());
    }
    if (envelope.code != 0) {
      throw refused(request, envelope, trace);
    }
    if (!httpOk) {
      throw notUnderstood(request, httpProblem(trace), trace.text(), null);
    }
    try {
      return reading.read(body);
    } catch (JsonDataException e) {
      Throwable cause = thrown == null ? e : thrown;
      throw notUnderstood(request, String.valueOf(cause.getMessage()), trace.text(), cause);
    }
  }

  /** Returns the failure of a call that got no answer. */
  NetworkException failure(Request request, Throwable thrown) {
    return ended(request, withoutSecrets(request, thrown));
  }

  /** Returns the failure of a call that the SDK itself has ended: its own words hold no secret. */
  NetworkException ended(Request request, IOException why) {
    return new NetworkException(
        CalledOperation.of(request).name, request.url().host(), traceOf(request).isSent(), why);
  }

  private PlatformException refused(Request request, Envelope envelope, CallTrace trace) {
    return new PlatformException(
        CalledOperation.of(request).name,
        envelope.code,
        redaction.startOf(envelope.message, request),
        shownOrNull(request, envelope.requestId),
        trace.askedMillis(wallClock.currentTimeMillis()),
        finding(envelope.code, trace));
  }

  private InvalidResponseException notUnderstood(
      Request request, String problem, String text, @Nullable Throwable cause) {
    CallTrace trace = traceOf(request);
    return new InvalidResponseException(
        CalledOperation.of(request).name,
        redaction.startOf(problem, request),
        trace.httpStatus(),
        shownOrNull(request, trace.contentType()),
        redaction.startOf(text, request),
        trace.askedMillis(wallClock.currentTimeMillis()),
        cause == null ? null : withoutSecrets(request, cause));
  }

  /** Returns what was seen of a refused call that helps to find the cause; empty for nothing. */
  private String finding(int code, CallTrace trace) {
    if (code == PlatformCode.TIMESTAMP_EXPIRED.getNumber()) {
      Long date = trace.dateMillis();
      return date == null
          ? "how far it is off is not known: the answer does not tell the platform's time"
          : "by the answer's Date it is " + clockIs(date - wallClock.currentTimeMillis());
    }
    boolean aboutSignature =
        code == PlatformCode.SIGNATURE_WRONG.getNumber()
            || code == PlatformCode.BODY_MD5.getNumber();
    return aboutSignature && !trace.signedText().isEmpty()
        ? "signed was, with line feeds as \\n: «"
            + redaction.redact(trace.signedText()).replace("\n", "\\n")
            + "»"
        : "";
  }

  private static String clockIs(long behindMillis) {
    long seconds = TimeUnit.MILLISECONDS.toSeconds(Math.abs(behindMillis));
    return seconds + " s " + (behindMillis < 0 ? "ahead" : "behind");
  }

  private static String httpProblem(CallTrace trace) {
    if (trace.location() == null) {
      return "it has an HTTP error's status";
    }
    return "it redirects to "
        + trace.location()
        + ", which is not followed: signature and token are for the configured host alone";
  }

  /** OkHttp quotes a status line that it cannot read, into which a server may put anything. */
  private IOException withoutSecrets(Request request, Throwable thrown) {
    boolean harmless = true;
    int links = 0;
    for (Throwable link = thrown; link != null; link = link.getCause()) {
      if (++links > MAX_LINKS) { // A chain of the user's exceptions may be a ring.
        harmless = false;
        break;
      }
      harmless &= isHarmless(request, link);
      for (Throwable suppressed : link.getSuppressed()) {
        harmless &= isHarmless(request, suppressed);
      }
    }
    if (harmless && thrown instanceof IOException) {
      return (IOException) thrown;
    }
    String message = thrown.getMessage();
    String text =
        thrown.getClass().getSimpleName()
            + (message == null ? "" : ": " + redaction.startOf(message, request));
    IOException cause =
        thrown instanceof ProtocolException ? new ProtocolException(text) : new IOException(text);
    cause.setStackTrace(thrown.getStackTrace());
    if (harmless) {
      cause.initCause(thrown);
    }
    return cause;
  }

  private boolean isHarmless(Request request, Throwable link) {
    String message = link.getMessage();
    return message == null || message.equals(redaction.startOf(message, request));
  }

  private @Nullable String shownOrNull(Request request, @Nullable String text) {
    return text == null ? null : redaction.startOf(text, request);
  }

  static CallTrace traceOf(Request request) {
    CallTrace trace = request.tag(CallTrace.class);
    if (trace == null) {
      throw new IllegalStateException("the request has no trace");
    }
    return trace;
  }
}
