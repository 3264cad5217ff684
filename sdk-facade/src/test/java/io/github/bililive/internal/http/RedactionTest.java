package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client knows as a secret is found in whatever text. */
class RedactionTest {
  private static final String BAR = "██";
  private static final String APP_SECRET = "hush-app-secret";

  /** With all that any of the escapes changes. */
  private static final String SECRET = "h\"u/s+h &<密>%41=\\é\n'😀";

  private static final Request REQUEST =
      new Request.Builder().url("https://platform.test/").build();

  private final Redaction redaction = new Redaction(Credentials.of("client", APP_SECRET));

  static Stream<String> waysToWriteIt() {
    String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    return Stream.of(
        SECRET,
        url,
        url.replace("+", "%20"),
        url.toLowerCase(java.util.Locale.ROOT).replace("%f0%9f%98%80", "😀"),
        json(SECRET),
        json(SECRET).replace("/", "\\/"),
        unicode(SECRET),
        html(SECRET),
        json(url),
        html(json(SECRET)),
        json(json(SECRET)),
        URLEncoder.encode(json(SECRET), StandardCharsets.UTF_8),
        html(json(url)));
  }

  @ParameterizedTest
  @MethodSource("waysToWriteIt")
  void howeverItIsEscaped(String written) {
    redaction.remember(SECRET);

    assertThat(redaction.redact("a 5% " + written + " \\ & z"))
        .isEqualTo("a 5% " + BAR + " \\ & z");
    assertThat(redaction.redact(written)).isEqualTo(BAR);
  }

  @Test
  void theAppSecretWithoutBeingToldAndHoweverManyOthersCome() {
    for (int i = 0; i < 2 * KnownSecrets.MOST; i++) {
      redaction.remember("hush-number-" + i);
    }

    assertThat(redaction.redact("of " + APP_SECRET)).isEqualTo("of " + BAR);
  }

  @Test
  void theLast4096AndOfThoseTheOnesThatWereUsedAgain() {
    redaction.remember("hush-again");
    redaction.remember("hush-only-once");
    for (int i = 0; i < KnownSecrets.MOST - 1; i++) {
      redaction.remember("hush-number-" + i);
      redaction.remember("hush-again");
    }

    assertThat(redaction.redact("hush-again hush-number-0 hush-only-once"))
        .isEqualTo(BAR + " " + BAR + " hush-only-once");
  }

  @Test
  void sideBySideOverlappingAndOneWithinAnother() {
    redaction.remember("hush-one");
    redaction.remember("hush-one-and-more");
    redaction.remember("more-than-that");

    assertThat(redaction.redact("hush-onehush-one, hush-one-and-more, hush-one-and-more-than-that"))
        .isEqualTo(BAR + ", " + BAR + ", " + BAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "code", "invalid"})
  void butNotOneSoShortThatItWouldDestroyTexts(String secret) {
    redaction.remember(secret);
    Redaction ofShortApp = new Redaction(Credentials.of("client", secret));

    String text = "access token invalid, code 127001";
    assertThat(redaction.redact(text)).isEqualTo(text);
    assertThat(ofShortApp.redact(text)).isEqualTo(text);
  }

  @Test
  void andTextWithoutOneStaysAsItIsEscapesAndAll() {
    redaction.remember(SECRET);
    String text = "100% \\u12 \\x %zz %E5%AF &amp; &unknown; %";

    assertThat(redaction.redact(text)).isEqualTo(text);
  }

  @Test
  void nowhereAtTheEndOfWhatIsLookedAtOfALongPage() {
    redaction.remember("hush-".repeat(20));
    for (int padding = 0; padding < 300; padding++) {
      String page = "x".repeat(padding) + "hush-".repeat(20_000);

      assertThat(redaction.startOf(page, REQUEST)).doesNotContain("hush");
    }
  }

  @Test
  void ofALongPageTheBeginningIsShown() {
    assertThat(redaction.startOf("page ".repeat(100_000), REQUEST))
        .isEqualTo("page ".repeat(40) + "…");
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private static String unicode(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append("\\u%04X".formatted(c)));
    return escaped.toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
