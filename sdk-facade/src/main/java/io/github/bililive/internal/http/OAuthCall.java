package io.github.bililive.internal.http;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.oauth.model.TokenResponse;

/** One call to the platform's OAuth service, made once. */
public final class OAuthCall {
  private final Exchange<TokenResponse, GrantedTokens> exchange;
  private final OAuthForm form;

  OAuthCall(Exchange<TokenResponse, GrantedTokens> exchange, OAuthForm form) {
    this.exchange = exchange;
    this.form = form;
  }

  /** Sends it and waits for the answer, on the caller's thread. */
  public GrantedTokens execute() throws BiliLiveException {
    return exchange.execute();
  }

  /** Sends it; the callback hears of it on a thread of OkHttp's. */
  public PendingCall enqueue(AnswerCallback<GrantedTokens> callback) {
    exchange.enqueue(callback);
    return exchange::cancel;
  }

  /**
   * Says whether the call may have reached the platform, which then may have carried it out,
   * whatever became of the answer.
   */
  public boolean wasSent() {
    return form.wasSent();
  }
}
