package io.github.bililive.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * The two OAuth calls. Checked are, in this order: the method, {@code Content-Type}, that nothing
 * is signed and the query is empty, that the form has the four fields, each once (all -400),
 * client_id (122000), client_secret (122001), grant_type (-400), and the code (122002) or the
 * refresh token (122007).
 */
final class OAuthService {
  private final SandboxSettings settings;
  private final Grants grants;

  OAuthService(SandboxSettings settings, Grants grants) {
    this.settings = settings;
    this.grants = grants;
  }

  Answer answer(Incoming request, Endpoint endpoint) throws Refusal {
    checkHead(request);
    String secretField = endpoint == Endpoint.TOKEN ? "code" : "refresh_token";
    Map<String, String> form = form(request, secretField);
    if (!settings.clientId().equals(form.get("client_id"))) {
      throw new Refusal(Code.OAUTH_CLIENT_ID, "client_id is not this app's");
    }
    if (!settings.appSecret().text().equals(form.get("client_secret"))) {
      throw new Refusal(Code.OAUTH_CLIENT_SECRET, "client_secret is not this app's");
    }
    String grantType = endpoint == Endpoint.TOKEN ? "authorization_code" : "refresh_token";
    if (!grantType.equals(form.get("grant_type"))) {
      throw new Refusal(Code.OAUTH_BAD_REQUEST, "grant_type must be " + grantType);
    }
    String secret = String.valueOf(form.get(secretField));
    GrantedPair pair =
        endpoint == Endpoint.TOKEN ? grants.exchange(secret) : grants.refresh(secret);
    if (pair == null) {
      throw new Refusal(
          endpoint == Endpoint.TOKEN ? Code.OAUTH_CODE : Code.OAUTH_REFRESH_TOKEN,
          secretField + " is unknown, expired, revoked, or was used before");
    }
    return granted(pair);
  }

  private static void checkHead(Incoming request) throws Refusal {
    if (!"POST".equals(request.method)) {
      throw new Refusal(Code.OAUTH_BAD_REQUEST, "the method must be POST");
    }
    List<String> types = request.arrival.headers().values("Content-Type");
    if (!types.equals(List.of("application/x-www-form-urlencoded"))) {
      throw new Refusal(
          Code.OAUTH_BAD_REQUEST, "Content-Type must be exactly application/x-www-form-urlencoded");
    }
    for (String name : request.arrival.headers().names()) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-bili-") || lower.matches("authorization|access-token")) {
        throw new Refusal(
            Code.OAUTH_BAD_REQUEST, "the call is not signed: " + name + " is not for it");
      }
    }
    HttpUrl url = request.url;
    if (url == null || url.query() != null) {
      throw new Refusal(
          Code.OAUTH_BAD_REQUEST, "the query must be empty: the fields go in the form");
    }
  }

  private static Map<String, String> form(Incoming request, String secretField) throws Refusal {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : new String(request.body, UTF_8).split("&")) {
      String[] parts = pair.split("=", 2);
      if (parts.length != 2 || form.put(decoded(parts[0]), decoded(parts[1])) != null) {
        throw new Refusal(Code.OAUTH_BAD_REQUEST, "the body is no form, or has a field twice");
      }
    }
    List<String> expected = List.of("client_id", "client_secret", "grant_type", secretField);
    if (!new ArrayList<>(form.keySet()).containsAll(expected) || form.size() != expected.size()) {
      throw new Refusal(Code.OAUTH_BAD_REQUEST, "the form must have " + expected + " and no more");
    }
    return form;
  }

  private static String decoded(String text) throws Refusal {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(Code.OAUTH_BAD_REQUEST, "the body is no form");
    }
  }

  private static Answer granted(GrantedPair pair) {
    return Answer.success(
        writer -> {
          writer.beginObject();
          writer.name("access_token").value(pair.accessToken());
          writer.name("refresh_token").value(pair.refreshToken());
          writer.name("expires_in").value(pair.expiresAtSeconds());
          AccountService.writeScopes(writer);
          writer.endObject();
        });
  }
}
