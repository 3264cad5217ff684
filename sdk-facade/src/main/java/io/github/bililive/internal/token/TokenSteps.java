package io.github.bililive.internal.token;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.http.Renewals;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.token.OAuthToken;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The steps that block: asks store and platform for something, puts what came of it into the {@link
 * TokenState}, and tells events and log.
 *
 * <p>One step runs at a time, each on a thread that may block, and without a lock.
 */
final class TokenSteps {

  private final String broadcaster;
  private final RefresherDependencies shared;
  private final TokenState state;

  /** Whether the store failed the last time. Steps alone use this and the next. */
  private boolean storeIsFailing;

  /** Whether the store held no pair the last time. */
  private boolean pairIsAbsent;

  TokenSteps(String broadcaster, RefresherDependencies shared, TokenState state) {
    this.broadcaster = broadcaster;
    this.shared = shared;
    this.state = state;
  }

  void load() {
    OAuthToken loaded;
    try {
      loaded = shared.store.load(broadcaster);
    } catch (Throwable e) {
      storeFailed("load", e, null);
      return;
    }
    storeIsFailing = false;
    if (loaded == null) {
      absent();
      return;
    }
    pairIsAbsent = false;
    shared.redaction.remember(loaded);
    synchronized (state) {
      state.loaded(loaded);
    }
  }

  private void absent() {
    AuthorisationRequiredException cause =
        new AuthorisationRequiredException(
            "load", broadcaster, "the token store holds no pair for them", null);
    boolean isAbsent;
    synchronized (state) {
      isAbsent = state.absent(cause);
    }
    if (isAbsent) {
      authorisationRequired(cause, !pairIsAbsent);
      pairIsAbsent = true;
    }
  }

  void save(OAuthToken token) {
    shared.redaction.remember(token);
    try {
      shared.store.save(broadcaster, token);
    } catch (Throwable e) {
      storeFailed("save", e, token);
      return;
    }
    storeIsFailing = false;
    pairIsAbsent = false;
    synchronized (state) {
      state.saved(token);
    }
    shared.events.post(events -> events.stored(broadcaster));
  }

  /** Lets the store remove the broadcaster's pair, which is kept out of what the store throws. */
  void remove(@Nullable OAuthToken forgotten) {
    try {
      shared.store.remove(broadcaster);
    } catch (Throwable e) {
      storeFailed("remove", e, forgotten);
      return;
    }
    storeIsFailing = false;
    synchronized (state) {
      state.removed();
    }
    shared.events.post(events -> events.forgotten(broadcaster));
  }

  private void storeFailed(String operation, Throwable thrown, @Nullable OAuthToken secret) {
    Throwable cause = secret == null ? thrown : withoutSecrets(thrown, secret);
    TokenFailure why = TokenFailure.ofStore(operation, broadcaster, cause);
    long pauseNanos;
    synchronized (state) {
      pauseNanos = state.storeFailed(why);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(pauseNanos);
    BiliLiveException error = why.in(millis);
    if (!storeIsFailing) {
      CallbackErrors.warn(String.valueOf(error.getMessage()), error);
    }
    storeIsFailing = true;
    shared.events.post(events -> events.storeFailed(broadcaster, error, millis));
  }

  void refresh(OAuthToken old) {
    shared.events.post(events -> events.refreshBegan(broadcaster));
    Renewals.Renewal renewal = shared.renewals.refreshToken(old);
    OAuthToken token;
    try {
      token = renewal.execute();
    } catch (BiliLiveException e) {
      refreshFailed(old, e, renewal.wasSent());
      return;
    } catch (Throwable e) { // An interceptor of the user's may throw anything.
      Throwable cause = withoutSecrets(e, old);
      TokenException error = new TokenException("refreshToken", cause.toString(), cause, 0);
      refreshFailed(old, error, renewal.wasSent());
      return;
    }
    synchronized (state) {
      state.renewed(old, token);
    }
    shared.events.post(events -> events.refreshed(broadcaster, token.getExpiresAtSeconds()));
  }

  private void refreshFailed(OAuthToken old, BiliLiveException cause, boolean wasSent) {
    if (isOfRefreshToken(cause)) {
      refreshRefused(old, cause);
      return;
    }
    boolean isAnswerLost = wasSent && !(cause instanceof PlatformException);
    long pauseNanos;
    synchronized (state) {
      pauseNanos = state.refreshFailed(old, cause, isAnswerLost);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(pauseNanos);
    shared.events.post(events -> events.refreshFailed(broadcaster, cause, millis));
  }

  /** No other answer says that the broadcaster has to authorise anew. */
  private static boolean isOfRefreshToken(BiliLiveException cause) {
    return cause instanceof PlatformException
        && ((PlatformException) cause).getKnownCode() == PlatformCode.OAUTH_REFRESH_TOKEN_INVALID;
  }

  /** The refresh token is of no use. Unless the store holds another by now, that is the end. */
  private void refreshRefused(OAuthToken old, BiliLiveException cause) {
    OAuthToken stored;
    try {
      stored = shared.store.load(broadcaster);
    } catch (Throwable e) {
      storeFailed("load", e, old);
      return;
    }
    storeIsFailing = false;
    AuthorisationRequiredException end;
    synchronized (state) {
      end = state.refreshRefused(old, stored, cause);
    }
    if (end != null) {
      authorisationRequired(end, true);
    }
  }

  private void authorisationRequired(AuthorisationRequiredException cause, boolean isNews) {
    if (isNews) {
      CallbackErrors.warn(String.valueOf(cause.getMessage()));
    }
    shared.events.post(events -> events.authorisationRequired(broadcaster, cause));
  }

  static void warnOfLoss(@Nullable String loss) {
    if (loss != null) {
      CallbackErrors.warn(loss);
    }
  }

  private static Throwable withoutSecrets(Throwable thrown, OAuthToken token) {
    return TokenSecrets.withoutSecrets(thrown, token.getAccessToken(), token.getRefreshToken());
  }
}
