package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.http.StartCalls;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Starts connections with providers' tokens. Where the platform refuses a token, its provider is
 * told and asked again, and the start is made a second time; no more than that. Token and start
 * together take no longer than a call may.
 *
 * <p>Safe for use by several threads.
 */
public final class TokenStarts {
  private final StartCalls calls;
  private final Scheduler scheduler;
  private final String host;
  private final long timeoutNanos;

  /**
   * Creates the starts of one client.
   *
   * @param host where the API is, for messages
   * @param timeoutMillis how long a call may take from end to end, in milliseconds
   */
  public TokenStarts(StartCalls calls, Scheduler scheduler, String host, long timeoutMillis) {
    this.calls = calls;
    this.scheduler = scheduler;
    this.host = host;
    timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
  }

  /**
   * Starts a connection, and waits for the answer on the caller's thread.
   *
   * @throws BiliLiveException if there is no token, the platform refused, its answer was not
   *     understood, or the network failed
   */
  public StartedConnection start(AccessTokenProvider provider) throws BiliLiveException {
    long beganAtNanos = scheduler.nanoTime();
    AccessToken token = TokenWait.of(provider, left(beganAtNanos));
    try {
      return calls.start(token, left(beganAtNanos));
    } catch (BiliLiveException e) {
      if (!isOfToken(e)) {
        throw e;
      }
      provider.invalidate(token);
      AccessToken other = TokenWait.of(provider, left(beganAtNanos));
      if (other.equals(token)) {
        throw e;
      }
      token = other;
    }
    try {
      return calls.start(token, left(beganAtNanos));
    } catch (BiliLiveException e) {
      throw isOfToken(e) ? refusedAgain(provider, token, e) : e;
    }
  }

  /** Starts a connection; the callback hears of it, on whatever thread. */
  public PendingCall start(
      AccessTokenProvider provider, AnswerCallback<StartedConnection> callback) {
    Start start = new Start(provider, callback);
    start.ask(null, null);
    return start;
  }

  private long left(long beganAtNanos) {
    // A call takes 0 for its own limit; what is left is at least a millisecond.
    return Math.max(1_000_000, timeoutNanos - (scheduler.nanoTime() - beganAtNanos));
  }

  private static boolean isOfToken(BiliLiveException error) {
    return error.getRemedy() == Remedy.SIGN_IN_AGAIN;
  }

  /** A new token is no better than the one before: that may pass, so it is no end. */
  private static TokenException refusedAgain(
      AccessTokenProvider provider, AccessToken token, BiliLiveException error) {
    provider.invalidate(token);
    return new TokenException(
        "start", "the renewed access token is refused as well: " + error.getMessage(), error, 0);
  }

  /** One start with a callback: ask, start, and both once more. */
  private final class Start implements PendingCall {
    private final AccessTokenProvider provider;
    private final AnswerCallback<StartedConnection> callback;
    private final long beganAtNanos = scheduler.nanoTime();

    /**
     * Counts what is begun; an answer to what is past is ignored. Guarded by this object's lock.
     */
    private int stage;

    /** What is under way; null if that is over, or is just being begun. Guarded likewise. */
    private @Nullable PendingCall current;

    /** Ends the wait for a token; null if there is none. Guarded likewise. */
    private @Nullable Cancellable timer;

    /** Whether the callback has heard. Guarded likewise. */
    private boolean over;

    Start(AccessTokenProvider provider, AnswerCallback<StartedConnection> callback) {
      this.provider = provider;
      this.callback = callback;
    }

    /**
     * Asks for a token.
     *
     * @param bad the one that was refused, null the first time
     * @param refusal how it was refused, null the first time
     */
    void ask(@Nullable AccessToken bad, @Nullable BiliLiveException refusal) {
      int asking = next();
      PendingCall asked =
          provider.accessToken(
              new AnswerCallback<AccessToken>() {
                @Override
                public void onSuccess(AccessToken token) {
                  if (isPast(asking)) {
                    return;
                  }
                  if (refusal != null && token.equals(bad)) {
                    fail(refusal);
                  } else {
                    call(token, refusal != null);
                  }
                }

                @Override
                public void onFailure(BiliLiveException error) {
                  if (!isPast(asking)) {
                    fail(error);
                  }
                }
              });
      underWay(asking, asked);
      limit(asking);
    }

    private void call(AccessToken token, boolean isLast) {
      int starting = next();
      PendingCall started =
          calls.start(
              token,
              left(beganAtNanos),
              new AnswerCallback<StartedConnection>() {
                @Override
                public void onSuccess(StartedConnection answer) {
                  if (ends()) {
                    callback.onSuccess(answer);
                  }
                }

                @Override
                public void onFailure(BiliLiveException error) {
                  if (isPast(starting) || !isOfToken(error)) {
                    fail(error);
                  } else if (isLast) {
                    fail(refusedAgain(provider, token, error));
                  } else {
                    provider.invalidate(token);
                    ask(token, error);
                  }
                }
              });
      underWay(starting, started);
    }

    @Override
    public void cancel() {
      PendingCall present;
      synchronized (this) {
        present = current;
      }
      fail(new NetworkException("start", host, new IOException("Canceled")));
      if (present != null) {
        present.cancel();
      }
    }

    private void fail(BiliLiveException error) {
      if (ends()) {
        callback.onFailure(error);
      }
    }

    private synchronized boolean ends() {
      boolean first = !over;
      over = true;
      stopTimer();
      return first;
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
      if (isCancelled) {
        pending.cancel();
      }
    }

    private synchronized void limit(int asking) {
      if (!isPast(asking)) {
        timer = scheduler.schedule(() -> timedOut(asking), left(beganAtNanos));
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
      fail(TokenWait.timedOut(timeoutNanos));
      if (asked != null) {
        asked.cancel();
      }
    }

    private void stopTimer() {
      if (timer != null) {
        timer.cancel();
        timer = null;
      }
    }
  }
}
