package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.PendingCall;
import io.github.bililive.SignatureVersion;
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
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The API's calls over the generated Retrofit interface. As a user makes them they are made again
 * after a failure that may pass, as long as policy, budget and deadline allow; as a {@link
 * ConnectionApi}, they are single attempts.
 *
 * <p>Safe for use by several threads. Callbacks run on a thread of OkHttp's or the scheduler's.
 */
public final class PlatformCalls implements ConnectionApi<AccessTokenProvider> {
  /**
   * A user's calls that may be under way at once. With OkHttp's own limit of 5 for one host a few
   * slow answers would hold up all others.
   */
  private static final int MAX_REQUESTS = 128;

  /** The platform's limit for ids in one batch; more is code 7004. */
  private static final int MAX_BATCH = HeartbeatPolicy.MAX_BATCH_LIMIT;

  private final ApiClient<LiveRoomApi> client;
  private final OkHttpClient roomHttp;
  private final String clientId;
  private final RoomTokens roomTokens;

  /** For a user's calls. */
  private final LiveRoomApi api;

  /**
   * For rooms: their starts and heartbeats wait behind no calls of the user's, and for no place.
   * Their own pace and time limits bound how many are under way.
   */
  private final LiveRoomApi roomApi;

  /**
   * Creates the calls of one client.
   *
   * @param isTokenInHeartbeats whether heartbeats carry their room's token
   */
  public PlatformCalls(
      HttpUrl baseUrl,
      Credentials credentials,
      SignatureVersion version,
      boolean isTokenInHeartbeats,
      CallSettings settings) {
    clientId = credentials.getClientId();
    roomTokens = new RoomTokens(isTokenInHeartbeats);
    client =
        new ApiClient<>(
            LiveRoomApi.class,
            GeneratedJsonAdapterFactory.INSTANCE,
            baseUrl,
            settings,
            "bililive-http",
            MAX_REQUESTS,
            new Signing(
                new RequestSigner(credentials, version),
                new PlatformClock(settings.wallClock, settings.events),
                true));
    roomHttp = client.withoutLimit();
    api = client.over(client.http);
    roomApi = client.over(roomHttp);
  }

  /**
   * Returns the generated interface for a user. Each request carries the token, or the one that the
   * provider has at that time, or none; {@link RequestEvents} hear of its calls.
   */
  public LiveRoomApi userApi(@Nullable AccessToken token, @Nullable AccessTokenProvider provider) {
    return client
        .building(provider == null ? client.http : withTokenOf(provider), token)
        .addCallAdapterFactory(ReportedCall.factory(client.retries, client.judge))
        .build()
        .create(LiveRoomApi.class);
  }

  /** Returns the calls that tell about a token, or about the one that the provider has then. */
  public AccountCalls account(@Nullable AccessToken token, @Nullable AccessTokenProvider provider) {
    if (token != null) {
      client.redaction.remember(token.getText());
    }
    return new AccountCalls(
        client, provider == null ? api : client.over(withTokenOf(provider)), token);
  }

  /** Stands behind the user's interceptors: a call of the generated interface holds no token. */
  private OkHttpClient withTokenOf(AccessTokenProvider provider) {
    return client
        .http
        .newBuilder()
        .addInterceptor(
            chain -> {
              AccessToken token = presentToken(provider);
              client.redaction.remember(token.getText());
              CallTrace.of(chain.request()).key = token;
              return chain.proceed(chain.request());
            })
        .build();
  }

  private AccessToken presentToken(AccessTokenProvider provider) throws IOException {
    try {
      return Waiting.forToken(provider, client.retries.callTimeoutNanos);
    } catch (BiliLiveException e) { // OkHttp takes IOExceptions alone.
      throw new NoTokenException(e);
    }
  }

  /** Starts a connection with a token that never changes, again if that may help. */
  public PendingCall start(AccessToken token, AnswerCallback<StartedConnection> callback) {
    return start(true, token, null, client.deadline(), callback);
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
    if (client.holdsBack(callback)) {
      return () -> {};
    }
    return start(false, provider, callback);
  }

