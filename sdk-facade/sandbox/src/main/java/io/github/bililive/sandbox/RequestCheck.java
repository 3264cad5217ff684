package io.github.bililive.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.List;

/**
 * Checks a request up to its signature, in this order. What fails first is what is answered.
 *
 * <ol>
 *   <li>The method is POST, or GET for the calls about a token, then the path is known: 4010.
 *   <li>{@code Accept} is {@code application/json}: 4013.
 *   <li>{@code Content-Type} is exactly {@code application/json}: 4011. Parameters such as {@code
 *       charset} are refused, as is any other case.
 *   <li>{@code x-bili-content-md5} is the lower-case hex MD5 of the body's bytes: 4012.
 *   <li>{@code x-bili-signature-method} is {@code HMAC-SHA256}: 4005.
 *   <li>{@code x-bili-signature-version} is {@code 2.0} or {@code 1.0}, and {@code 1.0} alone for
 *       calls by identity code: 4006. The version changes nothing else here: a start needs its
 *       access token under both.
 *   <li>{@code x-bili-timestamp} is a number of seconds within the tolerance (inclusive) of the
 *       sandbox's wall clock: 4003.
 *   <li>{@code x-bili-accesskeyid} is there: 4001; is the app's client_id: 127004.
 *   <li>{@code x-bili-signature-nonce} is there: 4000.
 *   <li>{@code Authorization} is the signature: 4002.
 *   <li>The nonce was not used before: 4004. Only a request that came this far uses up its nonce.
 * </ol>
 *
 * A header that is missing, or sent more than once, fails its own step and is named.
 */
final class RequestCheck {
  private static final String JSON = "application/json";

  private final SandboxSettings settings;
  private final NonceLog nonces;

  RequestCheck(SandboxSettings settings) {
    this.settings = settings;
    this.nonces = new NonceLog(settings.timestampTolerance().toNanos());
  }

  void check(Incoming request) throws Refusal {
    Endpoint called = request.arrival.endpoint();
    String method = called != null && called.isAboutToken() ? "GET" : "POST";
    if (!method.equals(request.method)) {
      throw new Refusal(Code.NO_SUCH_INTERFACE, "the method must be " + method);
    }
    if (called == null) {
      throw new Refusal(Code.NO_SUCH_INTERFACE, "no such interface: the path is unknown");
    }
    Verdicts verdicts = request.verdicts;
    oneOf(request, "Accept", Code.ACCEPT, JSON);
    oneOf(request, "Content-Type", Code.CONTENT_TYPE, JSON);
    verdicts.note(Signature.CONTENT_MD5, Signature.md5(request.body), () -> checkMd5(request));
    oneOf(request, Signature.METHOD, Code.SIGNATURE_METHOD, "HMAC-SHA256");
    if (called.isOpenLive()) {
      oneOf(request, Signature.VERSION, Code.SIGNATURE_VERSION, "1.0");
    } else {
      oneOf(request, Signature.VERSION, Code.SIGNATURE_VERSION, "2.0", "1.0");
    }
    String now = String.valueOf(request.arrival.atWallMillis() / 1000);
    String tolerated = now + " ± " + settings.timestampTolerance().toSeconds();
    verdicts.note(Signature.TIMESTAMP, tolerated, () -> checkTimestamp(request));
    verdicts.note(Signature.ACCESS_KEY_ID, settings.clientId(), () -> checkAccessKeyId(request));
    verdicts.note(Signature.NONCE, "", () -> single(request, Signature.NONCE, Code.BAD_PARAMETER));
    verdicts.note("Authorization", "", () -> checkSignature(request));
    verdicts.throwFirst();
    verdicts.require(Signature.NONCE, "", () -> useNonce(request));
  }

  private void useNonce(Incoming request) throws Refusal {
    String nonce = single(request, Signature.NONCE, Code.BAD_PARAMETER);
    if (!nonces.use(nonce, request.arrival.atNanos())) {
      throw new Refusal(
          Code.NONCE_REPEATED, Signature.NONCE + " was used before: each request needs a new one");
    }
  }

  private static void checkMd5(Incoming request) throws Refusal {
    String sent = single(request, Signature.CONTENT_MD5, Code.BODY_MD5);
    if (!sent.equals(Signature.md5(request.body))) {
      throw new Refusal(
          Code.BODY_MD5,
          Signature.CONTENT_MD5
              + " is not the lower-case hex MD5 of the "
              + request.body.length
              + " bytes of the body");
    }
  }

  private void checkTimestamp(Incoming request) throws Refusal {
    String sent = single(request, Signature.TIMESTAMP, Code.TIMESTAMP_EXPIRED);
    if (!sent.matches("[0-9]{1,12}")) {
      throw new Refusal(
          Code.TIMESTAMP_EXPIRED, Signature.TIMESTAMP + " must be Unix time in seconds");
    }
    long ageMillis = request.arrival.atWallMillis() - Long.parseLong(sent) * 1000;
    if (Math.abs(ageMillis) > settings.timestampTolerance().toMillis()) {
      throw new Refusal(
          Code.TIMESTAMP_EXPIRED,
          "%s is %d s %s the platform's clock; %d s are tolerated"
              .formatted(
                  Signature.TIMESTAMP,
                  Math.abs(ageMillis) / 1000,
                  ageMillis > 0 ? "behind" : "ahead of",
                  settings.timestampTolerance().toSeconds()));
    }
  }

  private void checkAccessKeyId(Incoming request) throws Refusal {
    if (!single(request, Signature.ACCESS_KEY_ID, Code.APP_INVALID).equals(settings.clientId())) {
      throw new Refusal(
          Code.CLIENT_ID_INVALID, Signature.ACCESS_KEY_ID + " is not this app's client_id");
    }
  }

  private void checkSignature(Incoming request) throws Refusal {
    String sent = single(request, "Authorization", Code.SIGNATURE_WRONG);
    String expected = Signature.of(request.arrival.headers(), settings.appSecret().text());
    if (!MessageDigest.isEqual(sent.getBytes(UTF_8), expected.getBytes(UTF_8))) {
      request.signedInstead =
          SignatureSearch.find(request.arrival.headers(), request.body, sent, settings.appSecret());
      throw new Refusal(
          Code.SIGNATURE_WRONG,
          "Authorization is not the lower-case hex HMAC-SHA256 of the six x-bili- headers");
    }
  }

  private static void oneOf(Incoming request, String name, int code, String... allowed) {
    String expected = String.join(" or ", allowed);
    request.verdicts.note(
        name,
        expected,
        () -> {
          if (!List.of(allowed).contains(single(request, name, code))) {
            throw new Refusal(code, name + " must be exactly " + expected);
          }
        });
  }

  private static String single(Incoming request, String name, int code) throws Refusal {
    List<String> sent = request.arrival.headers().values(name);
    if (sent.isEmpty() || sent.get(0).isEmpty()) {
      throw new Refusal(code, name + " is missing");
    }
    if (sent.size() > 1) {
      throw new Refusal(code, name + " is sent " + sent.size() + " times");
    }
    return sent.get(0);
  }
}
