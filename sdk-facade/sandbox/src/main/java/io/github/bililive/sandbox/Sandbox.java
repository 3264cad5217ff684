package io.github.bililive.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import okhttp3.mockwebserver.MockWebServer;
import org.jspecify.annotations.Nullable;

/**
 * The platform on a loopback port: checks what the platform checks, lets connections expire, fails
 * as it is told, and remembers what it saw.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.start()) {
 *   // point a client at sandbox.baseUrl() with sandbox.clientId(), appSecret(), accessToken()
 *   sandbox.faults().next(Fault.reset().afterProcessing());
 *   …
 *   assert sandbox.refusals().isEmpty();
 * }
 * }</pre>
 *
 * <p>Business errors come with HTTP status 200 and the platform's envelope. Their message says what
 * is wrong and names the header, but never repeats a value that was sent.
 *
 * <p>The addresses that a start is answered with lead to the long connection, on the same port. A
 * socket authenticates with its connection's auth body and then has the events that happen in its
 * {@link #room}; {@link #sockets} tells what was seen of it, and disturbs it.
 *
 * <p>Memory is bounded: the newest {@link SandboxBuilder#recordLimit} requests, events and sockets
 * and as many expired connections are kept, nonces for twice the timestamps' tolerance, and for the
 * {@linkplain #pageUrl page} the newest 1,000 entries of each kind.
 *
 * <p>Safe for use from any thread.
 */
