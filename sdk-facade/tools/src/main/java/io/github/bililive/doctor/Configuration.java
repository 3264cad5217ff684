package io.github.bililive.doctor;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, or a sandbox if it says nothing. Holds secrets, so it is no record.
 */
final class Configuration implements AutoCloseable {
  private static final String CLIENT_ID = "BILILIVE_CLIENT_ID";
  private static final String APP_SECRET = "BILILIVE_APP_SECRET";
  private static final String ACCESS_TOKEN = "BILILIVE_ACCESS_TOKEN";
  private static final String BASE_URL = "BILILIVE_BASE_URL";
  private static final List<String> REQUIRED = List.of(CLIENT_ID, APP_SECRET, ACCESS_TOKEN);
  private static final String PLATFORM = "https://member.bilibili.com/";

  private final Credentials credentials;
  private final String accessToken;
  private final String baseUrl;
  private final @Nullable Sandbox sandbox;

  private Configuration(
      Credentials credentials, String accessToken, String baseUrl, @Nullable Sandbox sandbox) {
    this.credentials = credentials;
    this.accessToken = accessToken;
    this.baseUrl = baseUrl;
    this.sandbox = sandbox;
  }

  /** Reads the environment, or starts a sandbox if none of the variables is set. */
  static Configuration of(Map<String, String> environment) throws CheckFailedException {
    List<String> missing = new ArrayList<>(REQUIRED);
    missing.removeIf(name -> isSet(environment, name));
    if (missing.size() == REQUIRED.size() && !isSet(environment, BASE_URL)) {
      return ofSandbox(Sandbox.start());
    }
    if (!missing.isEmpty()) {
      throw new CheckFailedException(
          "not set: "
              + String.join(", ", missing)
              + "; set all of "
              + String.join(", ", REQUIRED)
              + ", or none for the sandbox");
    }
    try {
      Configuration configuration =
          new Configuration(
              Credentials.of(environment.get(CLIENT_ID), environment.get(APP_SECRET)),
              environment.get(ACCESS_TOKEN),
              isSet(environment, BASE_URL) ? environment.get(BASE_URL).strip() : PLATFORM,
              null);
      configuration.builder(); // Which checks the rest.
      return configuration;
    } catch (IllegalArgumentException e) {
      throw new CheckFailedException(e.getMessage());
    }
  }

  private static Configuration ofSandbox(Sandbox sandbox) {
    return new Configuration(
        Credentials.of(sandbox.clientId(), sandbox.appSecret()),
        sandbox.accessToken(),
        sandbox.baseUrl(),
        sandbox);
  }

  private static boolean isSet(Map<String, String> environment, String name) {
    return !environment.getOrDefault(name, "").isBlank();
  }

  BiliLiveClient.Builder builder() {
    return BiliLiveClient.builder()
        .credentials(credentials)
        .accessToken(accessToken)
        .baseUrl(baseUrl);
  }

  HttpUrl baseUrl() {
    return HttpUrl.get(baseUrl);
  }

  String describe() {
    return "client_id "
        + credentials.getClientId()
        + " on "
        + baseUrl
        + (sandbox == null ? "" : ", a sandbox, since no credentials are set");
  }

  @Override
  public void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
