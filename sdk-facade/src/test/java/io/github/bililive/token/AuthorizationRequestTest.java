package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.Leaks;
import io.github.bililive.error.AuthorisationRefusedException;
import io.github.bililive.error.Remedy;
import io.github.bililive.token.AuthorizationRequest.MobileReturn;
import java.util.HashSet;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of the page on which a broadcaster authorises the app, and what comes back. */
@Timeout(60)
class AuthorizationRequestTest {
  private static final String CALLBACK = "https://example.com/cb?app=1&name=直播%20a+b";
  private static final String CODE = "hush-the-code";

  private final BiliLiveClient client =
      BiliLiveClient.builder().credentials(Credentials.of("client&id", "hush-secret")).build();
  private final AuthorizationRequest request = client.oauth().authorizationUrl(CALLBACK);

  @AfterEach
  void close() {
    client.close();
  }

  @Test
  void theDesktopPageHasTheThreeParametersEncoded() {
    assertThat(request.getUrl())
        .isEqualTo(
            "https://account.bilibili.com/pc/account-pc/auth/oauth?client_id=client%26id"
                + "&gourl=https%3A%2F%2Fexample.com%2Fcb%3Fapp%3D1%26name%3D%E7%9B%B4%E6%92%AD%2520a%2Bb"
                + "&state="
                + request.getState());
  }

  @Test
  void theMobilePageHasTheFiveParametersEncoded() {
    String rest =
        "&gourl=https%3A%2F%2Fexample.com%2Fcb%3Fapp%3D1%26name%3D%E7%9B%B4%E6%92%AD%2520a%2Bb"
            + "&client_id=client%26id&state="
            + request.getState();
    String page = "https://account.bilibili.com/h5/account-h5/auth/oauth?navhide=";

    assertThat(request.getMobileUrl()).isEqualTo(page + "1&callback=skip" + rest);
    assertThat(request.getMobileUrl(false, MobileReturn.CLOSE))
        .isEqualTo(page + "0&callback=close" + rest);
    assertThat(request.getMobileUrl(true, MobileReturn.BROWSER))
        .isEqualTo(page + "1&callback=browser" + rest);
  }

  @Test
  void thePageIsWhereTheClientIsTold() {
    try (BiliLiveClient elsewhere =
        BiliLiveClient.builder()
            .credentials(Credentials.of("id", "hush-secret"))
            .accountBaseUrl("http://127.0.0.1:8080/under")
            .build()) {
      assertThat(elsewhere.oauth().authorizationUrl(CALLBACK).getUrl())
          .startsWith("http://127.0.0.1:8080/under/pc/account-pc/auth/oauth?client_id=id&");
    }
  }

  @Test
  void everyStateIsAnotherOf192Bits() {
    Set<String> states = new HashSet<>();
    for (int i = 0; i < 1_000; i++) {
      String state = client.oauth().authorizationUrl(CALLBACK).getState();
      assertThat(state).matches("[A-Za-z0-9_-]{32}"); // 6 bits each
      states.add(state);
    }

    assertThat(states).hasSize(1_000);
  }

  @Test
  void theCodeIsTakenFromAnAddressOrFromPathAndQuery() {
    assertThat(request.codeFrom(" " + answer(request) + "#top\n")).isEqualTo(CODE);

    AuthorizationRequest other = client.oauth().authorizationUrl(CALLBACK);
    assertThat(other.codeFrom("/cb?app=1&state=" + other.getState() + "&code=a%2Fb%2Bc"))
        .isEqualTo("a/b+c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/cb",
        "https://example.com/cb?code=hush-the-code",
        "https://example.com/cb?code=hush-the-code&state=",
        "https://example.com/cb?code=hush-the-code&state=hush-another",
        "https://example.com/cb?code=hush-the-code&state=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "https://example.com/cb?code=hush-the-code#state={state}",
        "https://example.com/cb?code=hush-the-code&state={state}&state={state}",
        "https://example.com/cb?code=hush-the-code&state={state}&state=hush-another",
        "https://example.com/cb?error=access_denied&state=hush-another",
        "hush-the-code",
        "",
      })
  void anAddressThatDoesNotAnswerThisRequestIsRefusedAndItStillWaits(String address) {
    assertRefused(
        () -> request.codeFrom(address.replace("{state}", request.getState())),
        "the address does not answer this request: its state is ");

    assertThat(request.codeFrom(answer(request))).isEqualTo(CODE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code=hush-the-code&state={state}",
        " ?state={state}&code=hush-the-code ",
        "&state={state}&code=hush-the-code#top",
        "app=1&code=hush-the-code&state={state}"
      })
  void theQueryAloneIsEnough(String query) {
    assertThat(request.codeFrom(query.replace("{state}", request.getState()))).isEqualTo(CODE);
  }

