package io.github.bililive.internal.room;

import io.github.bililive.ClientSnapshot;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.http.Wire;
import io.github.bililive.internal.packet.FrameReader;
import io.github.bililive.internal.packet.PacketLimits;
import io.github.bililive.internal.store.StoreCalls;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.token.AccessTokenProvider;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** All connections of one client, and what they share. */
public final class LiveConnections implements Closeable {
  private static final String DEFAULT_NAME = "room-";

  /** What a column of a database, and a file's name, can hold. */
  private static final int LONGEST_KEY = 200;

  /** The status of an answer that opens a socket. */
  private static final int SWITCHING_PROTOCOLS = 101;

  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

  final Scheduler scheduler;
  final OkHttpClient http;
  final FrameReader frames = new FrameReader();
  final Redaction redaction;
  final ConnectPaces paces;
  final Random random = new Random();
  final ConnectionEvents events;
  final Executor hooks;

  /** Of all rooms, the closed ones included. */
  final RoomCounters counters;

  /** Where rooms are remembered; null if they are not. */
  final @Nullable StoreCalls store;

  private final Executor callbackExecutor;
  private final AtomicLong count = new AtomicLong();

  /** The rooms that are not closed, in the order in which they were connected. */
  private final Set<RoomConnection> open =
      Collections.synchronizedSet(new LinkedHashSet<RoomConnection>());

  private volatile boolean closed;

  /**
   * Creates the connections of one client. The socket threads run a reader for each open socket,
   * the callback executor runs the listeners, the other one the events. With a store, rooms are
   * remembered there. The paces of starts and of dials stay between the two limits.
   */
  public LiveConnections(
      Scheduler scheduler,
      OkHttpClient users,
      ExecutorService socketThreads,
      Redaction redaction,
      Executor callbackExecutor,
      ConnectionEvents events,
      Executor hooks,
      @Nullable StoreCalls store,
      int leastPerSecond,
      int mostPerSecond) {
    this.store = store;
    this.scheduler = scheduler;
    this.redaction = redaction;
    this.callbackExecutor = callbackExecutor;
    this.events = events;
    this.hooks = hooks;
    paces = new ConnectPaces(scheduler, leastPerSecond, mostPerSecond);
    counters = new RoomCounters(scheduler);
    http = derive(users, socketThreads);
  }

  /**
   * OkHttp counts an open WebSocket as a running request, and runs 64 at most, 5 to one host. So
   * the sockets get a dispatcher of their own, without limit. Pings are the platform's own packets.
   * No connection is taken from a pool or put into one: the bytes of each are counted for its one
   * WebSocket. How long the pool would keep one is also how often it looks at all of them, to find
   * those whose WebSocket was cancelled in the moment in which it opened.
   */
  private static OkHttpClient derive(OkHttpClient users, ExecutorService socketThreads) {
    Dispatcher dispatcher = new Dispatcher(socketThreads);
    dispatcher.setMaxRequests(Integer.MAX_VALUE);
    dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
    return Wire.guarded(users)
        .dispatcher(dispatcher)
        .connectionPool(new ConnectionPool(0, 10, TimeUnit.SECONDS))
        .pingInterval(0, TimeUnit.MILLISECONDS)
        .addInterceptor(LiveConnections::withoutCompression)
        .addInterceptor(LiveConnections::withoutBody)
        .build();
  }

  /**
   * Takes back OkHttp's offer to inflate messages: it would do so without limit, for a bomb as
   * well. The platform's packets are packed by themselves, and {@link PacketLimits} holds for
   * those.
   */
  private static Response withoutCompression(Interceptor.Chain chain) throws IOException {
    Request request = chain.request().newBuilder().removeHeader(EXTENSIONS).build();
    return chain.proceed(request).newBuilder().removeHeader(EXTENSIONS).build();
  }

