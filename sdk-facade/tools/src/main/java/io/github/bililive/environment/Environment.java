package io.github.bililive.environment;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.token.FileTokenStore;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that all programs share: the app, where the service is, and the
 * broadcaster's token, or where it is stored. Holds secrets, so it is no record.
 */
public final class Environment {
  private static final String CLIENT_ID = "BILILIVE_CLIENT_ID";
  private static final String APP_SECRET = "BILILIVE_APP_SECRET";
  private static final String ACCESS_TOKEN = "BILILIVE_ACCESS_TOKEN";
  private static final String IDENTITY_CODE = "BILILIVE_IDENTITY_CODE";
  private static final String APP_ID = "BILILIVE_APP_ID";
  private static final String BASE_URL = "BILILIVE_BASE_URL";
  private static final String TOKENS = "BILILIVE_TOKENS";
  private static final String PLATFORM = "https://member.bilibili.com/";
  private static final String OPEN_LIVE = "https://live-open.biliapi.com/";

  private static final String APP_HELP =
      """
        BILILIVE_CLIENT_ID     the app's client_id
        BILILIVE_APP_SECRET    the app's app_secret
      """;

  private static final String TOKEN_HELP =
      """
        BILILIVE_ACCESS_TOKEN  the broadcaster's OAuth access token, scope LIVE_ROOM_DATA; if not
                               set, the one that login has stored for this app
      """;

  private static final String CODE_HELP =
      """
                               or, for an app that has identity codes in place of tokens,
        BILILIVE_IDENTITY_CODE the broadcaster's identity code, and
        BILILIVE_APP_ID        the app's project id
      """;

  private static final String PLACES_HELP =
      """
        BILILIVE_TOKENS        optional; the directory of stored tokens, .bililive in your home
                               directory if not set
        BILILIVE_BASE_URL      optional; https://member.bilibili.com/ if not set, with an identity
                               code https://live-open.biliapi.com/
      """;

  /** The variables of a program that needs an app, for its help. */
  public static final String HELP_FOR_APP = APP_HELP + PLACES_HELP;

  /** The variables of a program that needs an app and a broadcaster, for its help. */
  public static final String HELP_FOR_BROADCASTER = APP_HELP + TOKEN_HELP + CODE_HELP + PLACES_HELP;

  private final Map<String, String> variables;

  private Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** Keeps these variables; nothing is checked yet. */
  public static Environment of(Map<String, String> variables) {
    return new Environment(variables);
  }

  /** Whether it names neither an app nor a service: then a sandbox is meant. */
  public boolean isEmpty() {
    return Stream.of(CLIENT_ID, APP_SECRET, ACCESS_TOKEN, IDENTITY_CODE, APP_ID, BASE_URL)
        .noneMatch(this::isSet);
  }

  /** Whether the token is given by a variable, and not looked for among those stored. */
  public boolean hasAccessToken() {
    return isSet(ACCESS_TOKEN);
  }

  /**
   * Returns a client builder for the app, without a token.
   *
   * @throws IllegalArgumentException if a variable is missing or wrong; says what would be right,
   *     and holds no secret
   */
  public BiliLiveClientBuilder app() {
    require(
        List.of(CLIENT_ID, APP_SECRET),
        "set " + CLIENT_ID + " and " + APP_SECRET + " to what the open platform shows for the app");
    BiliLiveClientBuilder builder =
        BiliLiveClient.builder()
            .credentials(Credentials.of(variables.get(CLIENT_ID), variables.get(APP_SECRET)))
            .baseUrl(baseUrl());
    if (isSet(BASE_URL)) {
      builder.openLiveBaseUrl(baseUrl());
    }
    if (baseUrl().startsWith("http://")) {
      // Cleartext is accepted on loopback alone, so it is a sandbox, which is all in one place.
      builder.oauthBaseUrl(baseUrl()).accountBaseUrl(baseUrl());
    }
    return builder;
  }

  /**
   * Returns a client builder for the app and the broadcaster, whose token is the client's own.
   *
   * @throws IllegalArgumentException if a variable is missing or wrong, or there is no token; says
   *     what would be right, and holds no secret
   */
  public BiliLiveClientBuilder appAndBroadcaster() {
    BiliLiveClientBuilder builder = app();
    if (hasAccessToken()) {
      return builder.accessToken(variables.get(ACCESS_TOKEN));
    }
    try {
      if (tokenStore().load(broadcaster()) == null) {
        throw new IllegalArgumentException(
            "not set: "
                + ACCESS_TOKEN
                + "; set it, or run login first: no token of the app "
                + broadcaster()
                + " is stored in "
                + tokens());
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("the stored token cannot be read: " + e.getMessage(), e);
    }
    return builder.tokenStore(tokenStore()).broadcaster(broadcaster());
  }

  /**
   * Returns the code that the broadcaster's room is heard by; null if it is heard by a token.
   *
   * @throws IllegalArgumentException if one of its two variables is missing or wrong
   */
  public @Nullable IdentityCode identityCode() {
    if (!isSet(IDENTITY_CODE) && !isSet(APP_ID)) {
      return null;
    }
    require(List.of(IDENTITY_CODE, APP_ID), "set both, or neither to use an access token");
    String appId = variables.get(APP_ID).strip();
    if (!appId.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          APP_ID + " is " + appId + ": give the app's project id, a number of 13 digits");
    }
    return IdentityCode.of(variables.get(IDENTITY_CODE), Long.parseLong(appId));
  }

  private void require(List<String> names, String advice) {
    List<String> missing = names.stream().filter(name -> !isSet(name)).collect(Collectors.toList());
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException("not set: " + String.join(", ", missing) + "; " + advice);
    }
  }

  /** Returns where the API is, as it was given. */
  public String baseUrl() {
    return isSet(BASE_URL) ? variables.get(BASE_URL).strip() : PLATFORM;
  }

  /** Returns where the API by identity code is, as it was given. */
  public String openLiveBaseUrl() {
    return isSet(BASE_URL) ? baseUrl() : OPEN_LIVE;
  }

  /** Returns where the service is, in words. */
  public String service() {
    return isSet(BASE_URL) ? baseUrl() : "the Bilibili Open Platform";
  }

  /** Returns the name by which the store knows the broadcaster: one for each app. */
  public String broadcaster() {
    return variables.getOrDefault(CLIENT_ID, "");
  }

  /** Returns the directory of stored tokens. */
  public Path tokens() {
    try {
      return isSet(TOKENS)
          ? Path.of(variables.get(TOKENS)).toAbsolutePath()
          : Path.of(System.getProperty("user.home"), ".bililive");
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(TOKENS + " is no path: " + e.getMessage(), e);
    }
  }

  /** Returns the store of tokens. */
  public FileTokenStore tokenStore() {
    return FileTokenStore.in(tokens());
  }

  private boolean isSet(String name) {
    return !variables.getOrDefault(name, "").isBlank();
  }
}
