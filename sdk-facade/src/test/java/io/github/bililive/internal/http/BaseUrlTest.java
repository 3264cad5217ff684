package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Leaks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "https://member.bilibili.com, https://member.bilibili.com/",
    "https://member.bilibili.com/, https://member.bilibili.com/",
    "HTTPS://Proxy.Example:8443/bili, https://proxy.example:8443/bili/",
    "https://proxy.example/a/b/, https://proxy.example/a/b/",
    "https://192.0.2.1, https://192.0.2.1/",
    "http://localhost, http://localhost/",
    "http://LOCALHOST:8080, http://localhost:8080/",
    "http://127.0.0.1:8080, http://127.0.0.1:8080/",
    "http://127.0.0.1:8080/bili, http://127.0.0.1:8080/bili/",
    "http://127.255.1.2, http://127.255.1.2/",
    "http://[::1]:8080/, http://[::1]:8080/",
    "http://[0:0:0:0:0:0:0:1]/, http://[::1]/",
  })
  void httpsAnywhereAndHttpOnThisMachineAreAcceptedAndGetALastSlash(String text, String url) {
    assertThat(BaseUrl.parse(text)).hasToString(url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://member.bilibili.com/",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://evil.example/localhost",
        "http://notlocalhost/",
        "http://127evil/",
        "http://127.0.0.1.2/",
        "http://128.0.0.1/",
        "http://192.168.0.1/",
        "http://10.0.2.2/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[::2]/",
        "http://[fe80::1]/",
      })
  void httpToAnywhereElseIsRefusedAndTheMessageSaysWhy(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse(text))
        .withMessage(
            "base URL %s is not HTTPS: anyone on the way could read the access token; cleartext is"
                + " accepted for loopback addresses (localhost, 127.0.0.0/8, [::1]) alone",
            text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.999/",
        "http://127.256.0.1/",
        "http://127.0.0.08/",
        "http://127.00.0.1/"
      })
  void whatOnlyLooksLikeALoopbackAddressIsANameAndRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse(text))
        .withMessageContaining("is not HTTPS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "member.bilibili.com",
        "//member.bilibili.com/",
        "/arcopen",
        "ws://member.bilibili.com/",
        "wss://member.bilibili.com/",
        "ftp://member.bilibili.com/",
        "https://",
        "https://host:99999/",
        "https://ho st/",
        "https://[::1",
        "garbage",
      })
  void whatIsNoHttpAddressIsRefusedWithAnExampleOfOne(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse(text))
        .withMessageStartingWith("base URL " + text + ": ")
        .withMessageEndingWith("; give one like https://member.bilibili.com/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user@proxy.example/",
        "https://user:hush-password@proxy.example/",
        "https://:hush-password@proxy.example/",
        "https://proxy.example/?key=hush-password",
        "https://proxy.example/?",
        "https://proxy.example/#hush-password",
        "http://user:hush-password@proxy.example/",
      })
  void aUserQueryOrFragmentIsRefusedWithoutBeingRepeated(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse(text))
        .withMessage(
            "base URL for host proxy.example holds a user, query or fragment: give scheme, host"
                + " and path alone, like https://member.bilibili.com/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://user:hush-password@proxy.example/",
        "https://user:hush-password@proxy.example:99999/",
        "user:hush-password@proxy.example",
      })
  void aPasswordInWhatIsNoHttpAddressIsNotRepeatedEither(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BaseUrl.parse(text))
        .satisfies(e -> assertThat(Leaks.everythingOf(e)).doesNotContain("hush-password"));
  }

  @Test
  void theBuilderRefusesAWrongAddressAtOnce() {
    BiliLiveClientBuilder builder = BiliLiveClient.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.baseUrl("http://member.bilibili.com"))
        .withMessageContaining("is not HTTPS");
  }
}
