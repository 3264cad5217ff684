package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.PendingCall;
import io.github.bililive.RetryPolicy;
import io.github.bililive.SignatureVersion;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.generated.model.BatchHeartbeatData;
import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.BatchHeartbeatResponse;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatResponse;
import io.github.bililive.generated.model.StartData;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.generated.model.WebsocketInfo;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.AccessTokenProvider;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * The API's calls over the generated Retrofit interface. As a user makes them they are made again
 * after a failure that may pass, as long as policy, budget and deadline allow; as a {@link
 * ConnectionApi}, they are single attempts.
 *
 * <p>Safe for use by several threads. Callbacks run on a thread of OkHttp's or the scheduler's.
 */
public final class PlatformCalls implements ConnectionApi<AccessTokenProvider>, Closeable {
  /**
   * A user's calls that may be under way at once. With OkHttp's own limit of 5 for one host a few
   * slow answers would hold up all others.
   */
  private static final int MAX_REQUESTS = 128;

  /** The platform's limit for ids in one batch; more is code 7004. */
  private static final int MAX_BATCH = HeartbeatPolicy.MAX_BATCH_LIMIT;

  private final OkHttpClient http;
  private final OkHttpClient heartbeatHttp;
  private final HttpUrl baseUrl;
  private final String clientId;
  private final Redaction redaction;
  private final Judge judge;
  private final Retries retries;
  private final Retrofit retrofit;
  private final RoomTokens roomTokens;

  /** For a user's heartbeats. */
  private final LiveRoomApi api;

  /** For heartbeats that keep ids alive; room starts use the same client. */
  private final LiveRoomApi heartbeatApi;

  /**
   * Creates the calls of one client.
   *
   * @param callTimeoutMillis how long a call may take, all attempts and pauses together; 0 for the
   *     limit of the OkHttp client
   * @param isTokenInHeartbeats whether heartbeats carry their room's token
   */
  public PlatformCalls(
      OkHttpClient users,
      HttpUrl baseUrl,
      Credentials credentials,
      SignatureVersion version,
      RetryPolicy policy,
      long callTimeoutMillis,
      boolean isTokenInHeartbeats,
      Redaction redaction,
      Scheduler scheduler,
      WallClock wallClock,
      EventPoster<RequestEvents> events) {
    this.baseUrl = baseUrl;
    this.redaction = redaction;
    clientId = credentials.getClientId();
    roomTokens = new RoomTokens(isTokenInHeartbeats);
    judge = new Judge(redaction, wallClock);
    http =
        Wire.derive(
            users,
            dispatcher(DaemonThreads.pool("bililive-http"), MAX_REQUESTS),
            baseUrl,
            new Signing(
                new RequestSigner(credentials, version),
                new PlatformClock(wallClock, events),
                true));
    heartbeatHttp = withoutLimit(http);
    retries =
        new Retries(policy, callTimeoutMillis, Wire.callTimeoutMillis(users), scheduler, events);
    retrofit = Wire.retrofit(http, baseUrl, GeneratedJsonAdapterFactory.INSTANCE);
    api = with(http, null).build().create(LiveRoomApi.class);
    heartbeatApi = with(heartbeatHttp, null).build().create(LiveRoomApi.class);
  }

  static Dispatcher dispatcher(ExecutorService threads, int most) {
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(most);
    dispatcher.setMaxRequestsPerHost(most);
    return dispatcher;
  }

  /**
   * Heartbeats wait behind no other calls, and for no place: their own pace and time limits bound
   * how many are under way.
   */
  private static OkHttpClient withoutLimit(OkHttpClient http) {
    return http.newBuilder()
        .dispatcher(dispatcher(http.dispatcher().executorService(), Integer.MAX_VALUE))
        .build();
  }

  /** Each request gets its trace and the broadcaster's token, as tags. */
  private Retrofit.Builder with(OkHttpClient client, @Nullable AccessToken token) {
    return retrofit
        .newBuilder()
        .callFactory(
            request ->
                client.newCall(
                    request
                        .newBuilder()
                        .tag(CallTrace.class, new CallTrace())
                        .tag(AccessToken.class, token)
                        .build()));
  }

  /**
   * Returns the generated interface for a user. Each request carries the token, or the one that the
   * provider has at that time, or none; {@link RequestEvents} hear of its calls.
   */
  public LiveRoomApi userApi(@Nullable AccessToken token, @Nullable AccessTokenProvider provider) {
    return with(provider == null ? http : withTokenOf(provider), token)
        .addCallAdapterFactory(ReportedCall.factory(retries, judge))
        .build()
        .create(LiveRoomApi.class);
  }

  /** Returns the calls that tell about a token, or about the one that the provider has then. */
  public AccountCalls account(@Nullable AccessToken token, @Nullable AccessTokenProvider provider) {
    if (token != null) {
      redaction.remember(token.getText());
    }
    Retrofit.Builder builder = with(provider == null ? http : withTokenOf(provider), token);
    return new AccountCalls(builder.build().create(LiveRoomApi.class), retries, judge);
  }

