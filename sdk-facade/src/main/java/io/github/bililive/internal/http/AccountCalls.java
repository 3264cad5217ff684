package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.generated.model.AccountInfo;
import io.github.bililive.generated.model.AccountInfoResponse;
import io.github.bililive.generated.model.AccountScopes;
import io.github.bililive.generated.model.AccountScopesResponse;
import io.github.bililive.generated.model.RoomInfo;
import io.github.bililive.generated.model.RoomInfoResponse;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls that tell about an access token, made again after a failure that may pass: they change
 * nothing. The broadcaster's id is {@code openid} or {@code open_id}; both getters give it.
 */
public final class AccountCalls {
  private final ApiClient<LiveRoomApi> client;
  private final LiveRoomApi api;
  private final @Nullable AccessToken token;

  /** Creates the calls over an interface, with a token unless the interface brings it. */
  AccountCalls(ApiClient<LiveRoomApi> client, LiveRoomApi api, @Nullable AccessToken token) {
    this.client = client;
    this.api = api;
    this.token = token;
  }

  public PendingCall info(AnswerCallback<AccountInfo> callback) {
    return call(api::accountInfo, AccountCalls::info, callback);
  }

  public PendingCall scopes(AnswerCallback<List<String>> callback) {
    return call(api::accountScopes, AccountCalls::scopes, callback);
  }

  public PendingCall room(AnswerCallback<RoomInfo> callback) {
    return call(api::roomInfo, AccountCalls::room, callback);
  }

  private <E, T> PendingCall call(
      ApiCall.Maker<E> maker, Judge.Reading<E, T> reading, AnswerCallback<T> callback) {
    return new ApiCall<>(client, maker, token, true, client.deadline(), reading, callback).begin();
  }

  private static AccountInfo info(@Nullable AccountInfoResponse envelope) {
    AccountInfo info = ApiClient.present(envelope == null ? null : envelope.getData(), "data", "$");
    String id = either(info.getOpenid(), info.getOpenId());
    return info.newBuilder().openid(id).openId(id).build();
  }

  private static List<String> scopes(@Nullable AccountScopesResponse envelope) {
    AccountScopes data =
        ApiClient.present(envelope == null ? null : envelope.getData(), "data", "$");
    Object json = data.getScopes();
    if (json != null && !(json instanceof Collection) && !(json instanceof String)) {
      String type =
          json instanceof Map ? "an object" : json instanceof Number ? "a number" : "a boolean";
      throw new JsonDataException(
          "Expected an array of strings or one string but was " + type + " at path $.data.scopes");
    }
    return Collections.unmodifiableList(GrantedTokens.scopesOf(json));
  }

  private static RoomInfo room(@Nullable RoomInfoResponse envelope) {
    RoomInfo room = ApiClient.present(envelope == null ? null : envelope.getData(), "data", "$");
    String id = either(room.getOpenId(), room.getOpenid());
    return room.newBuilder().openid(id).openId(id).build();
  }

  private static String either(String usual, String other) {
    return usual.isEmpty() ? other : usual;
  }
}