  private PendingCall start(
      boolean isRetried, AccessTokenProvider provider, AnswerCallback<StartedConnection> callback) {
    return new TokenStart(
            (token, deadline, hears) -> start(isRetried, token, provider, deadline, hears),
            client.retries,
            client.baseUrl.host(),
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
    client.redaction.remember(token.getText());
    LiveRoomApi its = isRetried ? api : roomApi;
    return new ApiCall<>(
            client,
            its::start,
            token,
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

  /** Asks the provider, which may block, for the token that heartbeats carry. */
  @Override
  public void adopt(AccessTokenProvider provider, StartedConnection started) {
    client.redaction.remember(started.getAuthBody());
    if (!roomTokens.isOn) {
      return;
    }
    AnswerCallback<AccessToken> hears =
        new AnswerCallback<AccessToken>() {
          @Override
          public void onSuccess(AccessToken token) {
            if (token != null) { // A provider is the user's code.
              client.redaction.remember(token.getText());
              roomTokens.started(started.getConnId(), token, provider);
            }
          }

          @Override
          public void onFailure(BiliLiveException error) {}
        };
    Runnable asking = () -> CallbackErrors.run(() -> provider.accessToken(hears));
    if (!client.retries.scheduler.runElsewhere(asking)) {
      asking.run();
    }
  }

  public PendingCall heartbeat(String connId, AnswerCallback<@Nullable Void> callback) {
    requireConnId(connId);
    return one(connId, true, client.deadline(), callback);
  }

  /** Keeps several connections alive, again if that may help; the answer is the dead ids. */
  public PendingCall batchHeartbeat(
      Collection<String> connIds, AnswerCallback<Set<String>> callback) {
    requireBatch(connIds);
    return batch(new ArrayList<>(connIds), true, client.deadline(), callback);
  }

  @Override
  public void replaceToken(String connId, AccessTokenProvider accessToken) {
    Runnable asks = () -> roomTokens.replace(connId, accessToken, client.redaction);
    if (!client.retries.scheduler.runElsewhere(asks)) { // A provider is the user's code.
      asks.run();
    }
  }

  /** The endpoint for one id takes one, the one for batches more. */
  @Override
  public PendingCall heartbeat(
      List<String> connIds, long timeoutNanos, AnswerCallback<Set<String>> callback) {
    if (connIds.size() > 1) {
      return batch(connIds, false, client.deadline(timeoutNanos), callback);
    }
    String connId = connIds.get(0);
    return one(connId, false, client.deadline(timeoutNanos), ApiClient.ofOneId(connId, callback));
  }

  /** Returns how many calls may be made again now. */
  public int retriesLeft() {
    return client.retries.left();
  }

  private PendingCall one(
      String connId,
      boolean isRetried,
      Deadline deadline,
      AnswerCallback<@Nullable Void> callback) {
    List<String> ids = Collections.singletonList(connId);
    AccessToken token = roomTokens.of(ids);
    LiveRoomApi its = isRetried ? api : roomApi;
    HeartbeatRequest body = HeartbeatRequest.builder().connId(connId).build();
    return new ApiCall<HeartbeatResponse, @Nullable Void>(
            client,
            () -> its.heartbeat(clientId, body),
            token,
            isRetried,
            deadline,
            ApiClient::nothing,
            token == null ? callback : roomTokens.watching(ids, token, callback))
        .begin();
  }

  private PendingCall batch(
      List<String> connIds,
      boolean isRetried,
      Deadline deadline,
      AnswerCallback<Set<String>> callback) {
    AccessToken token = roomTokens.of(connIds);
    LiveRoomApi its = isRetried ? api : roomApi;
    BatchHeartbeatRequest body = BatchHeartbeatRequest.builder().connIds(connIds).build();
    return new ApiCall<BatchHeartbeatResponse, Set<String>>(
            client,
            () -> its.batchHeartbeat(clientId, body),
            token,
            isRetried,
            deadline,
            envelope -> failedIds(envelope, connIds),
            token == null ? callback : roomTokens.watching(connIds, token, callback))
        .begin();
  }

  private StartedConnection started(@Nullable StartResponse envelope) {
    StartData data = ApiClient.present(envelope == null ? null : envelope.getData(), "data", "$");
    String connId =
        ApiClient.id(ApiClient.present(data.getConnId(), "conn_id", "$.data"), "conn_id", "$.data");
    if (connId.isEmpty()) {
      throw new JsonDataException("Required value 'conn_id' is empty at $.data");
    }
    WebsocketInfo socket = ApiClient.present(data.getWebsocketInfo(), "websocket_info", "$.data");
    String authBody = ApiClient.present(socket.getAuthBody(), "auth_body", "$.data.websocket_info");
    client.redaction.remember(authBody);
    List<String> links = socket.getWssLink();
    return new StartedConnection(connId, authBody, links == null ? Collections.emptyList() : links);
  }

  private static Set<String> failedIds(
      @Nullable BatchHeartbeatResponse envelope, List<String> sent) {
    if (envelope == null) {
      throw new JsonDataException("Required value 'failed_conn_ids' cannot be read at $.data");
    }
    BatchHeartbeatData data = envelope.getData();
    List<String> failed = data == null ? null : data.getFailedConnIds();
    return ApiClient.failedOf(
        sent, failed == null && data != null ? data.getFailedGameIds() : failed);
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
    client.close();
    CallbackErrors.run(roomHttp.dispatcher()::cancelAll);
  }
}
