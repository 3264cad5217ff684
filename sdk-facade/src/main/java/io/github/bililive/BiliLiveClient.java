package io.github.bililive;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.OAuth;
import java.io.Closeable;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client of Bilibili's live-room long connection, for one app and any number of rooms.
 *
 * <p>Make one and keep it: it holds connections, a few daemon threads, and a reader for each open
 * socket. Safe for use by several threads.
 *
 * <p>A call without a callback blocks. It throws a {@link BiliLiveException} if there is no access
 * token, the platform refused, or no answer came that can be understood. An interrupt cancels it:
 * then that is a {@code NetworkException} whose remedy is to give up, and the thread's flag stays.
 * Callbacks and listeners run on the {@linkplain BiliLiveClientBuilder#callbackExecutor callback
 * executor}.
 *
 * <p>Once the client is closed, every method that calls or connects throws {@link
 * IllegalStateException}, and so does one that needs the client's own access token without one. A
 * null argument is a {@link NullPointerException} that names it, one that cannot be right, such as
 * an empty id, an {@link IllegalArgumentException}.
 */
public final class BiliLiveClient implements Closeable {
  final ClientParts parts;

  BiliLiveClient(ClientParts parts) {
    this.parts = parts;
  }

  /** Returns a builder with the defaults. */
  public static BiliLiveClientBuilder builder() {
    return new BiliLiveClientBuilder(new ClientSettings());
  }

  /** Returns a builder with this client's settings. */
  public BiliLiveClientBuilder newBuilder() {
    return new BiliLiveClientBuilder(parts.settings.copy());
  }

  /**
   * Starts a connection to the room of the client's own access token. One app may have five to a
   * room, and each dies 30 s after its last heartbeat.
   */
  public StartedConnection start() {
    Waiting<StartedConnection> answer = parts.waiting("start");
    return answer.await(parts.startOwn(answer));
  }

  /** Starts a connection to another room: for an app that serves many broadcasters. */
  public StartedConnection start(String accessToken) {
    Waiting<StartedConnection> answer = parts.waiting("start");
    return answer.await(parts.calls().start(AccessToken.of(accessToken), answer));
  }

  /** Starts with a provider's token; if that is refused, renews it and starts once more. */
  public StartedConnection start(AccessTokenProvider accessToken) {
    Waiting<StartedConnection> answer = parts.waiting("start");
    return answer.await(parts.startRetried(accessToken, answer));
  }

  /** Starts a connection as {@link #start()} does; the callback hears of it. */
  public PendingCall start(AnswerCallback<StartedConnection> callback) {
    return parts.startOwn(parts.onExecutor(callback));
  }

  /** Starts a connection as {@link #start(String)} does; the callback hears of it. */
  public PendingCall start(String accessToken, AnswerCallback<StartedConnection> callback) {
    return parts.calls().start(AccessToken.of(accessToken), parts.onExecutor(callback));
  }

  /** Starts a connection as {@link #start(AccessTokenProvider)} does; the callback hears of it. */
  public PendingCall start(
      AccessTokenProvider accessToken, AnswerCallback<StartedConnection> callback) {
    return parts.startRetried(accessToken, parts.onExecutor(callback));
  }

  /** Sends one heartbeat; a dead id is refused with code 7003. See {@link #keepAlive}. */
  public void heartbeat(String connId) {
    Waiting<@Nullable Void> answer = parts.waiting("heartbeat");
    answer.await(parts.calls().heartbeat(connId, answer));
  }

  /** Sends a heartbeat as {@link #heartbeat(String)} does; the callback's answer is null. */
  public PendingCall heartbeat(String connId, AnswerCallback<@Nullable Void> callback) {
    return parts.calls().heartbeat(connId, parts.onExecutor(callback));
  }

  /**
   * Sends one heartbeat for several connections: 1 to 200 ids without duplicates, the platform's
   * limits. Returns those of them that are dead; empty if none is.
   */
  public Set<String> batchHeartbeat(Collection<String> connIds) {
    Waiting<Set<String>> answer = parts.waiting("batchHeartbeat");
    return answer.await(parts.calls().batchHeartbeat(connIds, answer));
  }

  /** Sends one heartbeat as {@link #batchHeartbeat(Collection)} does; the callback hears of it. */
  public PendingCall batchHeartbeat(
      Collection<String> connIds, AnswerCallback<Set<String>> callback) {
    return parts.calls().batchHeartbeat(connIds, parts.onExecutor(callback));
  }

  /**
   * Keeps the connection of a start alive with heartbeats, of many ids in one request, until what
   * is returned or this client is closed, or the platform says that it is dead: when the listener
   * hears {@code EXPIRED}, start anew. An id is kept alive once.
   */
  public KeepAlive keepAlive(String connId, HeartbeatListener listener) {
    return parts.heartbeats().register(connId, listener);
  }