public final class Sandbox implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final SandboxSettings settings;
  private final MockWebServer server = new MockWebServer();
  private final Connections connections;
  private final Faults faults = new Faults();
  private final RequestLog log;
  private final Grants grants;
  private final SocketHub hub;
  private final SandboxSockets sockets;
  private final Map<Long, SandboxRoom> rooms = new ConcurrentHashMap<>();
  private final Queue<Chatter> chatters = new ConcurrentLinkedQueue<>();
  private final SandboxDispatcher dispatcher;
  private final SandboxPage page;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Kept here since MockWebServer.getPort takes the lock that its shutdown holds. */
  private volatile int port;

  Sandbox(SandboxSettings settings) {
    this.settings = settings;
    Journal journal = new Journal(settings.clock().base);
    connections = new Connections(settings, journal);
    log = new RequestLog(settings.recordLimit());
    grants = new Grants(settings, Platform.FIRST_ROOM_ID);
    Platform platform = new Platform(settings, connections, grants, this::wssLinks);
    hub = new SocketHub(settings, connections, journal);
    sockets = new SandboxSockets(hub);
    PageState state = new PageState(this, settings, grants, connections, hub);
    PageActions actions = new PageActions(this, settings.clock(), state, journal);
    page = new SandboxPage(journal, state, actions, new PageFeed(journal, state, hub));
    dispatcher =
        new SandboxDispatcher(
            server,
            settings.clock(),
            connections,
            platform,
            faults,
            log,
            hub,
            new RequestJournal(journal, settings, grants, connections),
            page);
    server.setDispatcher(dispatcher);
    server.setServerSocketFactory(new PromptSockets());
    try {
      server.start(InetAddress.getByName(HOST), settings.port());
      port = server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the sandbox cannot listen on " + HOST + ", port " + settings.port(), e);
    }
    Duration interval = settings.danmakuInterval();
    if (!interval.isZero()) {
      start(new Chatter(hub, this::roomOfId, interval, 0, true));
    }
  }

  /**
   * Starts a sandbox as the platform is: 30 s to live, 200 ids in a batch, 5 connections to a room,
   * 10 min for timestamps, the system clock. Each room says a danmaku as soon as it is listened to,
   * then one a second; for a quiet sandbox, use the {@link #builder}.
   *
   * @return the sandbox, to be closed
   * @throws UncheckedIOException if no port can be had
   */
  public static Sandbox start() {
    return builder().danmakuInterval(Duration.ofSeconds(1)).start();
  }

  /**
   * Returns a builder, set as {@link #start} says, but quiet: nothing is said in its rooms until a
   * test says it, or {@link SandboxBuilder#danmakuInterval} is set.
   *
   * @return a new builder
   */
  public static SandboxBuilder builder() {
    return new SandboxBuilder();
  }

  /** Returns where the platform is: {@code http://127.0.0.1:port/}. */
  public String baseUrl() {
    return "http://" + authority() + "/";
  }

  /** Returns the address of the page that shows what happens, and breaks it by buttons. */
  public String pageUrl() {
    return baseUrl() + SandboxPage.PATH.substring(1);
  }

  /** Returns the client_id of the one app, by default {@code sandbox-client}. */
  public String clientId() {
    return settings.clientId();
  }

  /** Returns the app's present secret, by default an obvious fake. */
  public String appSecret() {
    return settings.appSecret().text();
  }

  /** Returns the access token of the first broadcaster, by default an obvious fake. */
  public String accessToken() {
    return settings.accessTokens().get(0);
  }

  /** Returns the access tokens of all broadcasters, one or more, each of whom has a room. */
  public List<String> accessTokens() {
    return settings.accessTokens();
  }

  /** Returns the broadcasters' side of OAuth, whose two calls have the same base URL. */
  public SandboxOAuth oauth() {
    return new SandboxOAuth(grants, settings.appSecret());
  }

  /** Returns the sister API, by identity code, whose four calls have the same base URL. */
  public SandboxOpenLive openLive() {
    return new SandboxOpenLive(settings, grants);
  }

  /** Returns the plan of what goes wrong, to be added to; it is empty at first. */
  public Faults faults() {
    return faults;
  }

  /** Returns a copy of the requests, the newest up to the record limit, as they came. */
  public List<SeenRequest> requests() {
    return log.matching(request -> true);
  }

  /** Returns how many requests were ever seen, those that the record no longer holds included. */
  public long requestCount() {
    return log.total();
  }

  /**
   * Returns the requests that the platform itself refused, with whatever code; see {@link
   * SeenRequest#isRefused}. Ids in {@code failed_conn_ids} refuse nothing.
   *
   * @return a copy, in the order in which they came
   */
  public List<SeenRequest> refusals() {
    return log.matching(SeenRequest::isRefused);
  }

  /**
   * Waits until requests have come: they were seen and decided, but the client may not have the
   * answer yet. A request whose fault keeps it waiting or without an answer counts at once.
   *
   * @param count how many, counted from the start of the sandbox
   * @param timeout how long to wait, in real time
   * @return the requests, {@code count} or more
   * @throws TimeoutException if fewer came in time; its message says how many
   * @throws InterruptedException if the thread was interrupted
   */
  public List<SeenRequest> awaitRequests(int count, Duration timeout)
      throws InterruptedException, TimeoutException {
    return awaitRequests(count, request -> true, timeout);
  }

  /**
   * Waits until requests that fit have come, as {@link #awaitRequests(int, Duration)} does.
   *
   * @param count how many, among those that {@link #requests} holds
   * @param fits which requests count; called with a lock held
   * @param timeout how long to wait, in real time
   * @return the requests that fit, {@code count} or more
   * @throws TimeoutException if fewer came in time; its message says how many
   * @throws InterruptedException if the thread was interrupted
   */
  public List<SeenRequest> awaitRequests(
      int count, Predicate<? super SeenRequest> fits, Duration timeout)
      throws InterruptedException, TimeoutException {
    return log.await(count, fits, timeout);
  }

  /** Returns a copy of all connections that were started, first the expired, then the living. */
  public List<SeenConnection> connections() {
    return connections.seen();
  }

  /**
   * Returns one connection.
   *
   * @param connId its id
   * @return the connection; null if no such id was started, or it has long expired
   */
  public @Nullable SeenConnection connection(String connId) {
    return connections.seen(connId);
  }

  /**
   * Starts connections without requests, each in a room of its own, for tests that need many.
   *
   * @param count how many
   * @return their ids
   */
  public List<String> startConnections(int count) {
    return connections.start(count);
  }

  /**
   * Lets a living connection expire now.
   *
   * @param connId its id
   * @return whether it was alive
   */
  public boolean expire(String connId) {
    return connections.expire(connId);
  }

  /** Returns the addresses that every start is answered with, all {@code ws://} on loopback. */
  public List<String> wssLinks() {
    String first = "ws://" + authority() + Endpoint.SOCKET.path();
    return List.of(first, first + "-2", first + "-3");
  }

  /**
   * Returns the auth body that a connection's start was, or would have been, answered with.
   *
   * @param connId its id
   * @return the auth body, a secret; null if no such id was started, or it has long expired
   */
  public @Nullable String authBody(String connId) {
    Connection connection = connections.ofId(connId);
    return connection == null ? null : connection.authBody.utf8();
  }

  /** Returns the WebSockets: what was seen of them, and what can be done to them. */
  public SandboxSockets sockets() {
    return sockets;
  }

  /**
   * Returns the room of a broadcaster.
   *
   * @param accessToken one of {@link #accessTokens}
   * @return the room
   */
  public SandboxRoom room(String accessToken) {
    int broadcaster = accessTokens().indexOf(accessToken);
    if (broadcaster < 0) {
      throw new IllegalArgumentException("no such access token; accessTokens() lists them");
    }
    return room(broadcaster);
  }

  /**
   * Returns the room of a broadcaster.
   *
   * @param index 0 for that of the first of {@link #accessTokens}
   * @return the room
   */
  public SandboxRoom room(int index) {
    return roomOfId(grants.room(index).id);
  }

  /**
   * Returns the room of a connection.
   *
   * @param connId its id
   * @return the room
   */
  public SandboxRoom roomOf(String connId) {
    Connection connection = connections.ofId(connId);
    if (connection == null) {
      throw new IllegalArgumentException("no such connection; connections() lists them");
    }
    return roomOfId(connection.room.id);
  }

  private SandboxRoom roomOfId(long roomId) {
    return rooms.computeIfAbsent(roomId, id -> new SandboxRoom(hub, id));
  }

  /**
   * Lets an event happen in a room, as {@link SandboxRoom#send} does.
   *
   * @param roomId the room's number
   * @param json the event
   * @return how many sockets it was put on
   */
  public int send(long roomId, String json) {
    return roomOfId(roomId).send(json);
  }

  /**
   * Ends the pushing for a connection: its sockets hear {@code INTERACTION_END}, and it expires.
   *
   * @param connId its id
   * @return whether it was alive
   */
  public boolean endInteraction(String connId) {
    SandboxSocket socket = sockets.ofConnection(connId);
    Connection connection = connections.ofId(connId);
    if (socket != null && connection != null) {
      boolean byToken = connection.door == Door.ACCESS_TOKEN;
      SampleEvents samples = byToken ? SampleEvents.openLive() : SampleEvents.sister();
      socket.send(samples.interactionEnd(connId, settings.clock().wallMillis() / 1000));
    }
    return expire(connId);
  }

  /**
   * Returns what became of every event on every socket, in the order in which they were sent.
   *
   * @return a copy; the newest up to the record limit
   */
  public List<SentEvent> events() {
    return hub.events();
  }

  /**
   * Returns what became of every event on one socket, in the order in which they were sent.
   *
   * @param socket its {@link SeenSocket#number}
   * @return a copy; of the newest up to the record limit
   */
  public List<SentEvent> events(long socket) {
    return events().stream().filter(event -> Objects.equals(event.socket(), socket)).toList();
  }

  /**
   * Lets every room live until the sandbox, or what is returned, is closed.
   *
   * @param interval how long between two events of a room, in real time
   * @return to stop it
   */
  public Chatter startChatter(Duration interval) {
    return startChatter(interval, 0);
  }

  /**
   * Lets every room live until the sandbox, or what is returned, is closed.
   *
   * @param interval how long between two events of a room, in real time
   * @param repeatEvery how many events there are to one that is sent twice; 0 for none
   * @return to stop it
   */
  public Chatter startChatter(Duration interval, int repeatEvery) {
    return start(new Chatter(hub, this::roomOfId, interval, repeatEvery, false));
  }

  private Chatter start(Chatter chatter) {
    chatters.add(chatter);
    return chatter;
  }

  /** Stops all that chats. */
  void hush() {
    for (Chatter chatter = chatters.poll(); chatter != null; chatter = chatters.poll()) {
      chatter.close();
    }
  }

  /**
   * Returns the first error of the sandbox itself, or of a test's own predicate. The request that
   * met it was answered with HTTP 500 and code 5002, the socket reset.
   *
   * @return the error; null if all is well
   */
  public @Nullable Throwable failure() {
    Throwable failure = dispatcher.failure();
    return failure == null ? hub.failure() : failure;
  }

  /**
   * Stops the server and cuts its connections. What was seen can still be read. A second call does
   * nothing.
   *
   * @throws IllegalStateException if there is a {@link #failure}, which is its cause, or if the
   *     server does not stop
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    dispatcher.endPauses();
    hush();
    hub.close();
    page.close();
    try {
      server.shutdown();
    } catch (IOException | AssertionError e) {
      // An IOException from MockWebServer 4, an AssertionError from 5.
      throw new IllegalStateException("the sandbox did not stop", e);
    }
    Throwable failure = failure();
    if (failure != null) {
      throw new IllegalStateException("the sandbox itself failed", failure);
    }
  }

  @Override
  public String toString() {
    return "Sandbox[" + baseUrl() + ", clientId=" + clientId() + "]";
  }

  private String authority() {
    return HOST + ":" + port;
  }
}
