package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.TokenException;
import io.github.bililive.token.OAuthToken;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one broadcaster's tokens, and what has to be done next.
 *
 * <pre>
 *   absent ── load ──▶ current ── due, expired or refused: refresh ──▶ unsaved ── save ──▶ current
 *                        │                                             ▲ ▲  │ failed
 *                        │ refused for good, and the store             │ └──┘
 *                        ▼ holds no other pair                         │
 *                      ended ── the user gives a new pair ─────────────┤
 *                                                                      │
 *   any ── forget ──▶ forgotten ── the user gives a new pair ──────────┘
 *                       ▲   │ remove, until the store has done it
 *                       └───┘
 * </pre>
 *
 * <p>A step that failed is followed by a pause; whoever asks during it hears why, at once, unless
 * there is a pair that the platform has not refused: that is answered all the while. A pair that
 * was due when it was loaded, or looks expired, is answered once a refresh of it was tried, or
 * takes long.
 *
 * <p>Does no I/O and calls nobody. Its own monitor guards it: every caller holds it.
 */
final class TokenState {
  /** A token that is refused sooner than this shows that refreshing does not help. */
  static final long EARLY_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** The longest time without a look at the clock, which may be set or have slept. */
  private static final long LOOK_AGAIN_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final String broadcaster;
  private final RefresherDependencies shared;
  private final RefreshBackOff backOff;

  /** The pair; null until it is loaded or given, and once it is forgotten. */
  private @Nullable CurrentToken current;

  /** Why there will be no token until the user gives a new pair; null while there may be one. */
  private @Nullable AuthorisationRequiredException ended;

  /** Whether the store has to remove the pair. */
  private boolean removing;

  /** The pair that it has to remove, as far as it is known. */
  private @Nullable OAuthToken forgotten;

  /** Whether a refresh with the present refresh token was sent and its answer was lost. */
  private boolean answerLost;

  private boolean closed;

  /** Whether {@link #lossAtClose} was told. */
  private boolean lossTold;

  TokenState(String broadcaster, RefresherDependencies shared) {
    this.broadcaster = broadcaster;
    this.shared = shared;
    backOff = new RefreshBackOff(shared.scheduler, shared.random);
  }

  // What follows from it

  /** Returns the pair that the store holds, too; null if there is none. */
  @Nullable OAuthToken token() {
    return current == null || !current.isSaved ? null : current.token;
  }

  /** Returns what has to be done next, without the lock; null if there is nothing to do now. */
  @Nullable Runnable nextStep(TokenSteps steps) {
    CurrentToken present = current;
    if (backOff.isPaused()) {
      return null;
    }
    if (removing) {
      OAuthToken removed = forgotten;
      return () -> steps.remove(removed);
    }
    if (ended != null) {
      return null;
    }
    if (present != null && !present.isSaved) {
      return () -> steps.save(present.token);
    }
    if (closed) {
      return null;
    }
    if (present == null) {
      return steps::load;
    }
    return present.isToBeRenewed() ? () -> steps.refresh(present.token) : null;
  }

