package io.github.bililive.doctor;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.environment.Environment;
import io.github.bililive.sandbox.Sandbox;
import java.util.Map;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says, or a sandbox if it says nothing. Holds secrets, so it is no record.
 */
final class Configuration implements AutoCloseable {
  private final BiliLiveClient.Builder builder;
  private final String baseUrl;
  private final String description;
  private final @Nullable Sandbox sandbox;

  private Configuration(
      BiliLiveClient.Builder builder,
      String baseUrl,
      String description,
      @Nullable Sandbox sandbox) {
    this.builder = builder;
    this.baseUrl = baseUrl;
    this.description = description;
    this.sandbox = sandbox;
  }

  /** Reads the environment, or starts a sandbox if none of the variables is set. */
  static Configuration of(Map<String, String> variables) throws CheckFailedException {
    Environment environment = Environment.of(variables);
    if (environment.isEmpty()) {
      return ofSandbox(Sandbox.builder().start());
    }
    try {
      return new Configuration(
          environment.appAndBroadcaster(),
          environment.baseUrl(),
          environment.broadcaster()
              + " on "
              + environment.baseUrl()
              + (environment.hasAccessToken()
                  ? ""
                  : ", with the tokens that login has stored in " + environment.tokens()),
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
        sandbox);
  }

  /** Returns the builder, which is this object's own. */
  BiliLiveClient.Builder builder() {
    return builder;
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
