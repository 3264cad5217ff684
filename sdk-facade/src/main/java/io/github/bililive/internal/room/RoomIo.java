package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionState;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import org.jspecify.annotations.Nullable;

/** What {@link ConnectionMachine} acts through; a test puts another in its place. */
interface RoomIo {
  /** See {@link Door#links}. */
  WssLinks links();

  /**
   * Returns whether the next start looks for a connection that lives before it asks the API: then
   * it need not wait for the room's turn.
   */
  default boolean looksFirst() {
    return false;
  }

  PendingCall start(AnswerCallback<StartedConnection> callback);

  /** See {@link Door#keepAlive}. */
  @Nullable KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener);

  /** See {@link Door#takeOver}. */
  default @Nullable KeepAlive takeOver(StartedConnection started, HeartbeatListener listener) {
    return keepAlive(started, listener);
  }

  /** See {@link Door#end}. */
  boolean end(StartedConnection started);

  /**
   * Returns whether another process's socket may be open with the same id: then a refusal of this
   * one says nothing about the id.
   */
  default boolean isShared() {
    return false;
  }

  LiveSocket dial(String link, LiveSocket.Events events);

  /** From now on events come from this socket alone; null for from none. */
  void listenTo(@Nullable LiveSocket socket);

  void stateChanged(ConnectionState state);
}
