package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthBodySealTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "auth_body",
        "\"auth_body\"",
        "\"auth_body\":",
        "\"auth_body\": null",
        "\"auth_body\":\"",
        "\"auth_body\":\"\"",
        "\"auth_body\":\"hush",
        "\"auth_body\":\"hush\\",
        "\"auth_body\":\"hush\\\"",
        "{\"auth_body\":\"hush\"}",
        "{\"auth_body\" \n:\t\"hu\\\"sh\\\\\"}",
        "[{\"auth_body\":\"hush\"},{\"auth_body\":\"██\"},{\"auth_body\":\"hush\"}]",
        "\"auth_body\"\"auth_body\":\"hush\"",
        "{\"auth\\u005fbody\":\"hush\",\"\\u0061uth\\u005Fbody\" : \"hush\"}",
        "{\"access\\u005ftoken\":\"hush\",\"refresh_toke\\u006e\":\"hush\"}",
        "<html>\"auth_body\":\"hush</html>",
      })
  void whatWasSealedCanBeUnsealedAndShowsNothingInBetween(String text) {
    List<String> taken = new ArrayList<>();

    String sealed = AuthBodySeal.seal(text, taken);

    assertThat(sealed).doesNotContain("hush", "hu\\\"sh");
    assertThat(AuthBodySeal.unseal(sealed, taken)).isEqualTo(text);
  }

  @Test
  void onlyTheValueIsReplaced() {
    List<String> taken = new ArrayList<>();

    assertThat(AuthBodySeal.seal("{\"a\":1,\"auth_body\":\"h\\\"ush\",\"b\":\"c\"}", taken))
        .isEqualTo("{\"a\":1,\"auth_body\":\"██\",\"b\":\"c\"}");
    assertThat(taken).containsExactly("h\\\"ush");
  }

  @Test
  void textThatAnInterceptorPutInPlaceOfTheBarIsLeftAlone() {
    List<String> taken = List.of("hush");

    assertThat(AuthBodySeal.unseal("{\"auth_body\":\"mine\"}", taken))
        .isEqualTo("{\"auth_body\":\"mine\"}");
    assertThat(AuthBodySeal.unseal("{\"auth_body\":\"██\"}", List.of()))
        .isEqualTo("{\"auth_body\":\"██\"}");
  }
}