  /** Returns what whoever asks is told; null while there is nothing to tell yet. */
  TokenWaiter.@Nullable Answer answer(boolean isWorking) {
    CurrentToken present = current;
    AuthorisationRequiredException end = ended;
    if (end != null) {
      return waiter -> waiter.fail(end);
    }
    if (present != null && present.isUsable()) {
      return waiter -> waiter.answer(present.accessToken);
    }
    if (isWorking) {
      return null;
    }
    if (closed) {
      return waiter ->
          waiter.fail(new TokenException("accessToken", "the client is closed", null, 0));
    }
    TokenFailure why = backOff.reason();
    if (why == null) {
      return null;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(backOff.nanosLeft()) + 1;
    return waiter -> waiter.fail(why.in(millis));
  }

  /** Returns when to look for a step again, in nanoseconds from now; null if never. */
  @Nullable Long nanosToNextLook() {
    CurrentToken present = current;
    if (closed) {
      return null;
    }
    if (removing) {
      return Math.max(0, backOff.nanosLeft());
    }
    if (ended != null || present == null) {
      return null;
    }
    if (backOff.isPaused() && (!present.isSaved || present.isToBeRenewed())) {
      return backOff.nanosLeft();
    }
    long millis = Math.min(present.lifetime.millisToRenewal(), LOOK_AGAIN_MILLIS);
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  /** Returns, once, what closing the client leaves undone, as a sentence; null if nothing. */
  @Nullable String lossAtClose() {
    boolean isUnsaved = current != null && !current.isSaved;
    if (!closed || lossTold || !(removing || isUnsaved)) {
      return null;
    }
    lossTold = true;
    return removing
        ? "the pair of broadcaster '"
            + broadcaster
            + "' is still in the token store: the store had not removed it when the client closed"
        : "the new pair of broadcaster '"
            + broadcaster
            + "' is lost: the token store had not saved it when the client closed, and the"
            + " platform may have spent the one before; they may have to authorise the app anew";
  }

  // What the user and the platform do

  void replace(OAuthToken token) {
    requireOpen();
    current = CurrentToken.given(dated(token), shared);
    ended = null;
    removing = false;
    forgotten = null;
    startAfresh();
  }

  void forget() {
    requireOpen();
    if (current != null) {
      forgotten = current.token;
    }
    current = null;
    ended =
        new AuthorisationRequiredException(
            "accessToken", broadcaster, "the app has forgotten them", null);
    removing = true;
    startAfresh();
  }

  private void startAfresh() {
    answerLost = false;
    backOff.endEarlyRefusals();
    backOff.succeeded();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the client is closed");
    }
  }

  /** Takes in that the platform refused a token. Returns whether it is the present one. */
  boolean invalidate(AccessToken token) {
    CurrentToken present = current;
    if (present == null || present.isRefused || !present.accessToken.equals(token)) {
      return false;
    }
    present.isRefused = true;
    if (!present.isRenewed || present.lifetime.nanosSinceItCame() >= EARLY_NANOS) {
      backOff.endEarlyRefusals();
    } else {
      backOff.refusedEarly(TokenFailure.ofRejection(broadcaster));
    }
    return true;
  }

  /**
   * Ends it, but for what the store has to save or remove: it is asked once more. Returns whether
   * it was open.
   */
  boolean close() {
    boolean wasOpen = !closed;
    closed = true;
    if (wasOpen) {
      backOff.endPause();
    }
    return wasOpen;
  }

  // What steps come to

  void loaded(OAuthToken token) {
    if (current == null && ended == null) {
      current = CurrentToken.loaded(token, shared);
      backOff.succeeded();
    }
  }

  /**
   * The store holds no pair, and is asked again after a pause, if somebody asks. Returns false if
   * one was given, or forgotten, meanwhile.
   */
  boolean absent(AuthorisationRequiredException cause) {
    if (current != null || ended != null) {
      return false;
    }
    backOff.pauseFor(backOff.afterFailure(), TokenFailure.ofAbsence(cause));
    return true;
  }

  void saved(OAuthToken token) {
    CurrentToken present = current;
    if (present != null && present.token.equals(token)) {
      present.isSaved = true;
      backOff.succeeded();
    }
  }

  void removed() {
    if (removing) {
      removing = false;
      forgotten = null;
      backOff.succeeded();
    }
  }

  /** A step threw what none should, or there was no thread for it. It is tried again. */
  void stepFailed(Throwable thrown) {
    TokenException cause = new TokenException("accessToken", thrown.getClass().getName(), null, 0);
    backOff.pauseFor(backOff.afterFailure(), TokenFailure.ofRefresh(broadcaster, cause));
  }

  /** Returns the pause before the store is asked again, in nanoseconds. */
  long storeFailed(TokenFailure why) {
    long pauseNanos = backOff.afterFailure();
    backOff.pauseFor(pauseNanos, why);
    return pauseNanos;
  }

  /** A refresh hangs: its token is used until the platform refuses it. */
  void refreshTakesLong() {
    if (current != null) {
      current.isTried = true;
    }
  }

  void renewed(OAuthToken old, OAuthToken token) {
    if (isStill(old)) {
      current = CurrentToken.renewed(token, shared);
      answerLost = false;
      backOff.succeeded();
    }
  }

  /** A refresh failed; returns the pause before the next, in nanoseconds. */
  long refreshFailed(OAuthToken old, BiliLiveException cause, boolean isAnswerLost) {
    long pauseNanos = backOff.afterFailure(cause, isAnswerLost);
    if (current != null && isStill(old)) {
      current.isTried = true;
      answerLost |= isAnswerLost;
      backOff.pauseFor(pauseNanos, TokenFailure.ofRefresh(broadcaster, cause));
    }
    return pauseNanos;
  }

  /**
   * The platform refused to renew a pair for good. Another one in the store is taken up; if there
   * is none, returns the end.
   */
  @Nullable AuthorisationRequiredException refreshRefused(
      OAuthToken old, @Nullable OAuthToken stored, BiliLiveException cause) {
    if (!isStill(old)) {
      return null;
    }
    if (stored != null && !stored.getRefreshToken().equals(old.getRefreshToken())) {
      current = CurrentToken.loaded(stored, shared);
      backOff.succeeded();
      return null;
    }
    String problem =
        answerLost
            ? "the platform did not renew their tokens, perhaps because it had done so before and"
                + " the answer was lost: "
            : "the platform did not renew their tokens: ";
    AuthorisationRequiredException end =
        new AuthorisationRequiredException(
            "refreshToken", broadcaster, problem + cause.getMessage(), cause);
    ended = end;
    return end;
  }

  /** Returns whether no other pair was given meanwhile, and this one not forgotten. */
  private boolean isStill(OAuthToken token) {
    return current != null && current.token.equals(token);
  }

  /** A pair that is handed in without saying when it was granted counts as granted just now. */
  private OAuthToken dated(OAuthToken token) {
    return token.getGrantedAtSeconds() > 0
        ? token
        : OAuthToken.of(
            token.getAccessToken(),
            token.getRefreshToken(),
            token.getExpiresAtSeconds(),
            token.getScopes(),
            Math.max(0, TimeUnit.MILLISECONDS.toSeconds(shared.wallClock.currentTimeMillis())));
  }
}
