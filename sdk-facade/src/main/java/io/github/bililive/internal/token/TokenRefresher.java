package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.token.OAuthToken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one broadcaster's pair: loads it, renews it, saves it, one step at a time on one thread of
 * the executor's, however many ask.
 *
 * <pre>
 *   absent ── load ──▶ held ── due, expired or refused: refresh ──▶ unsaved ── save ──▶ held
 *                       │                                            ▲   │ failed
 *                       │ refused for good, and the store            └───┘
 *                       ▼ holds no other pair
 *                     ended ── the user hands in a new pair ──▶ unsaved
 * </pre>
 *
 * <p>A step that failed is followed by a pause; who asks in it hears why, at once. A pair that is
 * due, but not over, is answered all the while.
 *
 * <p>Safe for use by several threads; no I/O and no callback under the lock.
 */
public final class TokenRefresher {
  /** A token that is refused sooner than this shows that refreshing is no cure. */
  static final long YOUNG_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** The longest timer: the clock may have been set, or the machine asleep. */
  private static final long LOOK_AGAIN_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** What is done outside the lock. */
  private interface Step {
    void run();
  }

  /** What who asks is told. */
  private interface Outcome {
    void tell(TokenWaiter question);
  }

  private final String broadcaster;
  private final RefresherContext world;

  private final Object lock = new Object();

  /** The pair; null until it is loaded. Guarded by the lock, as all that follows. */
  private @Nullable HeldToken held;

  /** Why there will be no token; null while there may be. */
  private @Nullable AuthorisationRequiredException ended;

  private final RefreshBackOff setback;

  /** Whether a refresh with the present refresh token was sent and its answer not read. */
  private boolean answerLost;

  /** Whether a thread is at work, or about to be. */
  private boolean working;

  private final List<TokenWaiter> waiting = new ArrayList<>();

  /** Null if none is set. */
  private @Nullable Cancellable timer;

  private boolean closed;

  public TokenRefresher(String broadcaster, RefresherContext world) {
    this.broadcaster = broadcaster;
    this.world = world;
    setback = new RefreshBackOff(world.scheduler, world.random);
  }

  public PendingCall ask(AnswerCallback<AccessToken> callback) {
    TokenWaiter question = new TokenWaiter(callback);
    boolean begins;
    Outcome outcome;
    synchronized (lock) {
      begins = takesUpWork();
      outcome = outcome();
      if (outcome == null) {
        waiting.add(question);
      }
    }
    if (begins) {
      begin();
    }
    if (outcome != null) {
      outcome.tell(question);
    }
    return () -> takeBack(question);
  }

  private void takeBack(TokenWaiter question) {
    synchronized (lock) {
      waiting.remove(question);
    }
    question.takeBack();
  }

  public void refused(AccessToken token) {
    boolean begins;
    synchronized (lock) {
      HeldToken present = held;
      if (present == null || present.isRefused || !present.token.access().equals(token)) {
        return;
      }
      held = present.asRefused();
      countRejection(present);
      begins = takesUpWork();
    }
    if (begins) {
      begin();
    }
  }

  private void countRejection(HeldToken refused) {
    if (!refused.isRenewed || refused.lifetime.ageNanos() >= YOUNG_NANOS) {
      setback.endEarlyRefusals();
    } else if (setback.refusedEarly(TokenFailure.ofRejection(broadcaster))) {
      setTimer();
    }
  }