  /** Stands behind the user's interceptors: a call of the generated interface holds no token. */
  private OkHttpClient withTokenOf(AccessTokenProvider provider) {
    return http.newBuilder()
        .addInterceptor(
            chain -> {
              AccessToken token = presentToken(provider);
              redaction.remember(token.getText());
              return chain.proceed(
                  chain.request().newBuilder().tag(AccessToken.class, token).build());
            })
        .build();
  }

  private AccessToken presentToken(AccessTokenProvider provider) throws IOException {
    try {
      return Waiting.forToken(provider, retries.callTimeoutNanos);
    } catch (BiliLiveException e) { // OkHttp takes IOExceptions alone.
      throw new NoTokenException(e);
    }
  }

  /** Starts a connection with a token that never changes, again if that may help. */
  public PendingCall start(AccessToken token, AnswerCallback<StartedConnection> callback) {
    return start(true, token, null, deadline(retries.callTimeoutNanos), callback);
  }

  /** Starts a connection with a provider's token, again if that may help. */
  public PendingCall startRetried(
      AccessTokenProvider provider, AnswerCallback<StartedConnection> callback) {
    return start(true, provider, callback);
  }

  /**
   * Starts a connection to the room of a provider's token. A token that is refused is reported to
   * the provider, and the start made once more with the next.
   */
  @Override
  public PendingCall start(
      AccessTokenProvider provider, AnswerCallback<StartedConnection> callback) {
    if (retries.holdsBack("start", baseUrl.host(), callback)) {
      return () -> {};
    }
    return start(false, provider, callback);
  }

  private PendingCall start(
      boolean isRetried, AccessTokenProvider provider, AnswerCallback<StartedConnection> callback) {
    return new TokenStart(
            (token, deadline, hears) -> start(isRetried, token, provider, deadline, hears),
            retries,
            baseUrl.host(),
            provider,
            callback)
        .begin();
  }

  private PendingCall start(
      boolean isRetried,
      AccessToken token,
      @Nullable AccessTokenProvider provider,
      Deadline deadline,
      AnswerCallback<StartedConnection> callback) {
    redaction.remember(token.getText());
    // A room's start waits behind no calls of the user's.
    OkHttpClient client = isRetried ? http : heartbeatHttp;
    LiveRoomApi withToken = with(client, token).build().create(LiveRoomApi.class);
    return new ApiCall<>(
            retries,
            judge,
            withToken::start,
            isRetried,
            deadline,
            envelope -> {
              StartedConnection started = started(envelope);
              roomTokens.started(started.getConnId(), token, provider);
              return started;
            },
            callback)
        .begin();
  }

  public PendingCall heartbeat(String connId, AnswerCallback<@Nullable Void> callback) {
    requireConnId(connId);
    return one(connId, true, deadline(retries.callTimeoutNanos), callback);
  }

  /** Keeps several connections alive, again if that may help; the answer is the dead ids. */
  public PendingCall batchHeartbeat(
      Collection<String> connIds, AnswerCallback<Set<String>> callback) {
    requireBatch(connIds);
    return batch(new ArrayList<>(connIds), true, deadline(retries.callTimeoutNanos), callback);
  }

  /** The endpoint for one id takes one, the one for batches more. */
  @Override
  public PendingCall heartbeat(
      List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback) {
    if (connIds.size() > 1) {
      return batch(connIds, false, deadline(timeoutNanos), callback);
    }
    OfOneId ofOneId = new OfOneId(connIds.get(0), callback);
    return one(connIds.get(0), false, deadline(timeoutNanos), ofOneId);
  }

  /** Returns the interface for a heartbeat that carries this token; one for each is made anew. */
  private LiveRoomApi heartbeatApi(boolean isUsers, @Nullable AccessToken token) {
    if (token == null) {
      return isUsers ? api : heartbeatApi;
    }
    return with(isUsers ? http : heartbeatHttp, token).build().create(LiveRoomApi.class);
  }

  private PendingCall one(
      String connId,
      boolean isRetried,
      Deadline deadline,
      AnswerCallback<@Nullable Void> callback) {
    List<String> ids = Collections.singletonList(connId);
    AccessToken token = roomTokens.of(ids);
    LiveRoomApi with = heartbeatApi(isRetried, token);
    HeartbeatRequest body = HeartbeatRequest.builder().connId(connId).build();
    return new ApiCall<HeartbeatResponse, @Nullable Void>(
            retries,
            judge,
            () -> with.heartbeat(clientId, body),
            isRetried,
            deadline,
            PlatformCalls::nothing,
            token == null ? callback : roomTokens.watching(ids, token, callback))
        .begin();
  }

