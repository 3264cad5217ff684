package io.github.bililive;

import io.github.bililive.generated.model.AccountInfo;
import io.github.bililive.generated.model.RoomInfo;
import io.github.bililive.internal.http.AccountCalls;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.token.AccessTokenProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The broadcaster of a token, or of a provider's tokens. */
final class TokenAccount implements Account {
  private final ClientParts parts;
  private final @Nullable AccessToken token;
  private final @Nullable AccessTokenProvider provider;

  TokenAccount(
      ClientParts parts, @Nullable AccessToken token, @Nullable AccessTokenProvider provider) {
    this.parts = parts;
    this.token = token;
    this.provider = provider;
  }

  private AccountCalls calls() {
    return parts.calls().account(token, provider);
  }

  @Override
  public AccountInfo info() {
    Waiting<AccountInfo> answer = parts.waiting("accountInfo");
    return answer.await(calls().info(answer));
  }

  @Override
  public PendingCall info(AnswerCallback<AccountInfo> callback) {
    return calls().info(parts.onExecutor(callback));
  }

  @Override
  public List<String> scopes() {
    Waiting<List<String>> answer = parts.waiting("accountScopes");
    return answer.await(calls().scopes(answer));
  }

  @Override
  public PendingCall scopes(AnswerCallback<List<String>> callback) {
    return calls().scopes(parts.onExecutor(callback));
  }

  @Override
  public RoomInfo room() {
    Waiting<RoomInfo> answer = parts.waiting("roomInfo");
    return answer.await(calls().room(answer));
  }

  @Override
  public PendingCall room(AnswerCallback<RoomInfo> callback) {
    return calls().room(parts.onExecutor(callback));
  }
}
