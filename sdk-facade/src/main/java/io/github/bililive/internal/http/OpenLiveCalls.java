package io.github.bililive.internal.http;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.PendingCall;
import io.github.bililive.RetryPolicy;
import io.github.bililive.SignatureVersion;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.Remedy;
import io.github.bililive.generated.openlive.api.OpenLiveApi;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.generated.openlive.model.BatchHeartbeatData;
import io.github.bililive.generated.openlive.model.BatchHeartbeatRequest;
import io.github.bililive.generated.openlive.model.BatchHeartbeatResponse;
import io.github.bililive.generated.openlive.model.EmptyResponse;
import io.github.bililive.generated.openlive.model.EndRequest;
import io.github.bililive.generated.openlive.model.GameInfo;
import io.github.bililive.generated.openlive.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.openlive.model.HeartbeatRequest;
import io.github.bililive.generated.openlive.model.StartData;
import io.github.bililive.generated.openlive.model.StartRequest;
import io.github.bililive.generated.openlive.model.StartResponse;
import io.github.bililive.generated.openlive.model.WebsocketInfo;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * The sister API, by identity code, over the generated Retrofit interface. Its sessions are ended
 * at the platform when nobody holds them any more, since each takes a place in its room until then.
 *
 * <p>Safe for use by several threads. Callbacks run on a thread of OkHttp's or the scheduler's.
 */
public final class OpenLiveCalls implements ConnectionApi<IdentityCode>, Closeable {
  /** How long the platform keeps a session without a heartbeat. */
  public static final long TIME_TO_LIVE_MILLIS = 60_000;