  /** Takes a pair that the broadcaster has newly authorised. */
  public void replaceToken(OAuthToken token) {
    boolean begins;
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      held = HeldToken.handedIn(token, lifetimeOfLoaded(token));
      ended = null;
      answerLost = false;
      setback.endEarlyRefusals();
      setback.succeeded();
      begins = takesUpWork();
    }
    if (begins) {
      begin();
    }
  }

  /** Returns the pair that is in use, or null if there is none. */
  public @Nullable OAuthToken token() {
    synchronized (lock) {
      return held == null || !held.isSaved ? null : held.token;
    }
  }

  /** Ends it, but for a step under way and a pair that is not saved, which is offered once more. */
  public void close() {
    boolean begins;
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      setback.endPause();
      cancelTimer();
      begins = takesUpWork();
    }
    if (begins) {
      begin();
    }
  }

  // What is to be done

  private boolean takesUpWork() {
    if (working || nextStep() == null) {
      return false;
    }
    working = true;
    return true;
  }

  private @Nullable Step nextStep() {
    HeldToken present = held;
    if (ended != null || setback.isPaused()) {
      return null;
    }
    if (present != null && !present.isSaved) {
      return () -> save(present.token);
    }
    if (closed) {
      return null;
    }
    if (present == null) {
      return this::load;
    }
    return present.isToBeRenewed() ? () -> refresh(present.token) : null;
  }

  /** Null while there is nothing to be told yet. */
  private @Nullable Outcome outcome() {
    HeldToken present = held;
    AuthorisationRequiredException end = ended;
    if (end != null) {
      return question -> question.fail(end);
    }
    if (present != null && present.isUsable()) {
      return question -> question.answer(present.token.access());
    }
    if (working) {
      return null;
    }
    if (closed) {
      return question ->
          question.fail(new TokenException("accessToken", "the client is closed", null, 0));
    }
    TokenFailure why = setback.reason();
    if (why == null) {
      return null;
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(setback.nanosLeft()) + 1;
    return question -> question.fail(why.in(millis));
  }

  // Work, on a thread of the executor's

  private void begin() {
    try {
      world.executor.execute(this::work);
    } catch (RejectedExecutionException e) { // The client is closed.
      List<TokenWaiter> unanswered;
      synchronized (lock) {
        closed = true;
        working = false;
        unanswered = TokenWaiter.takeAll(waiting);
      }
      for (TokenWaiter question : unanswered) {
        question.takeBack();
      }
    }
  }

  private void work() {
    for (Step step = stepOrEnd(); step != null; step = stepOrEnd()) {
      step.run();
    }
  }

  /** Returns what is to be done next; null if that was all, and those who wait have been told. */
  private @Nullable Step stepOrEnd() {
    Outcome outcome;
    List<TokenWaiter> told;
    synchronized (lock) {
      Step step = nextStep();
      if (step != null) {
        return step;
      }
      working = false;
      outcome = outcome();
      if (outcome == null && !waiting.isEmpty()) {
        working = true;
        return () -> {}; // A clock moved on just now: there is a step next time.
      }
      told = TokenWaiter.takeAll(waiting);
      setTimer();
    }
    if (outcome != null) {
      for (TokenWaiter question : told) {
        outcome.tell(question);
      }
    }
    return null;
  }

  private void load() {
    OAuthToken loaded;
    try {
      loaded = world.store.load(broadcaster);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      storeFailed("load", TokenSecrets.withoutSecrets(e));
      return;
    }
    if (loaded == null) {
      absent();
      return;
    }
    synchronized (lock) {
      if (held == null) {
        held = HeldToken.loaded(loaded, lifetimeOfLoaded(loaded));
        setback.succeeded();
      }
    }
  }

  private void absent() {
    AuthorisationRequiredException cause =
        new AuthorisationRequiredException(
            "load", broadcaster, "the token store holds no pair for them", null);
    synchronized (lock) {
      setback.pauseFor(setback.afterFailure(), TokenFailure.ofAbsence(cause));
    }
    world.events.post(events -> events.authorisationRequired(broadcaster, cause));
  }

  private void save(OAuthToken token) {
    try {
      world.store.save(broadcaster, token);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      storeFailed(
          "save", TokenSecrets.withoutSecrets(e, token.getAccessToken(), token.getRefreshToken()));
      return;
    }
    synchronized (lock) {
      HeldToken present = held;
      if (present != null && present.token.equals(token)) {
        held = present.asSaved();
        setback.succeeded();
      }
    }
    world.events.post(events -> events.stored(broadcaster));
  }

  private void storeFailed(String operation, Throwable cause) {
    TokenFailure why = TokenFailure.ofStore(operation, broadcaster, cause);
    long pauseNanos;
    synchronized (lock) {
      pauseNanos = setback.afterFailure();
      setback.pauseFor(pauseNanos, why);
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(pauseNanos);
    world.events.post(events -> events.storeFailed(broadcaster, why.in(millis), millis));
  }

  private void refresh(OAuthToken present) {
    world.events.post(events -> events.refreshBegan(broadcaster));
    Renewals.Renewal renewal = world.renewals.of(present);
    Renewals.Granted granted;
    try {
      granted = renewal.execute();
    } catch (BiliLiveException e) {
      refreshFailed(present, e, renewal.wasSent());
      return;
    } catch (RuntimeException e) {
      BiliLiveException wrapped = new TokenException("refreshToken", e.toString(), e, 0);
      refreshFailed(present, wrapped, renewal.wasSent());
      return;
    }
    TokenLifetime lifetime =
        TokenLifetime.ofGranted(
            granted.token, granted.atMillis, world.scheduler, world.wallClock, world.random);
    synchronized (lock) {
      if (isStill(present)) {
        held = HeldToken.renewed(granted.token, lifetime);
        answerLost = false;
        setback.succeeded();
      }
    }
    world.events.post(events -> events.refreshed(broadcaster, granted.token.getExpiresAtSeconds()));
  }

  private void refreshFailed(OAuthToken present, BiliLiveException cause, boolean wasSent) {
    switch (cause.getRemedy()) {
      case SIGN_IN_AGAIN:
        refreshRefused(present, cause);
        return;
      case RETRY:
      case WAIT:
      case START_AGAIN:
      case GIVE_UP:
        break;
    }
    boolean unread = wasSent && !(cause instanceof PlatformException);
    long pauseNanos;
    synchronized (lock) {
      pauseNanos = setback.afterFailure(cause, unread);
      if (isStill(present)) {
        answerLost |= unread;
        setback.pauseFor(pauseNanos, TokenFailure.ofRefresh(broadcaster, cause));
      }
    }
    world.events.post(
        events ->
            events.refreshFailed(broadcaster, cause, TimeUnit.NANOSECONDS.toMillis(pauseNanos)));
  }

  /** The refresh token is of no use: unless the store holds another by now, that is the end. */
  private void refreshRefused(OAuthToken present, BiliLiveException cause) {
    OAuthToken stored;
    try {
      stored = world.store.load(broadcaster);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      storeFailed("load", TokenSecrets.withoutSecrets(e, present.getRefreshToken()));
      return;
    }
    AuthorisationRequiredException end = null;
    synchronized (lock) {
      if (!isStill(present)) {
        return;
      }
      if (stored != null && !stored.getRefreshToken().equals(present.getRefreshToken())) {
        held = HeldToken.loaded(stored, lifetimeOfLoaded(stored));
        setback.succeeded();
      } else {
        end =
            new AuthorisationRequiredException(
                "refreshToken",
                broadcaster,
                (answerLost
                        ? "the platform did not renew their tokens, perhaps since it had done so"
                            + " before and the answer was lost: "
                        : "the platform did not renew their tokens: ")
                    + cause.getMessage(),
                cause);
        ended = end;
      }
    }
    AuthorisationRequiredException told = end;
    if (told != null) {
      world.events.post(events -> events.authorisationRequired(broadcaster, told));
    }
  }

  /** Whether no other pair was handed in meanwhile. */
  private boolean isStill(OAuthToken present) {
    return held != null && held.token.equals(present);
  }

  private TokenLifetime lifetimeOfLoaded(OAuthToken token) {
    return TokenLifetime.ofLoaded(token, world.scheduler, world.wallClock, world.random);
  }

  // The timer

  private void setTimer() {
    cancelTimer();
    HeldToken present = held;
    if (closed || ended != null || present == null) {
      return;
    }
    long delayNanos;
    if (setback.isPaused() && (!present.isSaved || present.isToBeRenewed())) {
      delayNanos = setback.nanosLeft();
    } else {
      long millis = Math.min(present.lifetime.millisToRenewal(), LOOK_AGAIN_MILLIS);
      delayNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }
    timer = world.scheduler.schedule(this::ring, delayNanos);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private void ring() {
    boolean begins;
    synchronized (lock) {
      timer = null;
      begins = takesUpWork();
      if (!working) {
        setTimer();
      }
    }
    if (begins) {
      begin();
    }
  }
}
