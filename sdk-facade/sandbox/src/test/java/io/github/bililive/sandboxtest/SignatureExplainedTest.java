package io.github.bililive.sandboxtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page says which text a client has signed in place of the right one. */
class SignatureExplainedTest extends PageTestCase {
  private static String hmac(String algorithm, String key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), algorithm));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String sha256(String text) {
    return hmac("HmacSHA256", sandbox.appSecret(), text);
  }

  /** Returns the detail of a start whose headers are these and whose signature is made of them. */
  private Map<String, Object> explained(String mistake) throws Exception {
    Request right = start().request();
    TreeMap<String, String> signed = new TreeMap<>();
    for (String name : right.headers().names()) {
      if (name.startsWith("x-bili-")) {
        signed.put(name, String.valueOf(right.header(name)));
      }
    }
    String text = join(signed, ":", "\n");
    String timestamp = String.valueOf(right.header("x-bili-timestamp"));
    String authorization =
        switch (mistake) {
          case "none" -> sha256(text);
          case "newline" -> sha256(text + "\n");
          case "other order" -> {
            List<String> lines = new ArrayList<>(List.of(text.split("\n")));
            Collections.rotate(lines, 2);
            Collections.swap(lines, 0, 3);
            yield sha256(String.join("\n", lines));
          }
          case "reversed, newline" -> sha256(reversed(text) + "\n");
          case "space" -> sha256(join(signed, ": ", "\n"));
          case "crlf" -> sha256(join(signed, ":", "\r\n"));
          case "joined" -> sha256(join(signed, ":", ""));
          case "upper-case names" -> {
            StringBuilder upper = new StringBuilder();
            signed.forEach(
                (name, value) ->
                    upper
                        .append(upper.isEmpty() ? "" : "\n")
                        .append(name.toUpperCase(Locale.ROOT))
                        .append(':')
                        .append(value));
            yield sha256(upper.toString());
          }
          case "late timestamp" -> sha256(text.replace(timestamp, "" + (timestamp() + 1)));
          case "no version" -> {
            signed.remove("x-bili-signature-version");
            yield sha256(join(signed, ":", "\n"));
          }
          case "token too" -> {
            signed.put("access-token", sandbox.accessToken());
            yield sha256(join(signed, ":", "\n"));
          }
          case "upper hex" -> sha256(text).toUpperCase(Locale.ROOT);
          case "base64" ->
              Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256(text)));
          case "bearer" -> "Bearer " + sha256(text);
          case "sha1" -> hmac("HmacSHA1", sandbox.appSecret(), text);
          case "client_id as key" -> hmac("HmacSHA256", sandbox.clientId(), text);
          case "newline in key" -> hmac("HmacSHA256", sandbox.appSecret() + "\n", text);
          case "two" -> sha256(join(signed, "=", "&"));
          case "other secret" -> hmac("HmacSHA256", "another", text);
          default -> mistake;
        };
    Request request = right.newBuilder().header("Authorization", authorization).build();
    assertThat(send(request.newBuilder()).code()).isEqualTo(mistake.equals("none") ? 0 : 4002);
    Map<String, Object> detail = Json.object(Json.get(newestRequest(), "detail"));
    assertThat(detail).containsEntry("expectedText", text);
    return detail;
  }

  private static String reversed(String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n")));
    Collections.reverse(lines);
    return String.join("\n", lines);
  }

  private static String join(TreeMap<String, String> signed, String colon, String separator) {
    return String.join(
        separator,
        signed.entrySet().stream()
            .map(entry -> entry.getKey() + colon + entry.getValue())
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "newline, trailingNewline",
    "other order, order",
    "'reversed, newline', order trailingNewline",
    "space, colon",
    "crlf, separator",
    "joined, separator",
    "upper-case names, names",
    "late timestamp, value:x-bili-timestamp",
    "no version, without:x-bili-signature-version",
    "token too, with:access-token",
    "upper hex, upperCase",
    "base64, base64",
    "bearer, prefix",
    "sha1, algorithm:HmacSHA1",
    "client_id as key, key:clientId",
    "newline in key, key:blanks",
    "two, separator colon",
  })
  void theMistakeIsNamedAndTheSignedTextShown(String mistake, String expected) throws Exception {
    Map<String, Object> detail = explained(mistake);

    assertThat(detail)
        .containsEntry("mistakes", List.of((Object[]) expected.split(" ")))
        .containsKey("signedText");
    boolean isAboutTheText = !expected.matches("upperCase|base64|prefix|algorithm.*|key.*");
    assertThat(detail.get("signedText").equals(detail.get("expectedText")))
        .isEqualTo(!isAboutTheText);
    assertThat(detail.toString()).doesNotContain(sandbox.accessToken(), sandbox.appSecret());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"other secret", "x", "deadbeef", "%%%", "abcdefabcdefabcdefabcdefabcdefab1"})
  void whatIsNoUsualMistakeIsNotGuessed(String mistake) throws Exception {
    assertThat(explained(mistake)).doesNotContainKeys("signedText", "mistakes");
  }

  @Test
  void theTextOfARightSignatureIsShownToo() throws Exception {
    assertThat(explained("none")).doesNotContainKeys("signedText", "mistakes");
  }
}
