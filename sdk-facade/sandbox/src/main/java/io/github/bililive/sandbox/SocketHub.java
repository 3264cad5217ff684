package io.github.bililive.sandbox;

import io.github.bililive.sandbox.SentEvent.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import okhttp3.WebSocket;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** All sockets, open and over, with the log of events and the timers. Safe from any thread. */
final class SocketHub {
  /** How often deadlines are looked at, in real time, since the sandbox's clock may be manual. */
  private static final long SWEEP_MILLIS = 20;

  private static final String FINE = "";

  final SocketSettings settings;
  final SandboxClock clock;
  final Connections connections;
  final Monitor monitor = new Monitor();
  final SocketFaults faults = new SocketFaults();
  private final int recordLimit;
  private final EventLog log;
  private final Journal journal;
  private final ScheduledThreadPoolExecutor timers =
      new ScheduledThreadPoolExecutor(
          1,
          DaemonThread.named("sandbox-sockets"),
          // Once the sandbox is closed, nothing is late any more.
          new ThreadPoolExecutor.DiscardPolicy());
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** Hear the room of each socket that is accepted, with the monitor held. */
  private final List<LongConsumer> onAuthenticated = new CopyOnWriteArrayList<>();

  // Guarded by the monitor.

  /** The oldest first. Those that are over are forgotten beyond the record limit. */
  private final Map<Long, SandboxSocket> sockets = new LinkedHashMap<>();

  private final Set<SandboxSocket> open = new LinkedHashSet<>();
  private final Map<Long, Set<SandboxSocket>> introducedByRoom = new HashMap<>();
  private long lastNumber;

  SocketHub(SandboxSettings settings, Connections connections, Journal journal) {
    this.settings = settings.sockets();
    this.connections = connections;
    clock = settings.clock();
    recordLimit = settings.recordLimit();
    this.journal = journal;
    log = new EventLog(clock, recordLimit, journal);
  }

  SandboxSocket open(String target, WebSocket webSocket, TcpSocket tcp) {
    return monitor.getAfterChange(
        () -> {
          lastNumber++;
          SandboxSocket socket = new SandboxSocket(this, lastNumber, target, webSocket, tcp);
          add(socket);
          return socket;
        });
  }

  private void add(SandboxSocket socket) {
    if (socket.number == 1) {
      repeatedly(Duration.ofMillis(SWEEP_MILLIS), this::sweep);
    }
    note(socket, "opened", null);
    sockets.put(socket.number, socket);
    open.add(socket);
    if (sockets.size() > recordLimit) {
      sockets.values().stream()
          .filter(old -> !old.isOpen())
          .findFirst()
          .ifPresent(old -> sockets.remove(old.number));
    }
  }

  /** Its first packet has come. Called with the monitor held. */
  void introduce(SandboxSocket socket, @Nullable Connection connection) {
    socket.introduce(connection);
    if (connection != null) {
      introducedByRoom.computeIfAbsent(connection.room.id, id -> new LinkedHashSet<>()).add(socket);
    }
  }

  void onAuthenticated(LongConsumer hearer) {
    onAuthenticated.add(hearer);
  }

  /** Its auth body was accepted. Called with the monitor held. */
  void authenticated(SandboxSocket socket) {
    long roomId = Objects.requireNonNull(socket.connection()).room.id;
    onAuthenticated.forEach(hearer -> hearer.accept(roomId));
  }

  /** It is over. Called with the monitor held. */
  void closed(SandboxSocket socket) {
    open.remove(socket);
    Connection connection = socket.connection();
    if (connection != null) {
      introducedByRoom.getOrDefault(connection.room.id, Set.of()).remove(socket);
    }
  }

  /** Notes in the journal what happened to a socket. */
  void note(SandboxSocket socket, String what, @Nullable String text) {
    Connection connection = socket.connection();
    Map<String, Object> brief = new LinkedHashMap<>();
    brief.put("what", what);
    brief.put("socket", socket.number);
    brief.put("text", text);
    journal.add(Journal.Kind.SOCKET, connection == null ? null : connection.room.id, brief);
  }

  /** Returns what the page shows of the open ones, the oldest first. */
  List<Map<String, ?>> shown(int most) {
    return monitor.get(
        () -> {
          List<Map<String, ?>> shown = new ArrayList<>();
          open.stream().limit(most).forEach(socket -> shown.add(socket.shown()));
          return shown;
        });
  }

  List<SandboxSocket> all() {
    return monitor.get(() -> List.copyOf(sockets.values()));
  }

