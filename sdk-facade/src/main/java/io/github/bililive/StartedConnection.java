package io.github.bililive;

import io.github.bililive.generated.openlive.model.AnchorInfo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A connection that the platform has started: its id, and what opens its WebSocket.
 *
 * <p>The platform gives one that was started by access token up 30 s after its last heartbeat, so
 * keep its id alive without delay ({@link BiliLiveClient#keepAlive}). There is no call that ends
 * it. Immutable; {@link #toString} hides the auth body.
 */
public final class StartedConnection {
  private final String connId;
  private final String authBody;
  private final List<String> wssLinks;
  private final @Nullable AnchorInfo broadcaster;
  private final @Nullable String lease;

  /**
   * Creates the value; the list is copied. Users need it for tests, and for one that was kept.
   *
   * @throws NullPointerException if an argument is null
   */
  public StartedConnection(String connId, String authBody, List<String> wssLinks) {
    this(connId, authBody, wssLinks, null);
  }

  /**
   * Creates the value with who the broadcaster is, which the platform says by identity code alone.
   *
   * @throws NullPointerException if an argument but the last is null
   */
  public StartedConnection(
      String connId, String authBody, List<String> wssLinks, @Nullable AnchorInfo broadcaster) {
    this(connId, authBody, wssLinks, broadcaster, null);
  }

  /**
   * Creates the value of a connection that was kept, with all that its getters returned.
   *
   * @throws NullPointerException if an argument but the last two is null
   */
  public StartedConnection(
      String connId,
      String authBody,
      List<String> wssLinks,
      @Nullable AnchorInfo broadcaster,
      @Nullable String lease) {
    this.connId = Objects.requireNonNull(connId, "connId is null: give the connection's conn_id");
    this.authBody = Objects.requireNonNull(authBody, "authBody is null: give any text");
    Objects.requireNonNull(wssLinks, "wssLinks is null: give an empty list for none");
    this.wssLinks = Collections.unmodifiableList(new ArrayList<>(wssLinks));
    this.broadcaster = broadcaster;
    this.lease = lease;
  }

  /**
   * Returns the id that heartbeats keep alive: a {@code conn_id}, or by identity code a {@code
   * game_id}. Empty only by identity code, for tools: then there is nothing to keep alive.
   */
  public String getConnId() {
    return connId;
  }

  /**
   * Returns what the WebSocket sends first, byte for byte. It holds a secret that opens the room:
   * do not log it.
   */
  public String getAuthBody() {
    return authBody;
  }

  /** Returns the WebSocket's addresses, the first to be tried first. Unmodifiable; may be empty. */
  public List<String> getWssLinks() {
    return wssLinks;
  }

  /** Returns who the broadcaster is; null if the platform did not say. */
  public @Nullable AnchorInfo getBroadcaster() {
    return broadcaster;
  }

  /**
   * Returns what renews it at the server of a {@link ConnectionSource}; null if it is of another
   * door. A secret, too.
   */
  public @Nullable String getLease() {
    return lease;
  }

  /** Returns the id and the addresses; {@code ██} in place of the auth body. */
  @Override
  public String toString() {
    return "StartedConnection{connId=" + connId + ", authBody=██, wssLinks=" + wssLinks + "}";
  }
}
