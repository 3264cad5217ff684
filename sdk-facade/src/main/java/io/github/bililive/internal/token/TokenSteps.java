package io.github.bililive.internal.token;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.http.Renewals;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.token.OAuthToken;
import java.io.IOException;
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

  /** Whether this client may hold the lease on renewing the pair. */
  private boolean isLeased;

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

  /** Saves a pair, if it replaces one: in place of that one alone. */
  void save(OAuthToken token, @Nullable OAuthToken replaced) {
    shared.redaction.remember(token);
    OAuthToken stored = token;
    try {
      if (replaced == null) {
        shared.store.save(broadcaster, token);
      } else {
        if (isLeased && storeIsFailing) { // Or others might spend the pair that is replaced.
          lease();
        }
        if (!shared.store.save(broadcaster, token, replaced)) {
          stored = shared.store.load(broadcaster);
        }
      }
    } catch (Throwable e) {
      storeFailed("save", e, token);
      return;
    }
    storeIsFailing = false;
    if (stored == null || !CurrentToken.isSame(stored, token)) {
      saveRefused(token, stored);
    } else { // Also if it was saved before, and the store's answer was lost.
      pairIsAbsent = false;
      synchronized (state) {
        state.saved(token);
      }
      shared.events.post(events -> events.stored(broadcaster));
    }
    release();
  }

  private void saveRefused(OAuthToken token, @Nullable OAuthToken stored) {
    CallbackErrors.warn(
        "the token store refused the new pair of broadcaster '"
            + broadcaster
            + (stored == null
                ? "': theirs was removed while it was being renewed; the new pair is not stored,"
                    + " but kept in memory in case the one before comes back"
                : "': another was saved while theirs was being renewed; that one is used, and the new"
                    + " pair is kept in memory in case the platform refuses to renew it"));
    remember(stored);
    synchronized (state) {
      state.saveRefused(token, stored);
    }
    shared.events.post(events -> events.saveRefused(broadcaster));
    if (stored == null) {
      absent();
    }
  }

  private void remember(@Nullable OAuthToken stored) {
    if (stored != null) {
      shared.redaction.remember(stored);
    }
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
    release();
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

  /** Renews a pair, unless another client does, or has done so. */
  void refresh(OAuthToken old) {
    long leasedAtNanos = shared.scheduler.nanoTime();
    boolean isOurs;
    OAuthToken stored;
    try {
      isOurs = lease();
      stored = shared.store.load(broadcaster);
      if (isOurs && shared.isLate(leasedAtNanos)) {
        throw new IOException("it took so long that the lease might end during a refresh");
      }
    } catch (Throwable e) {
      storeFailed("lease", e, old);
      return;
    }
    storeIsFailing = false;
    if (stored != null && CurrentToken.isSame(stored, old)) {
      if (isOurs) {
        renew(old);
        return;
      }
      synchronized (state) {
        state.othersRenew();
      }
      return;
    }
    release();
    if (stored == null) {
      absent();
      return;
    }
    remember(stored);
    synchronized (state) {
      state.takeUp(old, stored);
    }
  }

  private boolean lease() throws IOException {
    isLeased = true; // Unless the store says otherwise: its answer may be lost.
    isLeased = shared.store.lease(broadcaster, shared.owner, shared.leaseMillis());
    return isLeased;
  }

  /** Lets others renew the pair, if this client has the lease. */
  private void release() {
    if (!isLeased) {
      return;
    }
    isLeased = false;
    try {
      shared.store.release(broadcaster, shared.owner);
    } catch (Throwable e) {
      CallbackErrors.warn(
          "the token store did not release the lease on the pair of broadcaster '"
              + broadcaster
              + "', which ends by itself: "
              + e.getClass().getName());
    }
  }

  private void renew(OAuthToken old) {
    shared.events.post(events -> events.refreshBegan(broadcaster));
    Renewals.Renewal renewal = shared.renewals.refreshToken(old);
    OAuthToken token;
    Thread.interrupted(); // Or a flag that the store has left would cancel it.
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
    boolean isWanted;
    synchronized (state) {
      isWanted = state.renewed(old, token);
    }
    if (!isWanted) {
      release();
    }
    shared.events.post(events -> events.refreshed(broadcaster, token.getExpiresAtSeconds()));
  }

  private void refreshFailed(OAuthToken old, BiliLiveException cause, boolean wasSent) {
    if (isOfRefreshToken(cause)) {
      refreshRefused(old, cause);
      release();
      return;
    }
    boolean isAnswerLost = wasSent && !(cause instanceof PlatformException);
    if (!isAnswerLost) { // Or another would send the same token while the platform is at work.
      release();
    }
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
    remember(stored);
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
