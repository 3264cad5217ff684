package io.github.bililive.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.http.UnchangedToken;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.token.TokenSecrets;
import io.github.bililive.internal.token.TokenWaiter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of the app's function, which runs one call at a time. A function that hangs holds one
 * thread; those who wait for it have time limits of their own.
 */
final class FunctionToken implements AccessTokenProvider {
  private static final String OPERATION = "accessToken";

  private final AccessTokenFunction function;
  private final Executor thread = DaemonThreads.bounded("bililive-token-function", 1);

  /** Guarded by this object's lock, as all that follows. */
  private final List<TokenWaiter> waiting = new ArrayList<>();

  /** Whether a call is under way, or about to be. */
  private boolean calling;

  /** The thread that the function runs on; null if it does not run. */
  private @Nullable Thread caller;

  /** What the platform refused since the last call began; null if nothing. */
  private @Nullable AccessToken refused;

  FunctionToken(AccessTokenFunction function) {
    this.function = function;
  }

  @Override
  public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
    Objects.requireNonNull(callback, "callback is null: give the one that hears of the token");
    TokenWaiter waiter = new TokenWaiter(callback);
    boolean begins;
    synchronized (this) {
      waiting.add(waiter);
      begins = !calling;
      calling = true;
    }
    if (begins) {
      thread.execute(this::call);
    }
    return () -> takeBack(waiter);
  }

  @Override
  public synchronized void invalidate(AccessToken token) {
    refused =
        Objects.requireNonNull(token, "token is null: give the one that the platform refused");
  }

  private void takeBack(TokenWaiter waiter) {
    waiter.takeBack();
    synchronized (this) {
      waiting.remove(waiter);
      if (waiting.isEmpty() && caller != null) {
        caller.interrupt();
      }
    }
  }

  private void call() {
    List<TokenWaiter> answered;
    AccessToken token;
    BiliLiveException error;
    do {
      AccessToken bad = begun();
      token = null;
      error = null;
      try {
        token = ask(bad);
      } catch (BiliLiveException e) {
        error = e;
      }
      answered = ended(bad, token);
    } while (answered == null);
    for (TokenWaiter waiter : answered) {
      if (error != null) {
        waiter.fail(error);
      } else if (token != null) {
        waiter.answer(token);
      }
    }
  }

  private synchronized @Nullable AccessToken begun() {
    caller = Thread.currentThread();
    return refused;
  }

  /**
   * Ends a call.
   *
   * @param bad what was known as refused when it began
   * @return those who wait for it; null if its token was refused meanwhile, and another is needed
   */
  private synchronized @Nullable List<TokenWaiter> ended(
      @Nullable AccessToken bad, @Nullable AccessToken token) {
    caller = null;
    Thread.interrupted(); // It was meant for the function.
    AccessToken latest = refused;
    if (latest == null || latest.equals(bad)) {
      refused = null;
    } else if (latest.equals(token)) {
      return null;
    }
    calling = false;
    return TokenWaiter.takeAll(waiting);
  }

  private AccessToken ask(@Nullable AccessToken bad) {
    String badText = bad == null ? null : bad.getText();
    AccessToken token;
    try {
      token =
          AccessToken.of(Objects.requireNonNull(function.accessToken(badText), "it returned null"));
    } catch (BiliLiveException e) {
      throw e;
    } catch (Throwable e) {
      Throwable cause = TokenSecrets.withoutSecrets(e, badText);
      throw new TokenException(OPERATION, "the token function failed: " + cause, cause, 0);
    }
    if (token.equals(bad)) {
      throw new TokenException(
          OPERATION,
          "the token function returned the token again that the platform has refused",
          new UnchangedToken(),
          0);
    }
    return token;
  }

  @Override
  public String toString() {
    return "AccessTokenProvider.from(" + function.getClass().getName() + ")";
  }
}