  private PendingCall batch(
      List<String> connIds,
      boolean isRetried,
      Deadline deadline,
      AnswerCallback<Set<String>> callback) {
    AccessToken token = roomTokens.of(connIds);
    LiveRoomApi with = heartbeatApi(isRetried, token);
    BatchHeartbeatRequest body = BatchHeartbeatRequest.builder().connIds(connIds).build();
    return new ApiCall<BatchHeartbeatResponse, Set<String>>(
            retries,
            judge,
            () -> with.batchHeartbeat(clientId, body),
            isRetried,
            deadline,
            envelope -> failedIds(envelope, connIds),
            token == null ? callback : roomTokens.watching(connIds, token, callback))
        .begin();
  }

  private Deadline deadline(long timeoutNanos) {
    return Deadline.in(timeoutNanos, retries.scheduler);
  }

  /** Says in the batch endpoint's words what the endpoint for one id answers. */
  static final class OfOneId implements AnswerCallback<@Nullable Void> {
    private final String connId;
    private final AnswerCallback<Set<String>> callback;

    OfOneId(String connId, AnswerCallback<Set<String>> callback) {
      this.connId = connId;
      this.callback = callback;
    }

    @Override
    public void onSuccess(@Nullable Void nothing) {
      callback.onSuccess(Collections.emptySet());
    }

    @Override
    public void onFailure(BiliLiveException error) {
      if (error instanceof PlatformException
          && ((PlatformException) error).getKnownCode() == PlatformCode.HEARTBEAT_EXPIRED) {
        callback.onSuccess(Collections.singleton(connId));
      } else {
        callback.onFailure(error);
      }
    }
  }

  private StartedConnection started(@Nullable StartResponse envelope) {
    StartData data = present(envelope == null ? null : envelope.getData(), "data", "$");
    String connId = present(data.getConnId(), "conn_id", "$.data");
    if (connId.isEmpty()) {
      throw new JsonDataException("Required value 'conn_id' is empty at $.data");
    }
    WebsocketInfo socket = present(data.getWebsocketInfo(), "websocket_info", "$.data");
    String authBody = present(socket.getAuthBody(), "auth_body", "$.data.websocket_info");
    redaction.remember(authBody);
    List<String> links = socket.getWssLink();
    return new StartedConnection(connId, authBody, links == null ? Collections.emptyList() : links);
  }

  /** A heartbeat's data says nothing, so whatever it looks like will do. */
  @SuppressWarnings("NullAway") // It does not know that T may be nullable.
  static <E> Void nothing(@Nullable E envelope) {
    return null;
  }

  private static Set<String> failedIds(
      @Nullable BatchHeartbeatResponse envelope, List<String> sent) {
    if (envelope == null) {
      throw new JsonDataException("Required value 'failed_conn_ids' cannot be read at $.data");
    }
    BatchHeartbeatData data = envelope.getData();
    List<String> failed = data == null ? null : data.getFailedConnIds();
    return failedOf(sent, failed == null && data != null ? data.getFailedGameIds() : failed);
  }

  /** The platform may name ids that were not asked about: those are left out. */
  static Set<String> failedOf(List<String> sent, @Nullable List<String> failed) {
    if (failed == null || failed.isEmpty()) {
      return Collections.emptySet();
    }
    Set<String> failedOfSent = new HashSet<>(failed);
    failedOfSent.retainAll(new HashSet<>(sent));
    return Collections.unmodifiableSet(failedOfSent);
  }

  static <T> T present(@Nullable T value, String name, String path) {
    if (value == null) {
      throw new JsonDataException("Required value '" + name + "' missing at " + path);
    }
    return value;
  }

  private static void requireBatch(Collection<String> connIds) {
    Objects.requireNonNull(connIds, "connIds is null: give 1 to " + MAX_BATCH + " ids");
    if (connIds.isEmpty() || connIds.size() > MAX_BATCH) {
      throw new IllegalArgumentException(
          "connIds holds " + connIds.size() + " ids: a batch holds 1 to " + MAX_BATCH);
    }
    Set<String> seen = new HashSet<>();
    for (String connId : connIds) {
      requireConnId(connId);
      if (!seen.add(connId)) {
        throw new IllegalArgumentException(
            "connIds holds '" + connId + "' twice: the platform refuses duplicates (7005)");
      }
    }
  }

  private static void requireConnId(String connId) {
    Objects.requireNonNull(connId, "connId is null: give the conn_id that start answered");
    if (connId.isEmpty()) {
      throw new IllegalArgumentException("connId is empty: give the conn_id that start answered");
    }
  }

  /** Cancels what is under way, without waiting. Idempotent. */
  @Override
  public void close() {
    http.dispatcher().executorService().shutdown(); // First, so that no call begins after.
    retries.close();
    CallbackErrors.run(http.dispatcher()::cancelAll);
    CallbackErrors.run(heartbeatHttp.dispatcher()::cancelAll);
  }
}
