package io.github.bililive.sandbox;

import io.github.bililive.sandbox.SentEvent.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.WebSocket;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket of the sandbox's, to be disturbed. Once it is over, all methods do nothing.
 *
 * <p>Safe for use from any thread.
 */
public final class SandboxSocket {
  private static final int ERRORS_KEPT = 100;
  private static final int NORMAL_CLOSURE = 1000;
  private static final Duration FLUSH_STEP = Duration.ofMillis(1);

  /** OkHttp refuses a frame that makes more than 16 MiB wait; no frame here is half of that. */
  private static final long BACKLOG_LIMIT = 8 << 20;

  /** How long the client has to read the rest and to end its side, in real time. */
  private static final Duration LAST_GRACE = Duration.ofSeconds(10);

  /** What still comes from this end. */
  private enum Voice {
    ALL,
    NO_EVENTS,
    NOTHING
  }

  final long number;
  final TcpSocket tcp;
  final long openedAtRealNanos = System.nanoTime();
  private final SocketHub hub;
  private final String target;
  private final WebSocket webSocket;
  private final long openedAtNanos;

  // Guarded by the hub's monitor, all of them.

  private Voice voice = Voice.ALL;

  /** Whether its first packet has come. */
  private boolean introduced;

  /** Null until its auth body has come, and if that is not known. */
  private @Nullable Connection connection;

  private @Nullable Long authenticatedAtNanos;
  private @Nullable Long closedAtNanos;
  private @Nullable Long closedAtRealNanos;
  private @Nullable String closedBy;
  private @Nullable Long lastHeartbeatAtNanos;
  private long heartbeats;
  private long events;
  private final List<String> protocolErrors = new ArrayList<>();

  SandboxSocket(SocketHub hub, long number, String target, WebSocket webSocket, TcpSocket tcp) {
    this.hub = hub;
    this.number = number;
    this.target = target;
    this.webSocket = webSocket;
    this.tcp = tcp;
    openedAtNanos = hub.clock.nanos();
  }

  /**
   * Returns what was seen of it.
   *
   * @return its record as it is now
   */
  public SeenSocket seen() {
    return hub.monitor.get(
        () ->
            new SeenSocket(
                number,
                target,
                connection == null ? null : connection.id,
                connection == null ? null : connection.room.id,
                state(),
                openedAtNanos,
                authenticatedAtNanos,
                closedAtNanos,
                closedBy,
                heartbeats,
                lastHeartbeatAtNanos,
                events,
                List.copyOf(protocolErrors)));
  }

  /**
   * Sends one event to this socket alone, in a frame of its own.
   *
   * @param json the event
   */
  public void send(String json) {
    hub.push(this, EventText.of(json));
  }

  /**
   * Sends a frame of any bytes, which no log of events mentions, authenticated or not.
   *
   * @param frame such as one of {@link Frames}
   */
  public void sendFrame(ByteString frame) {
    hub.monitor.change(() -> transmit(frame));
  }

  /**
   * Hangs up: the client gets all that was sent, and then the end of the stream without a close
   * frame.
   */
  public void drop() {
    hangUp("the sandbox: dropped");
  }

  /** Resets the connection: what the client has not yet read is lost. */
  public void reset() {
    if (hub.monitor.getAfterChange(() -> close("the sandbox: reset"))) {
      tcp.reset();
    }
  }

  /**
   * Closes the WebSocket in order, after all that was sent; if the client does not answer, hangs up
   * after a second.
   *
   * @param code such as 1000, 1001 or 1011
   * @param reason at most 123 bytes
   */
  public void close(int code, String reason) {
    hub.monitor.change(
        () -> {
          if (close("the sandbox: closed with " + code)) {
            webSocket.close(code, reason);
            hub.later(LAST_GRACE, tcp::end);
          }
        });
  }

  /**
   * Goes silent: the client gets all that was sent; then it stays open, and nothing comes from it
   * any more, not even a pong. It is not hung up for a lack of heartbeats.
   */
  public void goSilent() {
    hub.monitor.change(
        () -> {
          if (isOpen()) {
            voice = Voice.NOTHING;
            whenFlushed(LAST_GRACE.toMillis(), tcp::mute);
          }
        });
  }

  /** Goes deaf: it stays open and answers heartbeats, but no event comes from it any more. */
  public void goDeaf() {
    hub.monitor.change(() -> voice = isSilent() ? voice : Voice.NO_EVENTS);
  }