  /** Returns {@link ClientSnapshot#getHeartbeats} alone, of rooms, too. Looks at each id once. */
  public HeartbeatStatistics heartbeatStatistics() {
    return parts.heartbeatStatistics();
  }

  /**
   * Returns gauges and sums of this moment, for an operator and for metrics. Any thread; looks at
   * each room and each id that is kept alive once, and waits for none.
   */
  public ClientSnapshot snapshot() {
    return parts.snapshot();
  }

  /**
   * Connects to the room of the client's access token and hears it, through lost sockets, expired
   * ids and sleep, until connection or client is closed. Returns at once; the listener hears.
   */
  public LiveConnection connect(LiveListener listener) {
    return connect(listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(LiveListener)} does, with options of its own. */
  public LiveConnection connect(LiveListener listener, ConnectionOptions options) {
    return parts.connect(parts.ownToken(), listener, options);
  }

  /** Connects as {@link #connect(LiveListener)} does, to the room of another access token. */
  public LiveConnection connect(String accessToken, LiveListener listener) {
    return connect(accessToken, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(String, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      String accessToken, LiveListener listener, ConnectionOptions options) {
    return connect(AccessTokenProvider.fixed(accessToken), listener, options);
  }

  /** Connects as {@link #connect(LiveListener)} does, to the room of a provider's tokens. */
  public LiveConnection connect(AccessTokenProvider accessToken, LiveListener listener) {
    return connect(accessToken, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(AccessTokenProvider, LiveListener)} does, with options. */
  public LiveConnection connect(
      AccessTokenProvider accessToken, LiveListener listener, ConnectionOptions options) {
    return parts.connect(accessToken, listener, options);
  }

  /** Connects to a room by identity code, whose session is ended with the connection. */
  public LiveConnection connect(IdentityCode identityCode, LiveListener listener) {
    return connect(identityCode, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(IdentityCode, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      IdentityCode identityCode, LiveListener listener, ConnectionOptions options) {
    return parts.connect(identityCode, listener, options);
  }

  /** Connects to a room whose connections a server of yours starts; needs no credentials. */
  public LiveConnection connect(ConnectionSource source, LiveListener listener) {
    return connect(source, listener, ConnectionOptions.DEFAULT);
  }

  /** Connects as {@link #connect(ConnectionSource, LiveListener)} does, with options of its own. */
  public LiveConnection connect(
      ConnectionSource source, LiveListener listener, ConnectionOptions options) {
    return parts.connect(source, listener, options);
  }

  /** Returns the rooms that are not closed or given up, the oldest first: an immutable snapshot. */
  public List<LiveConnection> connections() {
    return parts.connections.list();
  }

  /** Leads broadcasters to the app, and keeps their tokens valid. Closed with the client. */
  public OAuth oauth() {
    return parts.oauth();
  }

  /** Returns the broadcaster of the client's own access token, if it has one. Asks nothing yet. */
  public Account account() {
    return parts.ownAccount();
  }

  /** Returns the broadcaster of another access token. Asks nothing yet. */
  public Account account(String accessToken) {
    return parts.open(new TokenAccount(parts, AccessToken.of(accessToken), null));
  }

  /** Returns the broadcaster of a provider's tokens. Asks nothing yet. */
  public Account account(AccessTokenProvider accessToken) {
    return parts.account(accessToken);
  }

  /**
   * Returns the generated Retrofit interface: requests are signed, carry the client's own access
   * token if it has one, and go to the configured host alone; envelopes come back as they are, on a
   * thread of OkHttp's. Without a token just then a call fails with an {@code IOException} whose
   * cause says why. For a token that is refused call {@link AccessTokenProvider#invalidate}.
   */
  public LiveRoomApi api() {
    return parts.api();
  }

  /**
   * Ends heartbeats, rooms, calls and threads. Waits for nothing but the end of sessions by
   * identity code and of rooms of a {@link ConnectionSource}, for up to 3 s each. With a
   * {@linkplain BiliLiveClientBuilder#connectionStore connection store} those live on for a
   * successor, and what is waited for is the store, likewise. Rooms' listeners hear {@code CLOSED}
   * and nothing more, those of heartbeats nothing more, callbacks a {@code NetworkException}. A
   * token refresh goes on until its pair is stored, for no longer than a call may take: the old
   * pair may be spent. What was handed in is not closed. Idempotent, any thread.
   */
  @Override
  public void close() {
    parts.close();
  }

  /** Returns the app and where it talks to; no secret. */
  @Override
  public String toString() {
    return parts.toString();
  }
}
