package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionState;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link ConnectionMachine} acts through, written down and answered by hand. */
final class FakeRoomIo implements RoomIo {
  /** One start under way. */
  static final class Start implements PendingCall {
    final AnswerCallback<StartedConnection> callback;
    boolean cancelled;

    Start(AnswerCallback<StartedConnection> callback) {
      this.callback = callback;
    }

    void answer(String connId, String... links) {
      callback.onSuccess(new StartedConnection(connId, "auth of " + connId, List.of(links)));
    }

    void refuse(int code) {
      fail(new PlatformException("start", code, "", null));
    }

    void fail(BiliLiveException error) {
      callback.onFailure(error);
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }

  /** One conn_id's heartbeats. */
  static final class Kept implements KeptAlive {
    final String connId;
    final Runnable expire;
    boolean closed;

    Kept(String connId, Runnable expire) {
      this.connId = connId;
      this.expire = expire;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public long millisSinceAcknowledged() {
      return 7;
    }
  }

  /** One socket. */
  static final class Socket implements LiveSocket {
    final String link;
    final Events events;
    final List<String> sent = new ArrayList<>();
    boolean heldBack;
    boolean closed;
    boolean cancelled;

    Socket(String link, Events events) {
      this.link = link;
      this.events = events;
    }

    @Override
    public void authenticate(String authBody) {
      sent.add(authBody);
    }

    @Override
    public void beat() {
      sent.add("beat");
    }

    @Override
    public boolean heldBackSince(long nanos) {
      return heldBack;
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public void cancel() {
      cancelled = true;
    }

    boolean isLive() {
      return !closed && !cancelled;
    }
  }

  final List<Start> starts = new ArrayList<>();
  final List<Kept> kept = new ArrayList<>();
  final List<Socket> sockets = new ArrayList<>();
  final List<ConnectionState> states = new ArrayList<>();
  @Nullable LiveSocket listeningTo;

  @Override
  public PendingCall start(AnswerCallback<StartedConnection> callback) {
    Start start = new Start(callback);
    starts.add(start);
    return start;
  }

  @Override
  public KeptAlive keepAlive(String connId, Runnable onExpired) {
    Kept id = new Kept(connId, onExpired);
    kept.add(id);
    return id;
  }

  @Override
  public LiveSocket dial(String link, LiveSocket.Events events) {
    if (sockets.stream().anyMatch(Socket::isLive)) {
      throw new AssertionError("a second socket while one is live");
    }
    Socket socket = new Socket(link, events);
    sockets.add(socket);
    return socket;
  }

  @Override
  public void listenTo(@Nullable LiveSocket socket) {
    listeningTo = socket;
  }

  @Override
  public void stateChanged(ConnectionState state) {
    states.add(state);
  }

  Start lastStart() {
    return starts.get(starts.size() - 1);
  }

  Socket lastSocket() {
    return sockets.get(sockets.size() - 1);
  }

  Kept lastKept() {
    return kept.get(kept.size() - 1);
  }

  List<ConnectionState.Phase> phases() {
    return states.stream().map(ConnectionState::getPhase).toList();
  }
}
