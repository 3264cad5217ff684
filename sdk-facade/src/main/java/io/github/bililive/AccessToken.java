package io.github.bililive;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A broadcaster's OAuth access token (scope {@code LIVE_ROOM_DATA}), as a type of its own so that
 * no message, log or {@code toString()} ever holds its text.
 *
 * <p>On its way to the network it is a tag of the OkHttp request. It becomes a header at the last
 * moment, behind every interceptor of the user's.
 */
public final class AccessToken {
  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /**
   * Returns the token with this text.
   *
   * @throws NullPointerException if the text is null
   * @throws IllegalArgumentException if the text is empty or cannot stand in an HTTP header; the
   *     message does not hold it
   */
  public static AccessToken of(String accessToken) {
    Objects.requireNonNull(accessToken, "accessToken is null: is the environment variable set?");
    if (accessToken.isEmpty()) {
      throw new IllegalArgumentException("accessToken is empty: give the broadcaster's token");
    }
    if (accessToken.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw new IllegalArgumentException(
          "accessToken begins with \"Bearer\": give the token alone, without that and the space");
    }
    Arguments.requireHeaderText("accessToken", accessToken);
    return new AccessToken(accessToken);
  }

  /** Returns the token itself. Whoever holds it can read the broadcaster's room: do not log it. */
  public String getText() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AccessToken && ((AccessToken) other).text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** Returns {@code ██}. */
  @Override
  public String toString() {
    return "██";
  }
}
