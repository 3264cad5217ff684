package io.github.bililive.kafka;

import io.github.bililive.ConnectionSource;
import io.github.bililive.IdentityCode;
import java.util.Objects;

/**
 * A room to hear, and the door that opens it. Its key names it in records, logs and metrics, and
 * decides which task hears it, so it is not a secret and does not change.
 *
 * <p>Immutable. Two are equal if they have the same key and door; a room of a {@link RoomSource}
 * that is not equal to the one before is closed and connected anew. {@link #toString} shows the key
 * alone.
 */
public final class Room {
  private final String key;

  /** A {@link Broadcaster}, an {@link AccessToken}, an IdentityCode or a ConnectionSource. */
  private final Object door;

  private final Object identity;

  private Room(String key, Object door, Object identity) {
    this.key = requireKey(key);
    this.door = door;
    this.identity = identity;
  }

  /**
   * Returns a room whose tokens the {@code token.store} keeps.
   *
   * @param key the room's key
   * @param broadcaster the broadcaster's name in the token store, most often the key
   */
  public static Room ofBroadcaster(String key, String broadcaster) {
    Broadcaster door = new Broadcaster(given(broadcaster, "broadcaster"));
    return new Room(key, door, door);
  }

  /**
   * Returns a room with an access token that nobody renews: for tokens that another program renews,
   * whose {@link RoomSource} then gives the new one.
   *
   * @param key the room's key
   * @param accessToken the broadcaster's OAuth access token, a secret
   */
  public static Room ofAccessToken(String key, String accessToken) {
    AccessToken door = new AccessToken(given(accessToken, "accessToken"));
    return new Room(key, door, door);
  }

  /**
   * Returns a room by identity code.
   *
   * @param key the room's key
   * @param identityCode the broadcaster's code and the app it was given to
   */
  public static Room ofIdentityCode(String key, IdentityCode identityCode) {
    Objects.requireNonNull(identityCode, "identityCode is null: give IdentityCode.of(code, appId)");
    return new Room(key, identityCode, new Code(identityCode.getCode(), identityCode.getAppId()));
  }

  /**
   * Returns a room whose connections a server of yours starts.
   *
   * @param key the room's key
   * @param source asks that server; a room is connected anew if it is given another source, so give
   *     the same one each time
   */
  public static Room ofSource(String key, ConnectionSource source) {
    Objects.requireNonNull(source, "source is null: give what asks your server");
    return new Room(key, source, source);
  }

  /** Returns the room's key. */
  public String getKey() {
    return key;
  }

  Object door() {
    return door;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Room room && key.equals(room.key) && identity.equals(room.identity);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** Returns the key, without the door's secrets. */
  @Override
  public String toString() {
    return key;
  }

  private static String requireKey(String key) {
    if (given(key, "key").chars().anyMatch(c -> Character.isWhitespace(c) || c == ',')) {
      throw new IllegalArgumentException(
          "the room's key \"" + key + "\" has white space or a comma: give it a name without");
    }
    return key;
  }

  private static String given(String value, String name) {
    Objects.requireNonNull(value, name + " is null");
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " is empty");
    }
    return value;
  }

  /** Tokens of the token store. */
  record Broadcaster(String name) {}

  /** A token that nobody renews. */
  record AccessToken(String token) {
    @Override
    public String toString() {
      return "██";
    }
  }

  private record Code(String code, long appId) {
    @Override
    public String toString() {
      return "██";
    }
  }
}
