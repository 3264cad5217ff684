package io.github.bililive;

import java.util.Objects;

/**
 * What opens a broadcaster's room without an OAuth authorisation: their identity code (身份码), and
 * the app that it was given to. For the platform's API for interactive games, plug-ins and tools
 * (互动玩法, 插件, 工具), with which individuals can enrol.
 *
 * <p>Immutable and safe for use by several threads. {@link #toString} never shows the code.
 */
public final class IdentityCode {
  private final String code;
  private final long appId;

  private IdentityCode(String code, long appId) {
    this.code = code;
    this.appId = appId;
  }

  /**
   * Returns a broadcaster's identity code for one app.
   *
   * @param code what the broadcaster sees in their live centre; it changes when they renew it
   * @param appId the app's project id (项目 ID), of 13 digits
   * @throws IllegalArgumentException if the code is empty or has spaces around it, or the app id is
   *     not above 0; the message never holds the code
   */
  public static IdentityCode of(String code, long appId) {
    Objects.requireNonNull(code, "code is null: is the environment variable set?");
    if (code.isEmpty() || !code.trim().equals(code)) {
      throw new IllegalArgumentException(
          "code is empty, or begins or ends with white space: copy the identity code alone");
    }
    if (appId <= 0) {
      throw new IllegalArgumentException(
          "appId is " + appId + ": give the app's project id, a number of 13 digits");
    }
    return new IdentityCode(code, appId);
  }

  /** Returns the code. Whoever holds it can open the room with an app of their own: a secret. */
  public String getCode() {
    return code;
  }

  /** Returns the app's project id, which is no secret. */
  public long getAppId() {
    return appId;
  }

  /** Returns the app id and {@code ██} in place of the code. */
  @Override
  public String toString() {
    return "IdentityCode{code=██, appId=" + appId + "}";
  }
}
