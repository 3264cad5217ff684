package io.github.bililive.internal.http;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.PendingCall;
import io.github.bililive.SignatureVersion;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.Remedy;
import io.github.bililive.generated.openlive.api.OpenLiveApi;
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
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Deadline;
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
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * The sister API, by identity code, over the generated Retrofit interface. Its sessions are ended
 * at the platform when nobody holds them any more, since each takes a place in its room until then.
 *
 * <p>Safe for use by several threads. Callbacks run on a thread of OkHttp's or the scheduler's.
 */
public final class OpenLiveCalls implements ConnectionApi<IdentityCode> {
  /** How long the platform keeps a session without a heartbeat. */
  public static final long TIME_TO_LIVE_MILLIS = 60_000;

  /** How long an end may take, all its attempts together. */
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** How long {@link #close} waits for starts and ends under way. */
  private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final Moshi MOSHI =
      new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  private static final JsonAdapter<StartRequest> START = MOSHI.adapter(StartRequest.class);

  private final ApiClient<OpenLiveApi> client;
  private final OpenLiveApi api;

  /** The sessions that may live, each with its app_id, by game_id. */
  private final Map<String, Long> sessions = new ConcurrentHashMap<>();

  private final AtomicBoolean closed = new AtomicBoolean();
  private final ReentrantLock lock = new ReentrantLock();

  /** Signalled when a start or end has begun or is over. */
  private final Condition counted = lock.newCondition();

  /** How many starts and ends are under way. Guarded by the lock. */
  private int underWay;

  /** Creates the calls of one client. */
  public OpenLiveCalls(HttpUrl baseUrl, Credentials credentials, CallSettings settings) {
    settings.redaction.remember(credentials);
    client =
        new ApiClient<>(
            OpenLiveApi.class,
            GeneratedJsonAdapterFactory.INSTANCE,
            baseUrl,
            settings,
            "bililive-http",
            Integer.MAX_VALUE,
            new WithCode(
                new Signing(
                    new RequestSigner(credentials, SignatureVersion.V1_0),
                    new PlatformClock(settings.wallClock, settings.events),
                    false)));
    api = client.over(client.http);
  }

  /** Puts the identity code into the body, behind the user's interceptors, and signs. */
  private static final class WithCode implements Wire.Filling {
    private final Signing signing;

    WithCode(Signing signing) {
      this.signing = signing;
    }

    @Override
    public Request fill(Request request, CallTrace trace) throws IOException {
      IdentityCode code = (IdentityCode) trace.key;
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

  @Override
  public PendingCall start(IdentityCode code, AnswerCallback<StartedConnection> callback) {
    client.redaction.remember(code.getCode());
    if (client.holdsBack(callback)) {
      return () -> {};
    }
    Start start = new Start(callback);
    begin(
        new ApiCall<StartResponse, StartedConnection>(
            client,
            () -> api.start(body(code, AuthBodySeal.BAR)),
            code,
            false,
            client.deadline(),
            envelope -> started(envelope, code),
            start));
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
      if (told.compareAndSet(false, true)) {
        callback.onFailure(
            new NetworkException("start", client.baseUrl.host(), new IOException("Canceled")));
        return;
      }
      StartedConnection started = answer; // Read last: it may have been told just now.
      if (started != null) {
        end(started.getConnId());
      }
    }
  }

  private StartedConnection started(@Nullable StartResponse envelope, IdentityCode code) {
    StartData data = ApiClient.present(envelope == null ? null : envelope.getData(), "data", "$");
    GameInfo game = data.getGameInfo();
    String gameId =
        game == null ? "" : ApiClient.id(game.getGameId(), "game_id", "$.data.game_info");
    if (!gameId.isEmpty()) {
      sessions.put(gameId, code.getAppId());
    }
    try {
      return new StartedConnection(
          gameId, authBody(data), links(data), LeaseText.broadcaster(data.getAnchorInfo()));
    } catch (JsonDataException e) { // Nobody can hold it, and it takes a place in the room.
      end(gameId);
      throw e;
    }
  }

  private String authBody(StartData data) {
    String authBody =
        ApiClient.present(socket(data).getAuthBody(), "auth_body", "$.data.websocket_info");
    client.redaction.remember(authBody);
    return authBody;
  }

  private static List<String> links(StartData data) {
    List<String> links = socket(data).getWssLink();
    return links == null ? Collections.emptyList() : links;
  }

  private static WebsocketInfo socket(StartData data) {
    return ApiClient.present(data.getWebsocketInfo(), "websocket_info", "$.data");
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
    Deadline deadline = client.deadline(timeoutNanos);
    if (gameIds.size() == 1) {
      HeartbeatRequest body = HeartbeatRequest.builder().gameId(gameIds.get(0)).build();
      return new ApiCall<EmptyResponse, @Nullable Void>(
              client,
              () -> api.heartbeat(body),
              null,
              false,
              deadline,
              ApiClient::nothing,
              ApiClient.ofOneId(gameIds.get(0), noting))
          .begin();
    }
    BatchHeartbeatRequest body = BatchHeartbeatRequest.builder().gameIds(gameIds).build();
    return new ApiCall<BatchHeartbeatResponse, Set<String>>(
            client,
            () -> api.batchHeartbeat(body),
            null,
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
    return ApiClient.failedOf(sent, data == null ? null : data.getFailedGameIds());
  }

  /** Ends a session that may live, and others not; does not wait for it. */
  @Override
  public boolean end(String gameId) {
    count(1); // First: a client that closes meanwhile finds a session here, or waits.
    try {
      Long appId = sessions.remove(gameId);
      if (appId != null) {
        begin(ending(gameId, appId));
      }
      return appId != null;
    } finally {
      count(-1);
    }
  }

  private ApiCall<?, ?> ending(String gameId, long appId) {
    EndRequest body = EndRequest.builder().appId(appId).gameId(gameId).build();
    return new ApiCall<EmptyResponse, @Nullable Void>(
        client,
        () -> api.end(body),
        null,
        true,
        client.deadline(END_NANOS),
        ApiClient::nothing,
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
        });
  }

  @Override
  public void adopt(IdentityCode code, StartedConnection started) {
    client.redaction.remember(started.getAuthBody());
    if (!started.getConnId().isEmpty()) {
      sessions.put(started.getConnId(), code.getAppId());
    }
  }

  @Override
  public void forget(String gameId) {
    sessions.remove(gameId);
  }

  /** Begins a start or an end, which is counted down when its callback hears, whatever happens. */
  private void begin(ApiCall<?, ?> call) {
    count(1);
    call.begin();
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
    client.close();
  }
}
