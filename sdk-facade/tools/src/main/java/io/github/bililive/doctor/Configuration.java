package io.github.bililive.doctor;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.environment.Environment;
import io.github.bililive.sandbox.Sandbox;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, or a sandbox if it says nothing. Holds secrets, so it is no record.
 */
final class Configuration implements AutoCloseable {
  private final BiliLiveClientBuilder builder;
  private final String baseUrl;
  private final String description;
  private final @Nullable IdentityCode identityCode;
  private final @Nullable Sandbox sandbox;

  private Configuration(
      BiliLiveClientBuilder builder,
      String baseUrl,
      String description,
      @Nullable IdentityCode identityCode,
      @Nullable Sandbox sandbox) {
    this.builder = builder;
    this.baseUrl = baseUrl;
    this.description = description;
    this.identityCode = identityCode;
    this.sandbox = sandbox;
  }

  /** Reads the environment, or starts a sandbox if none of the variables is set. */
  static Configuration of(Map<String, String> variables) throws CheckFailedException {
    Environment environment = Environment.of(variables);
    if (environment.isEmpty()) {
      return ofSandbox(Sandbox.builder().start());
    }
    try {
      IdentityCode identityCode = environment.identityCode();
      if (identityCode != null) {
        return new Configuration(
            environment.app(),
            environment.openLiveBaseUrl(),
            environment.broadcaster()
                + " on "
                + environment.openLiveBaseUrl()
                + ", by identity code for app "
                + identityCode.getAppId(),
            identityCode,
            null);
      }
      return new Configuration(
          environment.appAndBroadcaster(),
          environment.baseUrl(),
          environment.broadcaster()
              + " on "
              + environment.baseUrl()
              + (environment.hasAccessToken()
                  ? ""
                  : ", with the tokens that login has stored in " + environment.tokens()),
          null,
          null);
    } catch (IllegalArgumentException e) {
      throw new CheckFailedException(e.getMessage());
    }
  }

  private static Configuration ofSandbox(Sandbox sandbox) {
    return new Configuration(
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .accessToken(sandbox.accessToken())
            .baseUrl(sandbox.baseUrl()),
        sandbox.baseUrl(),
        sandbox.clientId()
            + " on "
            + sandbox.baseUrl()
            + ", a sandbox, since no credentials are set",
        null,
        sandbox);
  }

  /** Returns the builder, which is this object's own. */
  BiliLiveClientBuilder builder() {
    return builder;
  }

  /** Returns the code that the room is heard by; null if it is heard by a token. */
  @Nullable IdentityCode identityCode() {
    return identityCode;
  }

  HttpUrl baseUrl() {
    return HttpUrl.get(baseUrl);
  }

  String describe() {
    return "client_id " + description;
  }

  @Override
  public void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
