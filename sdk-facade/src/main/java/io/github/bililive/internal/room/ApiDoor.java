package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.KeepAlive;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.internal.heartbeat.Heartbeats;
import io.github.bililive.internal.http.ConnectionApi;
import io.github.bililive.token.AccessTokenProvider;
import org.jspecify.annotations.Nullable;

/** A door of one of the platform's APIs, whose rooms share its calls and heartbeats. */
public final class ApiDoor<K> implements Door {
  private final ConnectionApi<K> api;
  private final Heartbeats heartbeats;
  private final WssLinks links;
  private volatile K key;

  /** Creates the door that a key opens; the heartbeats and links are this API's. */
  public ApiDoor(ConnectionApi<K> api, Heartbeats heartbeats, WssLinks links, K key) {
    this.api = api;
    this.heartbeats = heartbeats;
    this.links = links;
    this.key = key;
  }

  @Override
  public PendingCall start(AnswerCallback<StartedConnection> callback) {
    return api.start(key, callback);
  }

  @Override
  public @Nullable KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
    if (started.getConnId().isEmpty()) {
      return null;
    }
    return heartbeats.registerDirectly(started.getConnId(), listener);
  }

  @Override
  public @Nullable KeepAlive takeOver(StartedConnection started, HeartbeatListener listener) {
    api.adopt(key, started);
    if (started.getConnId().isEmpty()) {
      return null;
    }
    return heartbeats.registerTakenOver(started.getConnId(), listener);
  }

  @Override
  public void forget(StartedConnection started) {
    api.forget(started.getConnId());
  }

  @Override
  public boolean end(StartedConnection started) {
    return api.end(started.getConnId());
  }

  @Override
  @SuppressWarnings("unchecked") // Its key is one.
  public void replaceToken(AccessTokenProvider accessToken, @Nullable String connId) {
    key = (K) accessToken;
    if (connId != null) {
      api.replaceToken(connId, accessToken);
    }
  }

  @Override
  public long timeToLiveNanos() {
    return heartbeats.timeToLiveNanos() + api.leftBehindNanos();
  }

  @Override
  public WssLinks links() {
    return links;
  }

  @Override
  public Object api() {
    return api;
  }

  @Override
  public Object key() {
    return key;
  }
}
