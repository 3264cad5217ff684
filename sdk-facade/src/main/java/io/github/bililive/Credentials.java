package io.github.bililive;

import java.util.Objects;

/**
 * The identity of an app on the Bilibili Open Platform: its client id and the secret it signs with.
 *
 * <p>Immutable and safe for use by several threads. {@link #toString} never shows the secret.
 */
public final class Credentials {
  private final String clientId;
  private final String appSecret;

  private Credentials(String clientId, String appSecret) {
    this.clientId = clientId;
    this.appSecret = appSecret;
  }

  /**
   * Returns the credentials of one app.
   *
   * @param clientId the app's {@code client_id}, also called access key id: printable ASCII without
   *     spaces, since it travels in a header
   * @param appSecret the app's {@code app_secret}; taken as UTF-8
   * @throws NullPointerException if either is null
   * @throws IllegalArgumentException if either is empty, or holds what the platform never issues;
   *     the message never holds the secret
   */
  public static Credentials of(String clientId, String appSecret) {
    Objects.requireNonNull(clientId, "clientId is null: is the environment variable set?");
    Objects.requireNonNull(appSecret, "appSecret is null: is the environment variable set?");
    if (clientId.isEmpty()) {
      throw new IllegalArgumentException("clientId is empty: give the app's client_id");
    }
    Arguments.requireHeaderText("clientId", clientId);
    if (appSecret.isEmpty()) {
      throw new IllegalArgumentException("appSecret is empty: give the app's app_secret");
    }
    if (!appSecret.trim().equals(appSecret)) {
      throw new IllegalArgumentException(
          "appSecret begins or ends with white space: copy it without spaces and line breaks");
    }
    return new Credentials(clientId, appSecret);
  }

  /** Returns the app's {@code client_id}. It is sent in the open and is no secret. */
  public String getClientId() {
    return clientId;
  }

  /** Returns the app secret. Whoever holds it can act as the app: do not log or send it. */
  public String getAppSecret() {
    return appSecret;
  }

  /**
   * Returns the client id and {@code ██} in place of the secret. An id that is as long as the
   * secret is left out, too: the two may have been swapped.
   */
  @Override
  public String toString() {
    String shownId = clientId.length() < appSecret.length() ? clientId : "██";
    return "Credentials{clientId=" + shownId + ", appSecret=██}";
  }
}
