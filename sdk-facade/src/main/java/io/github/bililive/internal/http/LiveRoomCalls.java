package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * The API's three calls over the generated Retrofit interface, each in one attempt, for callers
 * that have pauses of their own. {@link RetriedCalls} makes several.
 *
 * <p>Safe for use by several threads. Callbacks run on a thread of OkHttp's.
 */
public final class LiveRoomCalls implements StartCalls {
  /** The platform's limit for ids in one batch; more is code 7004. */
  public static final int MAX_BATCH = HeartbeatPolicy.MAX_BATCH_LIMIT;

  private final OkHttpClient http;
  private final Credentials credentials;
  private final Redaction redaction;
  private final PlatformClock clock;
  private final Retries retries;
  private final Retrofit retrofit;
  private final LiveRoomApi api;

  /**
   * Creates the calls.
   *
   * @param http a client made by {@link SignedHttp}
   * @param baseUrl where the API is; its path ends with a slash
   * @param clock the time that the client signs with
   * @param redaction knows the client's secrets
   */
  public LiveRoomCalls(
      OkHttpClient http,
      HttpUrl baseUrl,
      Credentials credentials,
      PlatformClock clock,
      Redaction redaction,
      Retries retries) {
    this.http = http;
    this.clock = clock;
    this.retries = retries;
    this.credentials = credentials;
    this.redaction = redaction;
    Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
    retrofit =
        new Retrofit.Builder()
            .baseUrl(baseUrl)
            .callFactory(new CallFactory(http, null, redaction))
            // On Android, Retrofit would otherwise run callbacks on the main thread.
            .callbackExecutor(Runnable::run)
            .addConverterFactory(MoshiConverterFactory.create(moshi))
            .build();
    api = api(null);
  }

  /**
   * Returns the generated interface for a user, signed, each of whose requests carries this token;
   * {@link RequestEvents} hear of them.
   */
  public LiveRoomApi reportedApi(@Nullable AccessToken token) {
    return withToken(token)
        .addCallAdapterFactory(
            new ReportedCalls(retries.report, retries.scheduler, clock, redaction))
        .build()
        .create(LiveRoomApi.class);
  }

  private LiveRoomApi api(@Nullable AccessToken token) {
    return withToken(token).build().create(LiveRoomApi.class);
  }

  private Retrofit.Builder withToken(@Nullable AccessToken token) {
    return retrofit.newBuilder().callFactory(new CallFactory(http, token, redaction));
  }

  /** Starts a connection in one attempt, and waits for the answer. */
  @Override
  public StartedConnection start(AccessToken token, long timeoutNanos) throws BiliLiveException {
    return startAttempt(token, timeoutNanos).execute();
  }

  /** Starts a connection in one attempt. */
  @Override
  public PendingCall start(
      AccessToken token, long timeoutNanos, AnswerCallback<StartedConnection> callback) {
    return startAttempt(token, timeoutNanos).enqueue(callback);
  }

  private Attempts<StartedConnection> startAttempt(AccessToken token, long timeoutNanos) {
    return new Attempts<>(
        retries, retries.once(timeoutNanos), timeout -> startExchange(token, timeout));
  }

  /**
   * Keeps one connection alive in one attempt.
   *
   * @param timeoutNanos how long the call may take from end to end, in nanoseconds; 0 for the
   *     client's own limit
   */
  public PendingCall heartbeat(
      String connId, long timeoutNanos, AnswerCallback<@Nullable Void> callback) {
    return new Attempts<@Nullable Void>(
            retries, retries.once(timeoutNanos), timeout -> heartbeatExchange(connId, timeout))
        .enqueue(callback);
  }

  /**
   * Keeps several connections alive in one attempt; the answer is the ids that are dead.
   *
   * @param timeoutNanos how long the call may take from end to end, in nanoseconds; 0 for the
   *     client's own limit
   */
  public PendingCall batchHeartbeat(
      Collection<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback) {
    return new Attempts<>(
            retries, retries.once(timeoutNanos), timeout -> batchExchange(connIds, timeout))
        .enqueue(callback);
  }

