package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
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
  static class Kept implements KeepAlive {
    final String connId;
    private final HeartbeatListener listener;
    boolean closed;

    Kept(String connId, HeartbeatListener listener) {
      this.connId = connId;
      this.listener = listener;
    }

    void expire() {
      become(HeartbeatState.EXPIRED);
    }

    void become(HeartbeatState state) {
      listener.onStateChanged(connId, state, null);
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public String getConnId() {
      return connId;
    }

    @Override
    public HeartbeatState getState() {
      return closed ? HeartbeatState.CLOSED : HeartbeatState.ALIVE;
    }

    @Override
    public long getMillisSinceAcknowledged() {
      return 7;
    }
  }

  /** One socket. */
  final class Socket implements LiveSocket {
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
      failIfToldTo();
      sent.add(authBody);
    }

    @Override
    public void beat() {
      failIfToldTo();
      sent.add("beat");
    }

    @Override
    public boolean heldBackSince(long nanos) {
      return heldBack;
    }

    @Override
    public void close() {
      closed = true;
      failIfToldTo();
    }

    @Override
    public void cancel() {
      cancelled = true;
      failIfToldTo();
    }

    void lose(String message) {
      lose(Reason.SOCKET_LOST, message);
    }

    void lose(Reason reason, String message) {
      events.lost(reason, message, null);
    }

    boolean isLive() {
      return !closed && !cancelled;
    }
  }

  /** As behind a base URL on this machine, with a log of its own. */
  WssLinks links = new WssLinks("127.0.0.1", Set.of());

  final List<Start> starts = new ArrayList<>();
  final List<Kept> kept = new ArrayList<>();
  final List<String> ended = new ArrayList<>();
  final List<Socket> sockets = new ArrayList<>();
  Runnable whenStateChanges = () -> {};
  final List<ConnectionState> states = new ArrayList<>();
  @Nullable LiveSocket listeningTo;

  /** What is thrown next, once each: as where memory or threads are short. */
  final Queue<Error> errors = new ArrayDeque<>();

  private void failIfToldTo() {
    Error error = errors.poll();
    if (error != null) {
      throw error;
    }
  }

  /** Whether somebody else keeps every id alive. */
  boolean keptAliveElsewhere;

  @Override
  public WssLinks links() {
    return links;
  }

  @Override
  public PendingCall start(AnswerCallback<StartedConnection> callback) {
    failIfToldTo();
    Start start = new Start(callback);
    starts.add(start);
    return start;
  }

  @Override
  public KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
    String connId = started.getConnId();
    if (keptAliveElsewhere) {
      throw new IllegalStateException("conn_id " + connId + " is kept alive already");
    }
    failIfToldTo();
    Kept id = new Kept(connId, listener);
    kept.add(id);
    return id;
  }

  @Override
  public boolean end(StartedConnection started) {
    ended.add(started.getConnId());
    failIfToldTo();
    return false;
  }

  @Override
  public LiveSocket dial(String link, LiveSocket.Events events) {
    if (sockets.stream().anyMatch(Socket::isLive)) {
      throw new AssertionError("a second socket while one is live");
    }
    failIfToldTo();
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
    whenStateChanges.run();
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
