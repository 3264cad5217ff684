package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bililive.internal.http.RequestSigner;
import io.github.bililive.internal.http.SignedHeaders;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials, access token and signed headers: what they accept, and that they keep silent. */
class CredentialsTest {
  @Test
  void credentialsHandOutWhatTheyWereGiven() {
    Credentials credentials = Credentials.of("client", "hush-密");

    assertThat(credentials.getClientId()).isEqualTo("client");
    assertThat(credentials.getAppSecret()).isEqualTo("hush-密");
  }

  @Test
  void credentialsPrintWithoutTheSecret() {
    assertThat(Credentials.of("client", "hush-secret"))
        .hasToString("Credentials{clientId=client, appSecret=██}");
  }

  @Test
  void anIdThatMayBeTheSecretIsNotPrintedEither() {
    assertThat(Credentials.of("hush-secret", "client"))
        .hasToString("Credentials{clientId=██, appSecret=██}");
    assertThat(Credentials.of("hush-a", "hush-b"))
        .hasToString("Credentials{clientId=██, appSecret=██}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer hush", "bearer hush", "BEARER  hush"})
  void aTokenThatIsAWholeHeaderIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessToken.of(text))
        .withMessage(
            "accessToken begins with \"Bearer\": give the token alone, without that and the space");
  }

  @Test
  void emptyCredentialsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.of("", "hush"))
        .withMessage("clientId is empty: give the app's client_id");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.of("client", ""))
        .withMessage("appSecret is empty: give the app's app_secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hush ", " hush", "hush\n", "\thush", "hush\r\n", " "})
  void aSecretWithWhiteSpaceAroundItIsRefusedAndNotRepeated(String appSecret) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.of("client", appSecret))
        .withMessage(
            "appSecret begins or ends with white space: copy it without spaces and line breaks");
  }

  @Test
  void aClientIdThatCouldNotStandInAHeaderIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.of("cli\nent", "hush"))
        .withMessage(
            "clientId holds U+000A at index 3: it goes into an HTTP header and must be printable"
                + " ASCII without spaces");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Credentials.of("客户", "hush"))
        .withMessageStartingWith("clientId holds U+5BA2 at index 0: ");
  }

  @Test
  void aTokenHandsOutItsTextAndPrintsWithoutIt() {
    AccessToken token = AccessToken.of("hush-token");

    assertThat(token.getText()).isEqualTo("hush-token");
    assertThat(token).hasToString("██");
  }

  @Test
  void tokensWithTheSameTextAreEqual() {
    assertThat(AccessToken.of("a"))
        .isEqualTo(AccessToken.of("a"))
        .isNotEqualTo(AccessToken.of("b"));
    assertThat(AccessToken.of("a")).hasSameHashCodeAs(AccessToken.of("a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hush token", "hush\n", "hush\u007f", "hush密", "hush\u00e9"})
  void aTokenThatCouldNotStandInAHeaderIsRefusedAndNotRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessToken.of(text))
        .withMessageStartingWith("accessToken holds U+")
        .withMessageContaining(" at index 4: ")
        .withMessageNotContainingAny("hush", "密");
  }

  @Test
  void anEmptyTokenIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AccessToken.of(""))
        .withMessage("accessToken is empty: give the broadcaster's token");
  }

  @Test
  void signedHeadersPrintAllButTheSignature() {
    SignedHeaders headers = headers();

    assertThat(headers)
        .hasToString(
            "SignedHeaders{version=2.0,"
                + " contentMd5=d41d8cd98f00b204e9800998ecf8427e, nonce=n, timestamp=7,"
                + " authorization=██}");
    assertThat(headers.authorization()).matches("[0-9a-f]{64}");
  }

  @Test
  void signedHeadersTakeThePlaceOfThoseARequestHasAndLeaveTheOthers() {
    Request.Builder request =
        new Request.Builder()
            .url("https://example.com/")
            .addHeader("authorization", "Basic x")
            .addHeader("X-BILI-TIMESTAMP", "1")
            .addHeader("x-bili-timestamp", "2")
            .addHeader("x-other", "kept");

    headers().applyTo(request);

    Request signed = request.build();
    assertThat(signed.headers("Authorization")).containsExactly(headers().authorization());
    assertThat(signed.headers("x-bili-timestamp")).containsExactly("7");
    assertThat(signed.headers("x-other")).containsExactly("kept");
    assertThat(signed.headers().size()).isEqualTo(8);
  }

  private static SignedHeaders headers() {
    return new RequestSigner(Credentials.of("client", "hush"), SignatureVersion.V2_0)
        .sign(new byte[0], 7, "n");
  }
}