  List<SandboxSocket> open() {
    return monitor.get(() -> List.copyOf(open));
  }

  List<SandboxSocket> authenticated() {
    return monitor.get(() -> open.stream().filter(SandboxSocket::isAuthenticated).toList());
  }

  /** Returns the rooms that have ever had a socket that said whose it is. */
  List<Long> roomsSeen() {
    return monitor.get(() -> List.copyOf(introducedByRoom.keySet()));
  }

  List<SandboxSocket> authenticated(long roomId) {
    return monitor.get(
        () ->
            introducedByRoom.getOrDefault(roomId, Set.of()).stream()
                .filter(SandboxSocket::isAuthenticated)
                .toList());
  }

  /** Offers a frame of events to all sockets of a room; returns how many took it. */
  int push(long roomId, Packing packing, long ordinal, List<EventText> events) {
    Map<Door, List<EventText>> texts = new EnumMap<>(Door.class);
    Map<Door, ByteString> frames = new EnumMap<>(Door.class);
    return monitor.getAfterChange(
        () -> {
          List<SandboxSocket> takers = authenticated(roomId);
          if (takers.isEmpty()) {
            events.forEach(event -> log.add(roomId, event, null, Fate.UNHEARD));
          }
          int sent = 0;
          for (SandboxSocket socket : takers) {
            Door itsDoor = Objects.requireNonNull(socket.connection()).door;
            List<EventText> its =
                texts.computeIfAbsent(
                    itsDoor, door -> events.stream().map(event -> event.through(door)).toList());
            ByteString frame =
                frames.computeIfAbsent(
                    itsDoor,
                    door -> packing.frame(its.stream().map(EventText::json).toList(), ordinal));
            sent += push(socket, frame, roomId, its);
          }
          return sent;
        });
  }

  private int push(SandboxSocket socket, ByteString frame, long roomId, List<EventText> events) {
    Fate fate = socket.offer(frame, events.size());
    events.forEach(event -> log.add(roomId, event, socket, fate));
    return fate == Fate.SENT ? 1 : 0;
  }

  /** Sends one event to one socket, if that is authenticated. */
  void push(SandboxSocket socket, EventText event) {
    ByteString frame = settings.packing().frame(List.of(event.json()), socket.number);
    monitor.change(
        () -> {
          Connection connection = socket.connection();
          if (connection != null && socket.isOpen() && socket.isAuthenticated()) {
            push(socket, frame, connection.room.id, List.of(event));
          }
        });
  }

  List<SentEvent> events() {
    return monitor.get(log::all);
  }

  /** Hangs up on those whose time is over. */
  private void sweep() {
    Map<SandboxSocket, String> verdicts = new LinkedHashMap<>();
    monitor.get(
        () -> {
          long now = clock.nanos();
          open.forEach(socket -> verdicts.put(socket, verdict(socket, now)));
          return verdicts.values().removeIf(FINE::equals);
        });
    verdicts.forEach((socket, verdict) -> socket.hangUp("the sandbox: " + verdict));
  }

  private String verdict(SandboxSocket socket, long now) {
    if (socket.isSilent()) {
      return FINE;
    }
    long idle = socket.idleNanos(now);
    if (!socket.isIntroduced() && idle >= settings.authenticationTimeout().toNanos()) {
      return "no authentication in " + settings.authenticationTimeout();
    }
    if (!socket.isAuthenticated()) {
      return FINE;
    }
    if (idle >= settings.heartbeatTimeout().toNanos()) {
      return "no heartbeat in " + settings.heartbeatTimeout();
    }
    Connection connection = socket.connection();
    boolean ends = settings.expiredSockets() == ExpiredSockets.CLOSED;
    return ends && connection != null && !connections.isAlive(connection)
        ? "its conn_id expired"
        : FINE;
  }

  /** Runs something later, in real time, unless the sandbox is closed before. */
  void later(Duration pause, Runnable task) {
    timers.schedule(guarded(task), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void repeatedly(Duration pause, Runnable task) {
    long nanos = pause.toNanos();
    timers.scheduleWithFixedDelay(guarded(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  private Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        failed(e);
      }
    };
  }

  void failed(Throwable cause) {
    failure.compareAndSet(null, cause);
  }

  @Nullable Throwable failure() {
    return failure.get();
  }

  /** Ends all timers and cuts all sockets. */
  void close() {
    timers.shutdownNow();
    List<SandboxSocket> left = new ArrayList<>(all());
    monitor.change(() -> left.forEach(socket -> socket.close("the sandbox: closed itself")));
    left.forEach(socket -> socket.tcp.end());
  }
}
