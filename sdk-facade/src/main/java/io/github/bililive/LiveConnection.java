package io.github.bililive;

import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.token.AccessTokenProvider;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One live room whose events are heard, through every fault, until it is closed or given up.
 *
 * <p>Safe for use by several threads. In production the SDK alone implements it, and later releases
 * add default methods alone; your tests may implement it, too.
 */
public interface LiveConnection extends Closeable {
  /**
   * Returns what {@link ConnectionEvents} call this room: the name in its {@link
   * ConnectionOptions}, else one that was made up. Not unique if the same name was given twice.
   */
  String getName();

  /** Returns the present state. */
  ConnectionState getState();

  /**
   * Returns the living connection that the room is heard by, so that an app can keep it and hand it
   * to a successor with {@link ConnectionOptions.Builder#takeOver}. Null while there is none. It
   * changes when the platform ends it. Its auth body is a secret.
   */
  default @Nullable StartedConnection getStartedConnection() {
    return null;
  }

  /** Returns how long each channel has been silent, and what was counted. */
  ConnectionHealth health();

  /**
   * Waits until the room is open. The listener, which hears on the callback executor, may hear of
   * that before or after this returns.
   *
   * @return false if it is not within this time; it goes on trying all the same
   * @throws IllegalStateException if the room is closed or given up, at once; the message says why,
   *     and the cause is the failed call, if it was one
   * @throws InterruptedException if the thread is interrupted
   */
  boolean awaitOpen(long time, TimeUnit unit) throws InterruptedException;

  /**
   * Waits until the room is closed or given up. Returns at once if it is already. The listener may
   * hear of that before or after; what it does in a last {@code onStateChanged} may not be done
   * yet.
   *
   * @return the last state, which says why
   * @throws InterruptedException if the thread is interrupted
   */
  ConnectionState awaitClosed() throws InterruptedException;

  /**
   * Drops the present socket and dials anew at once, with the same {@code conn_id}: for a network
   * that has changed, such as from Wi-Fi to mobile. While the room backs off, ends the pause, but
   * for what of it the platform asked for. Does nothing while the room is being started, or is
   * closed. Rooms that redial at once take their turns, at the pace that {@link
   * BiliLiveClientBuilder#connectPace} bounds. Any thread, also in a callback; returns at once.
   */
  void redial();

  /**
   * Gives up the present {@code conn_id}, if there is one, and starts anew at once: for a room that
   * is open and yet hears nothing. The platform keeps the old id for up to 30 s in one of the
   * room's five slots, so the fourth start within that time waits for the first id to die. Else as
   * {@link #redial}: while the room backs off, ends the pause, but for what of it the platform
   * asked for; does nothing while the room is being started, or is closed or handed over. Of a
   * paused room, the start is made when it is resumed. Any thread, also in a callback; returns at
   * once.
   *
   * @throws UnsupportedOperationException unless it is overridden, as it is in the SDK's rooms
   */
  default void restart() {
    throw new UnsupportedOperationException("restart() is not implemented by this fake");
  }

  /**
   * Closes the socket and makes no attempt until {@link #resume}: the state is {@code PAUSED}.
   * Events that have come are still delivered; those that happen meanwhile are lost. The {@code
   * conn_id} is kept alive for a minute, so that a short pause costs no start, and then given up,
   * which frees its slot of the room. A start that is under way is let finish, or its id would be
   * left behind. Idempotent; does nothing if the room is closed. Any thread, also in a callback;
   * returns at once.
   *
   * @throws UnsupportedOperationException unless it is overridden, as it is in the SDK's rooms
   */
  default void pause() {
    throw new UnsupportedOperationException("pause() is not implemented by this fake");
  }

  /**
   * Lets a paused room connect again, when it is its turn: with the same {@code conn_id} if that is
   * still alive, else by a new start. Does nothing if the room is not paused, however often it was,
   * or was handed over. Any thread, also in a callback; returns at once.
   *
   * @throws UnsupportedOperationException unless it is overridden, as it is in the SDK's rooms
   */
  default void resume() {
    throw new UnsupportedOperationException("resume() is not implemented by this fake");
  }

  /**
   * Gives the room another access token, or one that never changes by {@link
   * AccessTokenProvider#fixed}, without losing the socket: the next start and the next heartbeats
   * use it. It is the same broadcaster's, or the next start leads to another room. Heartbeats carry
   * none while the provider has not answered. To use it at once, call {@link #restart} after this.
   * Any thread, also in a callback; returns at once.
   *
   * @throws IllegalStateException if the room is not connected by access token
   * @throws UnsupportedOperationException unless it is overridden, as it is in the SDK's rooms
   */
  default void replaceToken(AccessTokenProvider accessToken) {
    throw new UnsupportedOperationException("replaceToken() is not implemented by this fake");
  }

  /**
   * Ends the connection, for good: its socket, its heartbeats, its attempts to come back. Events
   * that the listener has not heard yet are dropped; a last {@code onStateChanged} with {@code
   * CLOSED} is all that it hears after this, if it does not hear it already. Idempotent, any
   * thread, also in a callback; returns at once.
   */
  @Override
  void close();
}
