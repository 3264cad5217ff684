package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one broadcaster's tokens valid: runs the steps that the {@link TokenState} asks for, one at
 * a time on one thread of the executor, however many ask, and tells all who wait.
 *
 * <p>Safe for use by several threads. There is no I/O and no callback under the lock, which is the
 * state's monitor.
 */
final class TokenRefresher implements RefreshingTokenProvider {
  private final String broadcaster;
  private final RefresherDependencies shared;
  private final TokenState state;
  private final TokenSteps steps;

  /** Whether a thread is at work, or about to be. The lock guards this and all that follows. */
  private boolean working;

  private final List<TokenWaiter> waiting = new ArrayList<>();

  /** Rings when there may be a step to run; null if none is set. */
  private @Nullable Cancellable timer;

  TokenRefresher(String broadcaster, RefresherDependencies shared) {
    this.broadcaster = broadcaster;
    this.shared = shared;
    state = new TokenState(broadcaster, shared);
    steps = new TokenSteps(broadcaster, shared, state);
  }

  @Override
  public String getBroadcaster() {
    return broadcaster;
  }

  @Override
  public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
    Objects.requireNonNull(callback, "callback is null: give the one that hears of the token");
    TokenWaiter waiter = new TokenWaiter(callback);
    boolean begins;
    TokenWaiter.Answer answer;
    synchronized (state) {
      begins = takesUpWork();
      answer = state.answer(working);
      if (answer == null) {
        waiting.add(waiter);
      }
    }
    if (begins) {
      begin();
    }
    if (answer != null) {
      answer.tell(waiter);
    }
    return () -> takeBack(waiter);
  }

  private void takeBack(TokenWaiter waiter) {
    synchronized (state) {
      waiting.remove(waiter);
    }
    waiter.takeBack();
  }

  @Override
  public void invalidate(AccessToken token) {
    Objects.requireNonNull(token, "token is null: give the one that the platform refused");
    synchronized (state) {
      if (!state.invalidate(token)) {
        return;
      }
    }
    takeUp();
  }

  @Override
  public void replaceToken(OAuthToken token) {
    Objects.requireNonNull(token, "token is null: give what OAuth.exchange(code) returned");
    take(token);
    Waiting.forToken(this, TimeUnit.MILLISECONDS.toNanos(shared.timeoutMillis));
  }

  /** Takes a pair that the broadcaster has newly authorised, without waiting for the store. */
  void take(OAuthToken token) {
    synchronized (state) {
      state.replace(token);
    }
    shared.broadcasters.set(this, false);
    takeUp();
  }

  @Override
  public void forget() {
    TokenWaiter.Answer answer;
    List<TokenWaiter> told;
    synchronized (state) {
      state.forget();
      answer = state.answer(true);
      told = TokenWaiter.takeAll(waiting);
    }
    shared.broadcasters.set(this, true);
    // Before those who wait hear: a room would take their failure for the reason.
    shared.rooms.close(this, "the broadcaster '" + broadcaster + "' was forgotten");
    takeUp();
    tell(told, answer);
  }

  @Override
  public @Nullable OAuthToken getToken() {
    synchronized (state) {
      return state.token();
    }
  }

  /**
   * Ends it, but for a step under way and for what the store has to save or remove: it is asked
   * once more. Idempotent.
   */
  void close() {
    synchronized (state) {
      if (!state.close()) {
        return;
      }
    }
    takeUp();
  }

  /** Returns the broadcaster; no secret. */
  @Override
  public String toString() {
    return "RefreshingTokenProvider{" + broadcaster + "}";
  }

  // Work, on a thread of the executor

  private boolean takesUpWork() {
    if (working || state.nextStep(steps) == null) {
      return false;
    }
    working = true;
    return true;
  }

  /** Begins what there is to do now, or waits until there is something. */
  private void takeUp() {
    boolean begins;
    TokenWaiter.Answer answer = null;
    List<TokenWaiter> told = Collections.emptyList();
    synchronized (state) {
      begins = takesUpWork();
      if (!working) {
        answer = state.answer(false);
        told = answer == null ? told : TokenWaiter.takeAll(waiting);
        setTimer();
      }
    }
    if (begins) {
      begin();
    }
    tell(told, answer);
  }

  private void begin() {
    try {
      shared.executor.execute(this::work);
    } catch (Throwable e) {
      TokenWaiter.Answer answer;
      List<TokenWaiter> told;
      String loss;
      synchronized (state) {
        if (e instanceof RejectedExecutionException) { // The client is closed.
          state.close();
        } else { // There is no memory for another thread, say.
          state.stepFailed(e);
        }
        working = false;
        answer = state.answer(false);
        told = TokenWaiter.takeAll(waiting);
        loss = state.lossAtClose();
        setTimer();
      }
      TokenSteps.warnOfLoss(loss);
      tell(told, answer);
    }
  }

  private void work() {
    for (Runnable step = stepOrEnd(); step != null; step = stepOrEnd()) {
      Thread.interrupted(); // A flag that the step before has left is none of the next one's.
      Cancellable patience = shared.scheduler.schedule(this::stepTakesLong, shared.patienceNanos());
      try {
        step.run();
      } catch (Throwable e) {
        synchronized (state) {
          state.stepFailed(e);
        }
      } finally {
        patience.cancel();
      }
    }
  }

  /** Those who wait for a refresh that hangs get the token that is due, if it may be valid. */
  private void stepTakesLong() {
    List<TokenWaiter> told;
    TokenWaiter.Answer answer;
    synchronized (state) {
      state.refreshTakesLong();
      answer = state.answer(true);
      if (answer == null) {
        return;
      }
      told = TokenWaiter.takeAll(waiting);
    }
    if (!shared.scheduler.runElsewhere(() -> tell(told, answer))) {
      tell(told, answer);
    }
  }

  /** Returns the next step; null if there is none, and those who wait have been told. */
  private @Nullable Runnable stepOrEnd() {
    TokenWaiter.Answer answer;
    List<TokenWaiter> told;
    String loss;
    synchronized (state) {
      Runnable step = state.nextStep(steps);
      if (step != null) {
        return step;
      }
      working = false;
      answer = state.answer(false);
      if (answer == null && !waiting.isEmpty() && !state.waitsForOthers()) {
        working = true;
        return () -> {}; // A clock moved on just now: there is a step next time.
      }
      told = answer == null ? Collections.emptyList() : TokenWaiter.takeAll(waiting);
      loss = state.lossAtClose();
      setTimer();
    }
    TokenSteps.warnOfLoss(loss);
    tell(told, answer);
    return null;
  }

  private static void tell(List<TokenWaiter> waiters, TokenWaiter.@Nullable Answer answer) {
    if (answer != null) {
      for (TokenWaiter waiter : waiters) {
        answer.tell(waiter);
      }
    }
  }

  // The timer

  private void setTimer() {
    cancelTimer();
    Long delayNanos = state.nanosToNextLook();
    if (delayNanos != null) {
      timer = shared.scheduler.schedule(this::ring, delayNanos);
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void ring() {
    synchronized (state) {
      timer = null;
    }
    takeUp();
  }
}