  /** Closes what a server says in place of opening a socket: OkHttp may throw at odd lengths. */
  private static Response withoutBody(Interceptor.Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.code() == SWITCHING_PROTOCOLS) {
      return response;
    }
    try {
      response.close();
    } catch (RuntimeException e) {
      // It is closed as far as it can be.
    }
    return response.newBuilder().body(ResponseBody.create(new byte[0], null)).build();
  }

  /** Connects to the room behind a door; returns at once. */
  public LiveConnection connect(Door door, LiveListener listener, ConnectionOptions options) {
    long number = count.incrementAndGet();
    String given = options.getName();
    String name = given == null ? DEFAULT_NAME + number : given;
    RoomConnection connection;
    synchronized (open) { // Or two threads could connect two rooms of one name.
      if (store != null) {
        requireKey(options);
      }
      connection = new RoomConnection(this, name, door, listener, callbackExecutor, options);
      open.add(connection);
    }
    if (closed) {
      open.remove(connection);
      throw new IllegalStateException("the client is closed");
    }
    connection.connect();
    return connection;
  }

  private void requireKey(ConnectionOptions options) {
    String key = options.getName();
    if (key == null || key.length() > LONGEST_KEY) {
      throw new IllegalArgumentException(
          (key == null
                  ? "the room has no name"
                  : "the room's name has " + key.length() + " characters")
              + ": a client with a connectionStore remembers a room by its name, so give one of at"
              + " most "
              + LONGEST_KEY
              + " by ConnectionOptions.builder().name(…)");
    }
    if (options.getTakenOver() != null) {
      throw new IllegalArgumentException(
          "takeOver is set for room "
              + key
              + ", and the client has a connectionStore, which remembers connections by itself:"
              + " leave one of them out");
    }
    for (RoomConnection other : snapshot()) {
      if (other.getName().equals(key) && other.getState().getPhase() != Phase.CLOSED) {
        throw new IllegalStateException(
            "room "
                + key
                + " is connected already: with a connectionStore each room has its own name");
      }
    }
  }

  /** Closes the connections that this provider's tokens started, and tells them why. */
  public void close(AccessTokenProvider provider, String reason) {
    for (RoomConnection connection : snapshot()) {
      if (connection.isOf(provider)) {
        CallbackErrors.info(connection.getName() + " is closed: " + reason);
        connection.close(Reason.BROADCASTER_FORGOTTEN, reason);
      }
    }
  }

  /** Returns those that are not closed, in the order in which they were connected. */
  public List<LiveConnection> list() {
    return Collections.unmodifiableList(Arrays.<LiveConnection>asList(snapshot()));
  }

  /**
   * Returns what is known of the rooms. Any thread; looks at each room once.
   *
   * @param othersLagNanos how long callbacks have waited that are of no room
   */
  public ClientSnapshot.Builder gauges(long othersLagNanos) {
    long nowNanos = scheduler.nanoTime();
    Map<Phase, Integer> rooms = new EnumMap<>(Phase.class);
    long lagNanos = othersLagNanos;
    long bytes = 0;
    long fullest = 0;
    for (RoomConnection connection : snapshot()) {
      Phase phase = connection.getState().getPhase();
      Integer before = rooms.get(phase);
      rooms.put(phase, before == null ? 1 : before + 1);
      lagNanos = Math.max(lagNanos, connection.queue.lagNanos(nowNanos));
      long buffered = connection.queue.bytesBuffered();
      bytes += buffered;
      fullest = Math.max(fullest, buffered);
    }
    return ClientSnapshot.builder()
        .rooms(rooms)
        .queuedAttempts(paces.queued())
        .attemptsPerSecond(paces.perSecond())
        .callbackLagMillis(TimeUnit.NANOSECONDS.toMillis(lagNanos))
        .bufferedBytes(bytes)
        .fullestBufferBytes(fullest)
        .traffic(counters.traffic());
  }

  private RoomConnection[] snapshot() {
    return open.toArray(new RoomConnection[0]);
  }

  void remove(RoomConnection connection) {
    open.remove(connection);
  }

  /** Closes all connections and cancels what is under way, without waiting. Idempotent. */
  @Override
  public void close() {
    closed = true;
    RoomConnection[] all = snapshot();
    open.clear();
    List<Runnable> ends = new ArrayList<>(all.length);
    for (RoomConnection connection : all) {
      ends.add(connection.closing(Reason.CLIENT_CLOSED));
    }
    if (!ends.isEmpty()) {
      CallbackErrors.run(() -> scheduler.schedule(() -> run(ends), 0));
    }
    http.dispatcher().cancelAll();
    frames.close();
  }

  private static void run(List<Runnable> ends) {
    for (Runnable end : ends) {
      end.run();
    }
  }

  /** Names a room in a sentence: a default name says by itself that it is a room's. */
  static String inWords(String room) {
    return room.startsWith(DEFAULT_NAME) ? room : "room " + room;
  }
}
