package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.Objects;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with a request, to be planned with {@link Sandbox#faults}. Immutable.
 *
 * <p>Unless it says otherwise, a fault strikes before the platform has seen the request: no id is
 * started or kept alive, no nonce used up. {@link #afterProcessing} turns that round. Pauses are in
 * real time, whatever the sandbox's clock, and end when the sandbox is closed.
 */
public final class Fault {
  private static final Effect UNCHANGED =
      (platform, id) -> Responses.json(Objects.requireNonNull(platform).toJson(id));

  /** The fault that is none: the platform's own answer, at once. */
  static final Fault NONE = new Fault("none", Processing.AT_ONCE, Duration.ZERO, UNCHANGED);

  /** When the platform gets to see the request. */
  enum Processing {
    NEVER,
    AT_ONCE,
    AFTER_THE_PAUSE
  }

  /** Makes the HTTP answer. The platform's answer is null if it was not asked. */
  @FunctionalInterface
  private interface Effect {
    MockResponse respond(@Nullable Answer platform, String requestId);
  }

  private final String name;
  private final Processing processing;
  private final Duration pause;
  private final Effect effect;

  private Fault(String name, Processing processing, Duration pause, Effect effect) {
    this.name = name;
    this.processing = processing;
    this.pause = pause;
    this.effect = effect;
  }

  private static Fault instead(String name, Effect effect) {
    return new Fault(name, Processing.NEVER, Duration.ZERO, effect);
  }

  /**
   * The platform processes the request at once and answers late.
   *
   * @param pause how late, in real time
   * @return the fault
   */
  public static Fault delay(Duration pause) {
    return new Fault("delay", Processing.AT_ONCE, notNegative(pause), UNCHANGED);
  }

  /**
   * The request is slow to get to the platform, which answers as soon as it has it.
   *
   * @param pause how late, in real time
   * @return the fault
   */
  public static Fault delayProcessing(Duration pause) {
    return new Fault("delayProcessing", Processing.AFTER_THE_PAUSE, notNegative(pause), UNCHANGED);
  }

  /**
   * The connection is cut without an answer. After processing, this is the ugly one: the platform
   * has accepted the request and the client cannot know.
   *
   * @return the fault
   */
  public static Fault reset() {
    return instead(
        "reset", (platform, id) -> Responses.none(SocketPolicy.DISCONNECT_AFTER_REQUEST));
  }

  /**
   * The connection stays open and no answer ever comes.
   *
   * @return the fault
   */
  public static Fault hang() {
    return instead("hang", (platform, id) -> Responses.none(SocketPolicy.NO_RESPONSE));
  }

  /**
   * The gateway answers with an HTTP status and a plain text.
   *
   * @param status such as 500
   * @param body the text
   * @return the fault
   */
  public static Fault status(int status, String body) {
    return instead(
        "status " + status,
        (platform, id) -> Responses.of(status, "text/plain; charset=utf-8", body));
  }

  /**
   * HTTP 200 with a JSON text in place of the platform's own, such as one that was captured.
   *
   * @param json the whole answer
   * @return the fault
   */
  public static Fault json(String json) {
    return instead("json", (platform, id) -> Responses.json(json));
  }

  /**
   * A page answers in place of the API.
   *
   * @param status such as 200, 412 or 502
   * @return the fault
   */
  public static Fault html(int status) {
    return instead(
        "html " + status,
        (platform, id) ->
            Responses.of(
                status,
                "text/html; charset=utf-8",
                "<!DOCTYPE html>\n<html><head><title>出错啦!</title></head>"
                    + "<body><h1>Service temporarily unavailable</h1></body></html>\n"));
  }

  /**
   * HTTP 200 with no body at all.
   *
   * @return the fault
   */
  public static Fault emptyBody() {
    return instead("emptyBody", (platform, id) -> Responses.json(""));
  }

  /**
   * HTTP 200 with the first half of a successful envelope; after processing, of the real one.
   *
   * @return the fault
   */
  public static Fault truncatedJson() {
    return instead(
        "truncatedJson",
        (platform, id) -> {
          String json = orSuccess(platform).toJson(id);
          return Responses.json(json.substring(0, json.length() / 2));
        });
  }

  /**
   * HTTP 200 with a body that is cut off by the connection's end, short of its Content-Length.
   *
   * @return the fault
   */
  public static Fault cutBody() {
    return instead(
        "cutBody",
        (platform, id) ->
            Responses.json(orSuccess(platform).toJson(id))
                .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
  }

  /**
   * HTTP 200 that claims to be JSON and is neither that nor UTF-8.
   *
   * @return the fault
   */
  public static Fault garbage() {
    byte[] bytes = {0x00, (byte) 0xff, (byte) 0xfe, 0x1f, (byte) 0x8b, (byte) 0xc3, 0x28, 0x07};
    return instead("garbage", (platform, id) -> Responses.bytes(bytes));
  }

  /**
   * HTTP 307, which asks for the same request, body and all, at another place.
   *
   * @param url where to
   * @return the fault
   */
  public static Fault redirect(String url) {
    return redirect(307, url);
  }

  /**
   * A redirect.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param url where to
   * @return the fault
   */
  public static Fault redirect(int status, String url) {
    return instead("redirect " + status, (platform, id) -> Responses.redirect(status, url));
  }

  /**
   * The platform processes the request and answers with its code, but with {@code "data":null}.
   *
   * @return the fault
   */
  public static Fault nullData() {
    return instead(
            "nullData",
            (platform, id) -> Responses.json(orSuccess(platform).withData(Answer.NULL).toJson(id)))
        .afterProcessing();
  }

  /**
   * The platform answers with a business code, with {@code "data":null}.
   *
   * @param code such as 5001
   * @param message the envelope's message
   * @return the fault
   */
  public static Fault code(int code, String message) {
    return instead(
        "code " + code,
        (platform, id) -> Responses.json(new Answer(code, message, Answer.NULL).toJson(id)));
  }

  /**
   * Returns this fault, but striking after the platform has processed the request in full.
   *
   * @return a new fault
   */
  public Fault afterProcessing() {
    return new Fault(name + " after processing", Processing.AT_ONCE, pause, effect);
  }

  /**
   * Returns this fault, but with a pause before anything is answered.
   *
   * @param pause how long, in real time
   * @return a new fault
   */
  public Fault delayedBy(Duration pause) {
    return new Fault(name, processing, notNegative(pause), effect);
  }

  /**
   * Returns this fault, but with a header in the answer, such as {@code Retry-After}. Every answer
   * of the sandbox has a {@code Date}, by its clock, which this can replace.
   *
   * @param header the header's name
   * @param value its value
   * @return a new fault
   */
  public Fault withHeader(String header, String value) {
    return new Fault(
        name,
        processing,
        pause,
        (platform, id) -> effect.respond(platform, id).setHeader(header, value));
  }

  /**
   * Names the fault.
   *
   * @return such as {@code reset after processing}
   */
  @Override
  public String toString() {
    return pause.isZero() ? name : name + " (" + pause.toMillis() + " ms)";
  }

  Processing processing() {
    return processing;
  }

  Duration pause() {
    return pause;
  }

  /** Whether the client gets the platform's own answer in the end. */
  boolean isUnchanged() {
    return effect == UNCHANGED;
  }

  MockResponse respond(@Nullable Answer platform, String requestId) {
    return effect.respond(platform, requestId);
  }

  private static Answer orSuccess(@Nullable Answer platform) {
    return platform == null ? Answer.success(Answer.EMPTY_OBJECT) : platform;
  }

  private static Duration notNegative(Duration pause) {
    if (pause.isNegative()) {
      throw new IllegalArgumentException("a pause is not negative, but this is " + pause);
    }
    return pause;
  }
}
