package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One start with a provider's token: asks for the token and starts. If the platform refuses the
 * token, or may mean that (4008), the provider is told and asked again, and the start made once
 * more; no more than that. Token and start together take no longer than a call may.
 */
final class TokenStart implements PendingCall, Retries.UnderWay {
  /** Starts a connection with a token. */
  interface Starter {
    PendingCall start(
        AccessToken token, Deadline deadline, AnswerCallback<StartedConnection> callback);
  }

  private final Starter starter;
  private final Retries retries;
  private final Scheduler scheduler;
  private final String host;
  private final long timeoutNanos;
  private final Deadline deadline;
  private final AccessTokenProvider provider;
  private final AnswerCallback<StartedConnection> callback;

  /** Counts what is begun; an answer to what is past is ignored. Guarded by this object's lock. */
  private int stage;

  /** What is under way; null if that is over, or is just being begun. Guarded likewise. */
  private @Nullable PendingCall current;

  /** Ends the wait for a token; null if there is none. Guarded likewise. */
  private @Nullable Cancellable timer;

  /** Whether the callback has heard. Guarded likewise. */
  private boolean over;

  TokenStart(
      Starter starter,
      Retries retries,
      String host,
      AccessTokenProvider provider,
      AnswerCallback<StartedConnection> callback) {
    this.starter = starter;
    this.retries = retries;
    scheduler = retries.scheduler;
    this.host = host;
    timeoutNanos = retries.callTimeoutNanos;
    deadline = Deadline.in(timeoutNanos, scheduler);
    this.provider = provider;
    this.callback = callback;
  }

  /** Begins; returns at once. */
  PendingCall begin() {
    retries.began(this);
    ask(null, null);
    return this;
  }

  /**
   * Asks for a token; {@code bad} is the one that was refused, and how: null the first time. A
   * provider is the user's code, which may block.
   */
  private void ask(@Nullable AccessToken bad, @Nullable BiliLiveException refusal) {
    if (!scheduler.runElsewhere(() -> askHere(bad, refusal))) {
      askHere(bad, refusal);
    }
  }

  private void askHere(@Nullable AccessToken bad, @Nullable BiliLiveException refusal) {
    int asking = next();
    AnswerCallback<AccessToken> hears =
        new AnswerCallback<AccessToken>() {
          @Override
          public void onSuccess(AccessToken token) {
            if (isPast(asking)) {
              return;
            }
            if (token == null) { // A provider is the user's code.
              fail(providerFailed("answered null", null));
            } else if (refusal != null && token.equals(bad)) {
              fail(refusal);
            } else {
              call(token, refusal != null);
            }
          }

          @Override
          public void onFailure(BiliLiveException error) {
            if (!isPast(asking)) {
              failed(error == null ? providerFailed("failed with null", null) : error, refusal);
            }
          }
        };
    limit(asking); // First: it may block.
    PendingCall asked;
    try {
      asked = provider.accessToken(hears);
    } catch (Throwable e) {
      if (!isPast(asking)) {
        fail(providerFailed("threw " + e.getClass().getName(), e));
      }
      return;
    }
    underWay(asking, asked);
  }

  private void call(AccessToken token, boolean isLast) {
    int starting = next();
    PendingCall started =
        starter.start(
            token,
            deadline,
            new AnswerCallback<StartedConnection>() {
              @Override
              public void onSuccess(StartedConnection answer) {
                if (ends()) {
                  callback.onSuccess(answer);
                }
              }

              @Override
              public void onFailure(BiliLiveException error) {
                boolean isOfToken = error.getRemedy() == Remedy.SIGN_IN_AGAIN;
                boolean mayBeOfToken = isOfToken || (!isLast && RoomTokens.isOfPermission(error));
                if (isPast(starting) || !mayBeOfToken) {
                  fail(error);
                  return;
                }
                try {
                  provider.invalidate(token);
                } catch (Throwable e) {
                  fail(providerFailed("threw " + e.getClass().getName(), e));
                  return;
                }
                if (isLast) {
                  fail(refusedAgain(error));
                } else {
                  ask(token, error);
                }
              }
            });
    underWay(starting, started);
  }

  /** Tells why there is no other token; of 4008, if there will be none: then it is the end. */
  private void failed(BiliLiveException ofProvider, @Nullable BiliLiveException refusal) {
    boolean isSame = ofProvider.getCause() instanceof UnchangedToken;
    fail(isSame && refusal != null && RoomTokens.isOfPermission(refusal) ? refusal : ofProvider);
  }

  /**
   * Returns the failure of a provider that breaks its contract. Of what it threw, the class and the
   * stack are told: the message may hold the token.
   */
  private static TokenException providerFailed(String how, @Nullable Throwable thrown) {
    Throwable cause = null;
    if (thrown != null) {
      cause = new IllegalStateException(thrown.getClass().getName());
      cause.setStackTrace(thrown.getStackTrace());
    }
    return new TokenException("accessToken", "the access token provider " + how, cause, 0);
  }

  /** A new token is no better than the one before: that may pass, so it is no end. */
  private static TokenException refusedAgain(BiliLiveException error) {
    return new TokenException(
        "start", "the renewed access token is refused as well: " + error.getMessage(), error, 0);
  }

  @Override
  public void cancel() {
    giveUp("Canceled");
  }

  @Override
  public void clientClosed() {
    giveUp("the client is closed");
  }

  private void giveUp(String why) {
    PendingCall present;
    synchronized (this) {
      present = current;
    }
    fail(new NetworkException("start", host, new IOException(why)));
    cancel(present);
  }

  private void cancel(@Nullable PendingCall call) {
    if (call != null && !scheduler.runElsewhere(call::cancel)) {
      call.cancel();
    }
  }

  private void fail(BiliLiveException error) {
    if (ends()) {
      callback.onFailure(error);
    }
  }

  private boolean ends() {
    retries.ended(this);
    synchronized (this) {
      boolean isFirst = !over;
      over = true;
      stopTimer();
      return isFirst;
    }
  }

  private synchronized int next() {
    current = null;
    stopTimer();
    return ++stage;
  }

  private synchronized boolean isPast(int begun) {
    return over || stage != begun;
  }

  private void underWay(int begun, PendingCall pending) {
    boolean isCancelled;
    synchronized (this) {
      isCancelled = over && stage == begun;
      if (!isPast(begun)) {
        current = pending;
      }
    }
    if (isCancelled && pending != null) { // A provider is the user's code.
      pending.cancel();
    }
  }

  private synchronized void limit(int asking) {
    if (!isPast(asking)) {
      timer = scheduler.schedule(() -> timedOut(asking), deadline.leftNanos());
    }
  }

  private void timedOut(int asking) {
    PendingCall asked;
    synchronized (this) {
      if (isPast(asking)) {
        return;
      }
      asked = current;
    }
    fail(tokenTimedOut(timeoutNanos));
    cancel(asked);
  }

  /** Returns the failure of a provider that did not answer in time. */
  static TokenException tokenTimedOut(long timeoutNanos) {
    return new TokenException(
        "accessToken",
        "the access token provider did not answer within "
            + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
            + " ms",
        null,
        0);
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }
}
