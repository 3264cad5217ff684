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
 * <p>The store may be shared with other clients, in other processes, too. So it is read before each
 * refresh and after one that was refused, and a pair of another's is taken up, also when this
 * client's own is refused for good. While another renews the pair, this one waits for what it
 * saves.
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

  /** How often a pair that another client renews is looked for in the store, at most. */
  private static final long OTHERS_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The longest time without a look at the clock, which may be set or have slept. */
  private static final long LOOK_AGAIN_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final String broadcaster;
  private final RefresherDependencies shared;
  private final RefreshBackOff backOff;

  /** The pair; null until it is loaded or given, and once it is forgotten. */
  private @Nullable CurrentToken current;

  /**
   * A pair that a refresh of ours brought when there was another by then, in the store or from the
   * user, or one that the store holds no more and an older one in its place: it is of use if the
   * platform refuses that one. Null if there is none.
   */
  private @Nullable OAuthToken spare;

  /**
   * Why there will be no token until the user gives a new pair; null while there may be one. If
   * there is a {@link #current} pair, the platform has refused it, and another client may store a
   * new one; if not, it was forgotten.
   */
  private @Nullable AuthorisationRequiredException ended;

  /** Whether another client renews the pair. */
  private boolean othersRenew;

  /** Since when. Counts only if they do. */
  private long othersSinceNanos;

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
    if (present != null && !present.isSaved) {
      return () -> steps.save(present.token, present.replaced);
    }
    if (closed || (ended != null && present == null)) {
      return null;
    }
    if (present == null || ended != null) {
      return steps::load;
    }
    return present.isToBeRenewed() ? () -> steps.refresh(present.token) : null;
  }

  /** Returns what whoever asks is told; null while there is nothing to tell yet. */
  TokenWaiter.@Nullable Answer answer(boolean isWorking) {
    CurrentToken present = current;
    AuthorisationRequiredException end = ended;
    if (end != null) {
      return isWorking && present != null ? null : waiter -> waiter.fail(end);
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
    if (why == null || othersRenew) {
      return null;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(backOff.nanosLeft()) + 1;
    return waiter -> waiter.fail(why.in(millis));
  }

  /** Returns whether those who wait go on waiting although there is nothing to do just now. */
  boolean waitsForOthers() {
    return othersRenew;
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
    if (othersRenew) {
      return Math.max(0, backOff.nanosLeft());
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
    current = CurrentToken.given(token, shared);
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
    spare = null;
    backOff.endEarlyRefusals();
    changed();
  }

  /** There is another pair, or none any more. */
  private void changed() {
    answerLost = false;
    othersRenew = false;
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

  /** The store was read, where there was no pair or one that the platform has refused for good. */
  void loaded(OAuthToken token) {
    CurrentToken present = current;
    if (present == null && ended == null) {
      current = CurrentToken.loaded(token, shared);
      backOff.succeeded();
    } else if (present != null && ended != null) {
      if (CurrentToken.isSame(present.token, token)) {
        lookAgainLater(ended);
      } else {
        takeUp(present.token, token);
      }
    }
  }

  /** The store holds another pair than the one in memory, which another client has stored there. */
  void takeUp(OAuthToken old, OAuthToken stored) {
    if (isStill(old)) {
      if (ended == null
          && spare == null
          && old.getGrantedAtSeconds() > stored.getGrantedAtSeconds()) {
        spare = old; // The store went back, as one does that is restored from a backup.
      }
      ended = null;
      current = CurrentToken.takenUp(stored, shared);
      changed();
    }
  }

  private void lookAgainLater(AuthorisationRequiredException end) {
    backOff.pauseFor(RefreshBackOff.CAP_NANOS, TokenFailure.ofAbsence(end));
  }

  /**
   * The store holds no pair, or none any more, and is asked again after a pause, if somebody asks.
   * Returns false if one was given, or forgotten, meanwhile, or the end was told before.
   */
  boolean absent(AuthorisationRequiredException cause) {
    if (ended != null && current != null) {
      lookAgainLater(ended);
    }
    if (ended != null || (current != null && !current.isSaved)) {
      return false;
    }
    current = null;
    othersRenew = false;
    backOff.pauseFor(backOff.afterFailure(), TokenFailure.ofAbsence(cause));
    return true;
  }

  /** Another client renews the pair: what it stores is looked for after a pause. */
  void othersRenew() {
    CurrentToken present = current;
    long now = shared.scheduler.nanoTime();
    if (present == null || ended != null) {
      return;
    }
    if (!othersRenew) {
      othersRenew = true;
      othersSinceNanos = now;
    } else if (now - othersSinceNanos >= shared.patienceNanos()) {
      present.isTried = true;
    }
    long pauseNanos = (long) (OTHERS_PAUSE_NANOS * (1 + shared.random.nextDouble()) / 2);
    backOff.pauseFor(pauseNanos, TokenFailure.ofOthers(broadcaster));
  }

  void saved(OAuthToken token) {
    CurrentToken present = current;
    if (present != null && present.token.equals(token)) {
      present.isSaved = true;
      backOff.succeeded();
    }
  }

  /** The store refused a pair, since it holds another, which is taken up, or none. */
  void saveRefused(OAuthToken token, @Nullable OAuthToken stored) {
    if (!isStill(token)) {
      return;
    }
    if (stored == null) {
      current = null;
      changed();
    } else {
      takeUp(token, stored);
    }
    spare = token; // Also if there is none: a store that has lost its pairs may get them back.
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
    othersRenew = false;
    TokenException cause = new TokenException("accessToken", thrown.getClass().getName(), null, 0);
    backOff.pauseFor(backOff.afterFailure(), TokenFailure.ofRefresh(broadcaster, cause));
  }

  /** Returns the pause before the store is asked again, in nanoseconds. */
  long storeFailed(TokenFailure why) {
    long pauseNanos = backOff.afterFailure();
    othersRenew = false;
    if (current != null) {
      current.isTried = true;
    }
    backOff.pauseFor(pauseNanos, why);
    return pauseNanos;
  }

  /** A refresh hangs: its token is used until the platform refuses it. */
  void refreshTakesLong() {
    if (current != null) {
      current.isTried = true;
    }
  }

  /** Returns false if another pair was given meanwhile, or this one forgotten. */
  boolean renewed(OAuthToken old, OAuthToken token) {
    boolean isWanted = isStill(old);
    if (isWanted) {
      current = CurrentToken.renewed(token, old, shared);
      spare = null; // The platform did renew the other pair.
      changed();
    } else if (current != null) {
      spare = token;
    }
    return isWanted;
  }

  /** A refresh failed; returns the pause before the next, in nanoseconds. */
  long refreshFailed(OAuthToken old, BiliLiveException cause, boolean isAnswerLost) {
    long pauseNanos = backOff.afterFailure(cause, isAnswerLost);
    othersRenew = false;
    if (current != null && isStill(old)) {
      current.isTried = true;
      answerLost |= isAnswerLost;
      backOff.pauseFor(pauseNanos, TokenFailure.ofRefresh(broadcaster, cause));
    }
    return pauseNanos;
  }

  /**
   * The platform refused to renew a pair for good. Another one in the store is taken up, or the one
   * that the store had refused; if there is none, returns the end.
   */
  @Nullable AuthorisationRequiredException refreshRefused(
      OAuthToken old, @Nullable OAuthToken stored, BiliLiveException cause) {
    if (!isStill(old)) {
      return null;
    }
    if (stored != null && !CurrentToken.isSame(stored, old)) {
      takeUp(old, stored);
      return null;
    }
    if (stored != null && spare != null) {
      current = CurrentToken.renewed(spare, old, shared);
      spare = null;
      changed();
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
    othersRenew = false;
    lookAgainLater(end);
    return end;
  }

  /** Returns whether no other pair was given meanwhile, and this one not forgotten. */
  private boolean isStill(OAuthToken token) {
    return current != null && current.token.equals(token);
  }
}