  Exchange<?, StartedConnection> startExchange(AccessToken token, long timeoutNanos) {
    return new Exchange<>(
        "start",
        withTimeout(api(token).start(), timeoutNanos),
        LiveRoomCalls::started,
        redaction,
        clock);
  }

  Exchange<?, @Nullable Void> heartbeatExchange(String connId, long timeoutNanos) {
    requireConnId(connId);
    HeartbeatRequest body = HeartbeatRequest.builder().connId(connId).build();
    return new Exchange<HeartbeatResponse, @Nullable Void>(
        "heartbeat",
        withTimeout(api.heartbeat(credentials.getClientId(), body), timeoutNanos),
        LiveRoomCalls::nothing,
        redaction,
        clock);
  }

  Exchange<?, Set<String>> batchExchange(Collection<String> connIds, long timeoutNanos) {
    requireBatch(connIds);
    BatchHeartbeatRequest body =
        BatchHeartbeatRequest.builder().connIds(new ArrayList<>(connIds)).build();
    return new Exchange<>(
        "batchHeartbeat",
        withTimeout(api.batchHeartbeat(credentials.getClientId(), body), timeoutNanos),
        envelope -> failedIds(envelope, body.getConnIds()),
        redaction,
        clock);
  }

  /** The user's client may have a limit of its own, which holds for each attempt. */
  private <E> Call<E> withTimeout(Call<E> call, long timeoutNanos) {
    long ofClient = TimeUnit.MILLISECONDS.toNanos(http.callTimeoutMillis());
    long nanos = ofClient == 0 ? timeoutNanos : Math.min(ofClient, timeoutNanos);
    call.timeout().timeout(nanos, TimeUnit.NANOSECONDS);
    return call;
  }

  private static StartedConnection started(@Nullable StartResponse envelope) {
    StartData data = present(envelope == null ? null : envelope.getData(), "data", "$");
    String connId = present(data.getConnId(), "conn_id", "$.data");
    if (connId.isEmpty()) {
      throw new JsonDataException("Required value 'conn_id' is empty at $.data");
    }
    WebsocketInfo socket = present(data.getWebsocketInfo(), "websocket_info", "$.data");
    String authBody = present(socket.getAuthBody(), "auth_body", "$.data.websocket_info");
    List<String> links = socket.getWssLink();
    return new StartedConnection(connId, authBody, links == null ? Collections.emptyList() : links);
  }

  /** A heartbeat's data says nothing, so whatever it looks like will do. */
  @SuppressWarnings("NullAway") // It does not know that T may be nullable.
  private static Void nothing(@Nullable HeartbeatResponse envelope) {
    return null;
  }

  /** The platform may name ids that were not asked about: those are left out. */
  private static Set<String> failedIds(
      @Nullable BatchHeartbeatResponse envelope, List<String> sent) {
    if (envelope == null) {
      throw new JsonDataException("Required value 'failed_conn_ids' cannot be read at $.data");
    }
    BatchHeartbeatData data = envelope.getData();
    List<String> failed = data == null ? null : data.getFailedConnIds();
    if (failed == null || failed.isEmpty()) {
      return Collections.emptySet();
    }
    Set<String> failedOfSent = new HashSet<>(failed);
    failedOfSent.retainAll(new HashSet<>(sent));
    return Collections.unmodifiableSet(failedOfSent);
  }

  private static <T> T present(@Nullable T value, String name, String path) {
    if (value == null) {
      throw new JsonDataException("Required value '" + name + "' missing at " + path);
    }
    return value;
  }

  private static void requireBatch(Collection<String> connIds) {
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
    if (connId.isEmpty()) {
      throw new IllegalArgumentException("connId is empty: give the conn_id that start answered");
    }
  }
}
