package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client knows as a secret is found in a text, in the few ways in which it can be there. */
class RedactionTest {
  private static final String BAR = "██";
  private static final String APP_SECRET = "hush-app-secret";

  /** With all that the encodings change. */
  private static final String SECRET = "h\"u/s+h &<密>%41=\\é\n'😀";

  private static final Request REQUEST =
      new Request.Builder().url("https://platform.test/").build();

  private final Redaction redaction = new Redaction(Credentials.of("client", APP_SECRET));

  static Stream<String> waysToWriteIt() {
    String url = URLEncoder.encode(SECRET, StandardCharsets.UTF_8);
    return Stream.of(
        SECRET, url, url.replace("+", "%20"), json(SECRET), json(SECRET).replace("/", "\\/"));
  }

  @ParameterizedTest
  @MethodSource("waysToWriteIt")
  void aSecretInUseIsFoundHoweverItIsWritten(String written) {
    redaction.remember(SECRET);

    assertThat(redaction.redact("a 5% " + written + " \\ & z"))
        .isEqualTo("a 5% " + BAR + " \\ & z");
    assertThat(redaction.redact(written)).isEqualTo(BAR);
  }

  @ParameterizedTest
  @MethodSource("waysToWriteIt")
  void soAreTheSecretsOfTheCallThatIsAnswered(String written) {
    Request ofForm = withKey(OAuthForm.ofRefreshToken(SECRET));
    CallTrace trace = new CallTrace();
    trace.sealed.add(json(SECRET));
    Request ofAnswer = REQUEST.newBuilder().tag(CallTrace.class, trace).build();

    assertThat(redaction.startOf("a " + written + " z", ofForm)).isEqualTo("a " + BAR + " z");
    assertThat(redaction.startOf("a " + written + " z", ofAnswer)).isEqualTo("a " + BAR + " z");
  }

  private static Request withKey(Object key) {
    CallTrace trace = new CallTrace();
    trace.key = key;
    return REQUEST.newBuilder().tag(CallTrace.class, trace).build();
  }

  @Test
  void theTokenOfTheCallAndTheAppSecretAreFoundWithoutBeingTold() {
    Request request = withKey(AccessToken.of("hush-token"));

    assertThat(redaction.startOf("hush-token of " + APP_SECRET, request))
        .isEqualTo(BAR + " of " + BAR);
  }

  @Test
  void oneOfTwoEqualSecretsIsStillInUseWhenTheOtherIsDropped() throws Exception {
    String held = new String("hush-held-by-two");
    rememberForAMoment("hush-held-by-two");
    redaction.remember(held);
    redaction.remember(held);

    System.gc();

    assertThat(redaction.redact("of hush-held-by-two")).isEqualTo("of " + BAR);
    assertThat(held).isNotEmpty();
  }

  private void rememberForAMoment(String text) {
    redaction.remember(new String(text.toCharArray()));
  }

  @Test
  void secretsSideBySideOverlappingAndOneWithinAnotherAreFound() {
    redaction.remember("hush-one");
    redaction.remember("hush-one-and-more");
    redaction.remember("more-than-that");

    assertThat(redaction.redact("hush-onehush-one, hush-one-and-more, hush-one-and-more-than-that"))
        .isEqualTo(BAR + ", " + BAR + ", " + BAR);
  }

  @Test
  void theWorkIsLinearForATextAndASecretThatThePeerHasChosen() {
    int length = 1 << 14;
    AtomicLong visited = new AtomicLong();
    CharSequence text = counted("a".repeat(length), visited);
    List<String[]> secrets = new ArrayList<>();
    secrets.add(SecretForms.of("a".repeat(length / 2)));
    secrets.add(SecretForms.of("a".repeat(length / 2) + "b"));

    assertThat(SecretForms.find(text, secrets).cardinality()).isEqualTo(length);
    assertThat(visited.get()).isLessThan(20L * length);
  }

  private static CharSequence counted(String text, AtomicLong visited) {
    return new CharSequence() {
      @Override
      public int length() {
        return text.length();
      }

      @Override
      public char charAt(int index) {
        visited.incrementAndGet();
        return text.charAt(index);
      }

      @Override
      public CharSequence subSequence(int from, int to) {
        visited.addAndGet(to - from);
        return text.subSequence(from, to);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"t", "code", "invalid"})
  void aSecretSoShortThatItWouldDestroyTextsIsNotLookedFor(String secret) {
    redaction.remember(secret);
    Redaction ofShortApp = new Redaction(Credentials.of("client", secret));

    String text = "access token invalid, code 127001";
    assertThat(redaction.redact(text)).isEqualTo(text);
    assertThat(ofShortApp.redact(text)).isEqualTo(text);
  }

  @Test
  void textWithoutASecretStaysAsItIs() {
    redaction.remember(SECRET);
    String text = "100% \\u12 \\x %zz %E5%AF &amp; &unknown; %";

    assertThat(redaction.redact(text)).isEqualTo(text);
  }

  @Test
  void whatAnswersCallASecretIsHiddenWhoeversItIs() {
    assertThat(redaction.redact("{\"access_token\":\"x\",\"refresh_token\" : \"y\"}"))
        .isEqualTo("{\"access_token\":\"██\",\"refresh_token\" : \"██\"}");
    assertThat(redaction.redact("signed " + "0123456789abcdef".repeat(4)))
        .isEqualTo("signed " + BAR);
  }

  @Test
  void noPartOfASecretIsShownWhereTheLookingEnds() {
    String held = "hush-".repeat(20);
    redaction.remember(held);
    for (int padding = 0; padding < 300; padding++) {
      String page = "x".repeat(padding) + "hush-".repeat(20_000);

      assertThat(redaction.startOf(page, REQUEST)).doesNotContain("hush");
    }
    assertThat(held).isNotEmpty();
  }

  @Test
  @Timeout(120) // Hangs for hours if the work grows with the square of the text.
  void aHostileTextAndManySecretsCostLittle() {
    for (int i = 0; i < 10_000; i++) {
      String secret = "hush-secret-number-" + i;
      kept[i] = secret;
      redaction.remember(secret);
    }
    String hostile = "\\\"%25".repeat(3_000) + "hush-sec".repeat(100_000);

    for (int i = 0; i < 5; i++) {
      assertThat(redaction.startOf(hostile, REQUEST)).doesNotContain(APP_SECRET);
    }
  }

  private final String[] kept = new String[10_000];

  @Test
  void ofALongPageTheBeginningIsShown() {
    assertThat(redaction.startOf("page ".repeat(100_000), REQUEST))
        .isEqualTo("page ".repeat(40) + "…");
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