  @Override
  public String toString() {
    return seen().toString();
  }

  private SeenSocket.State state() {
    if (closedAtNanos != null) {
      return SeenSocket.State.CLOSED;
    }
    return authenticatedAtNanos == null ? SeenSocket.State.OPENED : SeenSocket.State.AUTHENTICATED;
  }

  // What follows is called with the monitor held, unless it says otherwise.

  /** Returns what the page shows; ages in milliseconds. */
  Map<String, ?> shown() {
    long now = hub.clock.nanos();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("socket", number);
    map.put("room", connection == null ? null : connection.room.id);
    map.put("connId", connection == null ? null : connection.id);
    map.put("state", isSilent() ? "SILENT" : state().name());
    map.put("age", (now - openedAtNanos) / 1_000_000);
    map.put(
        "lastHeartbeat",
        lastHeartbeatAtNanos == null ? null : (now - lastHeartbeatAtNanos) / 1_000_000);
    map.put("heartbeats", heartbeats);
    map.put("events", events);
    map.put("errors", protocolErrors.size());
    return map;
  }

  boolean isOpen() {
    return closedAtNanos == null;
  }

  boolean isAuthenticated() {
    return authenticatedAtNanos != null;
  }

  boolean isIntroduced() {
    return introduced;
  }

  boolean isSilent() {
    return voice == Voice.NOTHING;
  }

  @Nullable Connection connection() {
    return connection;
  }

  /** Returns null while open. */
  @Nullable Long closedAtRealNanos() {
    return closedAtRealNanos;
  }

  void introduce(@Nullable Connection known) {
    introduced = true;
    connection = known;
  }

  void authenticate() {
    if (isOpen()) {
      authenticatedAtNanos = hub.clock.nanos();
      hub.note(this, "authenticated", null);
      transmit(Frames.authReply("{\"code\":0}"));
      hub.authenticated(this);
    }
  }

  /** Sends the refusal, and closes after it. */
  void refuse(int code) {
    hub.note(this, "refused", String.valueOf(code));
    transmit(Frames.authReply("{\"code\":" + code + "}"));
    close(NORMAL_CLOSURE, "");
  }

  void heartbeat() {
    heartbeats++;
    lastHeartbeatAtNanos = hub.clock.nanos();
  }

  void protocolError(String what) {
    if (protocolErrors.size() < ERRORS_KEPT) {
      protocolErrors.add(what);
      hub.note(this, "error", what);
    }
  }

  /** Returns how long nothing that keeps it open has come. */
  long idleNanos(long nowNanos) {
    if (lastHeartbeatAtNanos != null) {
      return nowNanos - lastHeartbeatAtNanos;
    }
    return nowNanos - (authenticatedAtNanos == null ? openedAtNanos : authenticatedAtNanos);
  }

  /** Puts a frame with events on the socket if it may have them. */
  Fate offer(ByteString frame, int count) {
    if (voice != Voice.ALL) {
      return Fate.WITHHELD;
    }
    if (connection == null || !hub.connections.isAlive(connection)) {
      return Fate.EXPIRED;
    }
    if (!transmit(frame)) {
      if (webSocket.queueSize() >= BACKLOG_LIMIT) {
        hangUp("the sandbox: the client reads too slowly");
      }
      return Fate.WITHHELD;
    }
    events += count;
    return Fate.SENT;
  }

  boolean transmit(ByteString frame) {
    return isOpen() && voice != Voice.NOTHING && webSocket.send(frame);
  }

  /** Ends the record. Returns whether it was open. */
  boolean close(String by) {
    if (!isOpen()) {
      return false;
    }
    closedAtNanos = hub.clock.nanos();
    closedAtRealNanos = System.nanoTime();
    closedBy = by;
    hub.note(this, "closed", by);
    hub.closed(this);
    return true;
  }

  /** Called with or without the monitor held. */
  void hangUp(String by) {
    if (hub.monitor.getAfterChange(() -> close(by))) {
      whenFlushed(
          LAST_GRACE.toMillis(),
          () -> {
            tcp.endOutput();
            hub.later(LAST_GRACE, tcp::end);
          });
    }
  }

  /** OkHttp writes on a thread of its own and tells only how much is left. */
  private void whenFlushed(long stepsLeft, Runnable task) {
    if (webSocket.queueSize() > 0 && stepsLeft > 0) {
      hub.later(FLUSH_STEP, () -> whenFlushed(stepsLeft - 1, task));
    } else {
      task.run();
    }
  }
}
