package io.github.bililive.hook;

import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;

/**
 * Hears what all rooms of a client go through, for metrics and logs: one call at a time, in order,
 * on the client's callback executor. Override what is of use. No secret can be reached through it.
 * When the client is closed, the last events of its rooms may be left out; close the rooms first to
 * hear them.
 *
 * <p>A room is called by its name: that of {@link ConnectionOptions.Builder#name}, else {@code
 * "room-1"}, {@code "room-2"} and so on, in the order in which the client connected to them; {@link
 * LiveConnection#getName} tells which is which.
 */
public interface ConnectionEvents {
  /** Hears nothing. */
  ConnectionEvents NONE = new ConnectionEvents() {};

  /** The room went from one state to another, as its {@link LiveListener} hears too. */
  default void stateChanged(String room, ConnectionState state) {}

  /**
   * The next attempt waits for its time. Called again if it has to wait longer, since many rooms of
   * the client come back at once.
   *
   * @param retryInMillis the pause before the attempt, in milliseconds
   */
  default void retryScheduled(String room, long retryInMillis) {}

  /** The platform gave the room a {@code conn_id}, which is kept alive from now on. */
  default void started(String room, String connId) {}

  /**
   * The {@code ConnectionStore} failed to load, save or remove the room's entry. The room goes on,
   * and the store is asked again. The log says so once for all rooms, until it works again; of a
   * failed look once a second it alone does.
   *
   * @param problem what happened, in words
   */
  default void storeFailed(String room, String problem) {}

  /** The platform, or this machine's long sleep, says that the room's {@code conn_id} is dead. */
  default void connIdExpired(String room, String connId) {}

  /**
   * A socket is being opened. {@link #socketEnded} follows once, whatever becomes of it.
   *
   * @param host the server's name; the rest of its address is left out
   */
  default void socketDialled(String room, String host) {}

  /**
   * The socket is open, and the auth body is sent.
   *
   * @param tookMillis since it was dialled, in milliseconds
   */
  default void socketOpened(String room, long tookMillis) {}

  /**
   * The platform accepted the auth body: the room is heard.
   *
   * @param tookMillis since the socket was open, in milliseconds
   */
  default void authenticated(String room, String connId, long tookMillis) {}

  /**
   * The platform refused the auth body. The {@code conn_id} is given up, and another started.
   *
   * @param code the reply's code, not 0
   */
  default void authenticationRefused(String room, String connId, int code) {}

  /**
   * The platform answered a heartbeat of the socket, one of which is sent every 15 to 20 s.
   *
   * @param tookMillis from sending it to the answer, in milliseconds; long also when the listener
   *     is so slow that the socket is held back
   */
  default void heartbeatAnswered(String room, long tookMillis) {}

  /**
   * Things came over the socket. Called with each {@link #heartbeatAnswered} and before each {@link
   * #socketEnded}, if anything came since the last call; not for each event.
   *
   * @param traffic how much came since the last call for this room: counters grow by it
   */
  default void received(String room, ConnectionTraffic traffic) {}

  /**
   * The socket is over: lost, silent, refused, or not opened in time.
   *
   * @param reason why, in words; empty if the room was closed
   */
  default void socketEnded(String room, String reason) {}
}