  @Test
  void aStateThatIsThereTwiceIsNotCalledMissing() {
    String state = "&state=" + request.getState();

    assertRefused(
        () -> request.codeFrom("https://example.com/cb?code=hush" + state + state),
        "its state is there more than once");
    assertRefused(
        () -> request.codeFrom("https://example.com/cb?code=hush"), "its state is missing");
  }

  @Test
  void theStateOfAnotherRequestIsRefused() {
    AuthorizationRequest other = client.oauth().authorizationUrl(CALLBACK);

    assertRefused(() -> request.codeFrom(answer(other)), "its state is another's");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&code=", "&code", "&code=hush-the-code&code=hush-other"})
  void anAddressWithoutItsCodeIsRefusedAndTheRequestStillWaits(String code) {
    assertRefused(
        () -> request.codeFrom("https://example.com/cb?state=" + request.getState() + code),
        "the address holds no code, or several");

    assertThat(request.codeFrom(answer(request))).isEqualTo(CODE);
  }

  @Test
  void anAnswerCountsOnce() {
    request.codeFrom(answer(request));

    assertThatThrownBy(() -> request.codeFrom(answer(request)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("make a new one")
        .satisfies(this::holdsNoSecret);
  }

  @Test
  void aBroadcasterWhoDoesNotAgreeIsAnErrorOfItsOwn() {
    assertThatThrownBy(() -> request.codeFrom(refusal("access_denied")))
        .isInstanceOfSatisfying(
            AuthorisationRefusedException.class,
            e -> {
              assertThat(e.getError()).isEqualTo("access_denied");
              assertThat(e.getRemedy()).isEqualTo(Remedy.SIGN_IN_AGAIN);
            })
        .hasMessageContaining("did not authorise the app (the page says: access_denied)")
        .satisfies(this::holdsNoSecret);
    assertThatThrownBy(() -> request.codeFrom(answer(request)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void onlyAWordOfAPagesRefusalIsShown() {
    assertThatThrownBy(() -> request.codeFrom(refusal("%0Ano%20word")))
        .isInstanceOf(AuthorisationRefusedException.class)
        .hasMessageStartingWith("the broadcaster did not authorise the app; ");
  }

  @Test
  void aRequestWhoseObjectIsLostGoesOnFromItsState() {
    AuthorizationRequest resumed = client.oauth().authorizationUrl(CALLBACK, request.getState());

    assertThat(resumed.getUrl()).isEqualTo(request.getUrl());
    assertThat(resumed.codeFrom(answer(request))).isEqualTo(CODE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "hush-of-my-own", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"})
  void aStateThatTheSdkDidNotMakeIsRefused(String state) {
    assertRefused(
        () -> client.oauth().authorizationUrl(CALLBACK, state),
        "savedState is not one that getState() returned");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com/cb",
        "myapp://callback",
        "http://example.com/cb",
        "https://hush:hush@example.com/cb",
        "https://example.com/cb#top",
        "https://example.com/cb?state=hush",
        "https://example.com/cb?code=hush",
        "https://example.com/cb?error",
        " https://example.com/cb",
        "https://example.com/cb\n",
        "https://example.com/a b",
        "https://exam\tple.com/cb",
        "https:example.com/cb",
        "https:/example.com/cb",
        "https:///example.com/cb",
        "https:\\\\example.com\\cb",
        "https://example.com\\cb",
        "//example.com/cb",
      })
  void aCallbackThatCannotWorkIsRefusedAtOnce(String callback) {
    assertRefused(() -> client.oauth().authorizationUrl(callback), "callbackUrl ");
  }

  @Test
  void aCallbackOnThisMachineMayBeCleartext() {
    assertThat(client.oauth().authorizationUrl("http://127.0.0.1:1234/cb").getUrl())
        .contains("&gourl=http%3A%2F%2F127.0.0.1%3A1234%2Fcb&");
  }

  @Test
  void nothingThatIsPrintedHoldsStateOrCode() {
    request.codeFrom(answer(request));

    assertThat(request.toString())
        .isEqualTo("AuthorizationRequest{callback=example.com, state=██}");
  }

  private static String answer(AuthorizationRequest request) {
    return "https://example.com/cb?app=1&code=" + CODE + "&state=" + request.getState();
  }

  private String refusal(String error) {
    return "https://example.com/cb?error=" + error + "&state=" + request.getState();
  }

  private void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .satisfies(this::holdsNoSecret);
  }

  private void holdsNoSecret(Throwable error) {
    assertThat(Leaks.everythingOf(error)).doesNotContain("hush", request.getState());
  }
}