  /** How long an end may take, all its attempts together. */
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long {@link #close} waits for starts and ends under way. */
  private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Moshi MOSHI =
      new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  private static final JsonAdapter<StartRequest> START = MOSHI.adapter(StartRequest.class);
  private static final JsonAdapter<AnchorInfo> ANCHOR = MOSHI.adapter(AnchorInfo.class);

  private final OkHttpClient http;
  private final HttpUrl baseUrl;
  private final Redaction redaction;
  private final Judge judge;
  private final Retries retries;
  private final Retrofit retrofit;
  private final OpenLiveApi api;

  /** The sessions that may live, each with its app_id, by game_id. */
  private final Map<String, Long> sessions = new ConcurrentHashMap<>();

  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when a start or end has begun or is over. */
  private final Condition counted = lock.newCondition();

  /** How many starts and ends are under way. Guarded by the lock. */
  private int underWay;

  /** Creates the calls of one client; see {@link PlatformCalls}. */
  public OpenLiveCalls(
      OkHttpClient users,
      HttpUrl baseUrl,
      Credentials credentials,
      RetryPolicy policy,
      long callTimeoutMillis,
      Redaction redaction,
      Scheduler scheduler,
      WallClock wallClock,
      EventPoster<RequestEvents> events) {
    this.baseUrl = baseUrl;
    this.redaction = redaction;
    redaction.remember(credentials.getAppSecret());
    judge = new Judge(redaction, wallClock);
    Signing signing =
        new Signing(
            new RequestSigner(credentials, SignatureVersion.V1_0),
            new PlatformClock(wallClock, events),
            false);
    http =
        Wire.derive(
            users,
            PlatformCalls.dispatcher(DaemonThreads.pool("bililive-http"), Integer.MAX_VALUE),
            baseUrl,
            new WithCode(signing));
    retries =
        new Retries(policy, callTimeoutMillis, Wire.callTimeoutMillis(users), scheduler, events);
    retrofit = Wire.retrofit(http, baseUrl, GeneratedJsonAdapterFactory.INSTANCE);
    api = with(null);
  }

  /** Puts the identity code into the body, behind the user's interceptors, and signs. */
  private static final class WithCode implements Wire.Filling {
    private final Signing signing;

    WithCode(Signing signing) {
      this.signing = signing;
    }

    @Override
    public Request fill(Request request, CallTrace trace) throws IOException {
      IdentityCode code = request.tag(IdentityCode.class);
      return signing.fill(
          code == null
              ? request
              : request
                  .newBuilder()
                  .post(RequestBody.create(START.toJson(body(code, code.getCode())), null))
                  .build(),
          trace);
    }

    @Override
    public boolean hasOtherTime(CallTrace trace) {
      return signing.hasOtherTime(trace);
    }
  }

  private static StartRequest body(IdentityCode code, String shown) {
    return StartRequest.builder().code(shown).appId(code.getAppId()).build();
  }

  private OpenLiveApi with(@Nullable IdentityCode code) {
    return retrofit
        .newBuilder()
        .callFactory(
            request ->
                http.newCall(
                    request
                        .newBuilder()
                        .tag(CallTrace.class, new CallTrace())
                        .tag(IdentityCode.class, code)
                        .build()))
        .build()
        .create(OpenLiveApi.class);
  }

  @Override
  public PendingCall start(IdentityCode code, AnswerCallback<StartedConnection> callback) {
    redaction.remember(code.getCode());
    if (retries.holdsBack("start", baseUrl.host(), callback)) {
      return () -> {};
    }
    count(1);
    Start start = new Start(callback);
    OpenLiveApi withCode = with(code);
    new ApiCall<StartResponse, StartedConnection>(
            retries,
            judge,
            () -> withCode.start(body(code, AuthBodySeal.BAR)),
            false,
            Deadline.in(retries.callTimeoutNanos, retries.scheduler),
            envelope -> started(envelope, code),
            start)
        .begin();
    return start;
  }

  /** One start. Given up, it goes on to its answer, so that the session can be ended. */
  private final class Start implements PendingCall, AnswerCallback<StartedConnection> {
    private final AnswerCallback<StartedConnection> callback;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile @Nullable StartedConnection answer;

    Start(AnswerCallback<StartedConnection> callback) {
      this.callback = callback;
    }

    @Override
    public void onSuccess(StartedConnection started) {
      answer = started;
      boolean isFirst = told.compareAndSet(false, true);
      if (isFirst) {
        callback.onSuccess(started);
      }
      if (!isFirst || closed.get()) {
        end(started.getConnId());
      }
      count(-1);
    }

    @Override
    public void onFailure(BiliLiveException error) {
      if (told.compareAndSet(false, true)) {
        callback.onFailure(error);
      }
      count(-1);
    }

    /** Cancelling is for what was not heard: an answer that was told, but not taken, counts. */
    @Override
    public void cancel() {
      StartedConnection started = answer;
      if (told.compareAndSet(false, true)) {
        callback.onFailure(
            new NetworkException("start", baseUrl.host(), new IOException("Canceled")));
      } else if (started != null) {
        end(started.getConnId());
      }
    }
  }

  private StartedConnection started(@Nullable StartResponse envelope, IdentityCode code) {
    StartData data =
        PlatformCalls.present(envelope == null ? null : envelope.getData(), "data", "$");
    GameInfo game = data.getGameInfo();
    String gameId = game == null ? "" : game.getGameId();
    if (!gameId.isEmpty()) {
      sessions.put(gameId, code.getAppId());
    }
    try {
      return new StartedConnection(gameId, authBody(data), links(data), broadcaster(data));
    } catch (JsonDataException e) { // Nobody can hold it, and it takes a place in the room.
      end(gameId);
      throw e;
    }
  }

  private String authBody(StartData data) {
    String authBody =
        PlatformCalls.present(socket(data).getAuthBody(), "auth_body", "$.data.websocket_info");
    redaction.remember(authBody);
    return authBody;
  }

  private static List<String> links(StartData data) {
    List<String> links = socket(data).getWssLink();
    return links == null ? Collections.emptyList() : links;
  }

  private static WebsocketInfo socket(StartData data) {
    return PlatformCalls.present(data.getWebsocketInfo(), "websocket_info", "$.data");
  }

  /** Whatever shape it has, it is no reason to lose the session. */
  private static @Nullable AnchorInfo broadcaster(StartData data) {
    Object json = data.getAnchorInfo();
    try {
      return json instanceof Map ? ANCHOR.fromJsonValue(json) : null;
    } catch (JsonDataException e) {
      return null;
    }
  }

  @Override
  public PendingCall heartbeat(
      List<String> gameIds, long timeoutNanos, AnswerCallback<Set<String>> callback) {
    AnswerCallback<Set<String>> noting =
        new AnswerCallback<Set<String>>() {
          @Override
          public void onSuccess(Set<String> dead) {
            sessions.keySet().removeAll(dead);
            callback.onSuccess(dead);
          }

          @Override
          public void onFailure(BiliLiveException error) {
            callback.onFailure(error);
          }
        };
    Deadline deadline = Deadline.in(timeoutNanos, retries.scheduler);
    if (gameIds.size() == 1) {
      HeartbeatRequest body = HeartbeatRequest.builder().gameId(gameIds.get(0)).build();
      return new ApiCall<EmptyResponse, @Nullable Void>(
              retries,
              judge,
              () -> api.heartbeat(body),
              false,
              deadline,
              PlatformCalls::nothing,
              new PlatformCalls.OfOneId(gameIds.get(0), noting))
          .begin();
    }
    BatchHeartbeatRequest body = BatchHeartbeatRequest.builder().gameIds(gameIds).build();
    return new ApiCall<BatchHeartbeatResponse, Set<String>>(
            retries,
            judge,
            () -> api.batchHeartbeat(body),
            false,
            deadline,
            envelope -> failedIds(envelope, gameIds),
            noting)
        .begin();
  }

  private static Set<String> failedIds(
      @Nullable BatchHeartbeatResponse envelope, List<String> sent) {
    if (envelope == null) {
      throw new JsonDataException("Required value 'failed_game_ids' cannot be read at $.data");
    }
    BatchHeartbeatData data = envelope.getData();
    return PlatformCalls.failedOf(sent, data == null ? null : data.getFailedGameIds());
  }

  /** Ends a session that may live, and others not; does not wait for it. */
  @Override
  public void end(String gameId) {
    Long appId = sessions.remove(gameId);
    if (appId == null) {
      return;
    }
    count(1);
    EndRequest body = EndRequest.builder().appId(appId).gameId(gameId).build();
    new ApiCall<EmptyResponse, @Nullable Void>(
            retries,
            judge,
            () -> api.end(body),
            true,
            Deadline.in(END_NANOS, retries.scheduler),
            PlatformCalls::nothing,
            new AnswerCallback<@Nullable Void>() {
              @Override
              public void onSuccess(@Nullable Void nothing) {
                count(-1);
              }

              @Override
              public void onFailure(BiliLiveException error) {
                if (error.getRemedy() != Remedy.START_AGAIN) { // 7000 and 7003: it has ended.
                  CallbackErrors.info(
                      "game_id "
                          + gameId
                          + " keeps its place in the room for up to 60 s: "
                          + error.getMessage());
                }
                count(-1);
              }
            })
        .begin();
  }

  private void count(int change) {
    lock.lock();
    try {
      underWay += change;
      counted.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends all sessions, and waits for that and for starts under way, up to 3 s; then cancels what is
   * left. Waits for nothing if there is no session. Idempotent.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    for (String gameId : new HashSet<>(sessions.keySet())) {
      end(gameId);
    }
    lock.lock();
    try {
      long leftNanos = GOODBYE_NANOS;
      while (underWay > 0 && leftNanos > 0) {
        leftNanos = counted.awaitNanos(leftNanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    http.dispatcher().executorService().shutdown();
    retries.close();
    CallbackErrors.run(http.dispatcher()::cancelAll);
  }
}
