package io.github.bililive.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
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
 * <p>Memory is bounded: the newest {@link SandboxBuilder#recordLimit} requests and as many expired
 * connections are kept, and nonces for twice the timestamps' tolerance.
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
  private final SandboxDispatcher dispatcher;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Kept here since MockWebServer.getPort takes the lock that its shutdown holds. */
  private volatile int port;

  Sandbox(SandboxSettings settings) {
    this.settings = settings;
    connections = new Connections(settings);
    log = new RequestLog(settings.recordLimit());
    Platform platform = new Platform(settings, connections, this::wssLinks);
    dispatcher =
        new SandboxDispatcher(server, settings.clock(), connections, platform, faults, log);
    server.setDispatcher(dispatcher);
    server.setServerSocketFactory(new PromptSockets());
    try {
      server.start(InetAddress.getByName(HOST), 0);
      port = server.getPort();
    } catch (IOException e) {
      throw new UncheckedIOException("the sandbox found no port on " + HOST, e);
    }
  }

  /**
   * Starts a sandbox as the platform is: 30 s to live, 200 ids in a batch, 5 connections to a room,
   * 10 min for timestamps, the system clock.
   *
   * @return the sandbox, to be closed
   * @throws UncheckedIOException if no port can be had
   */
  public static Sandbox start() {
    return builder().start();
  }

  /**
   * Returns a builder, set as {@link #start} says.
   *
   * @return a new builder
   */
  public static SandboxBuilder builder() {
    return new SandboxBuilder();
  }

  /**
   * Returns where the platform is.
   *
   * @return {@code http://127.0.0.1:port/}
   */
  public String baseUrl() {
    return "http://" + authority() + "/";
  }

  /**
   * Returns the client_id of the one app that this platform knows.
   *
   * @return by default {@code sandbox-client}
   */
  public String clientId() {
    return settings.clientId();
  }

  /**
   * Returns the app's secret.
   *
   * @return by default an obvious fake
   */
  public String appSecret() {
    return settings.appSecret();
  }

  /**
   * Returns the access token of the first broadcaster.
   *
   * @return by default an obvious fake
   */
  public String accessToken() {
    return settings.accessTokens().get(0);
  }

  /**
   * Returns the access tokens of all broadcasters, each of whom has a room.
   *
   * @return at least one
   */
  public List<String> accessTokens() {
    return settings.accessTokens();
  }

  /**
   * Returns the plan of what goes wrong, which is empty at first.
   *
   * @return the plan, to be added to
   */
  public Faults faults() {
    return faults;
  }

  /**
   * Returns the requests that were seen, in the order in which they came.
   *
   * @return a copy; the newest up to the record limit
   */
  public List<SeenRequest> requests() {
    return log.matching(request -> true);
  }

  /**
   * Returns how many requests were ever seen.
   *
   * @return the count, those included that the record no longer holds
   */
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

  /**
   * Returns all connections that were started, first the expired, then the living.
   *
   * @return a copy
   */
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

  /**
   * Returns the first error of the sandbox itself, or of a test's own predicate. The request that
   * met it was answered with HTTP 500 and code 5002.
   *
   * @return the error; null if all is well
   */
  public @Nullable Throwable failure() {
    return dispatcher.failure();
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

  private List<String> wssLinks() {
    return List.of("wss://" + authority() + "/sub", "wss://" + authority() + "/sub-2");
  }
}
