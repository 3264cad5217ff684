package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.Credentials;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.http.Renewals;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.VirtualTime;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.TokenStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** What a {@link TokenRefresher} acts through, by hand: work runs when the test lets it. */
final class FakeTokenWorld implements Renewals, TokenStore {
  static final long NOW_SECONDS = 1_760_000_000;

  /** What a renewal comes to. */
  interface Script {
    OAuthToken run(OAuthToken present) throws BiliLiveException;
  }

  final VirtualTime time = new VirtualTime();
  private final Duration began = time.elapsed();

  /** How far the wall's clock is off. */
  Duration wallOffset = Duration.ZERO;

  /** How much later it is on the platform's clock than when a world begins. */
  Duration platformAhead = Duration.ZERO;

  final Deque<Runnable> work = new ArrayDeque<>();
  final Map<String, OAuthToken> stored = new HashMap<>();
  final List<String> log = new ArrayList<>();

  /** What the next calls of load and of save fail with. */
  final Deque<Exception> loadFailures = new ArrayDeque<>();

  final Deque<Exception> saveFailures = new ArrayDeque<>();
  final Deque<Exception> removeFailures = new ArrayDeque<>();

  /** What the next renewals come to; a new pair if there is none. */
  final Deque<Script> scripts = new ArrayDeque<>();

  /** What happens while a load, or a save, is under way. */
  Runnable duringLoad = () -> {};

  Runnable duringSave = () -> {};

  /** What the executor throws; null if it takes what it is given. */
  @Nullable Error executorFailure;

  boolean sent = true;
  Duration lifetime = Duration.ofHours(2);
  int renewals;

  final RefresherDependencies dependencies =
      new RefresherDependencies(
          this,
          this,
          new Redaction(Credentials.of("app", "hush-secret")),
          new EventPoster<>(new Events(), TokenEvents.NONE, Runnable::run),
          time,
          this::wallMillis,
          this::execute,
          new Random(7),
          (provider, reason) -> {},
          (provider, isForgotten) -> {},
          1_000);

  final TokenRefresher refresher = new TokenRefresher("alice", dependencies);

  private void execute(Runnable task) {
    if (executorFailure != null) {
      throw executorFailure;
    }
    work.add(task);
  }

  /** One who asks. */
  static final class Asked implements AnswerCallback<AccessToken> {
    @Nullable String token;
    @Nullable BiliLiveException error;

    @Override
    public void onSuccess(AccessToken answer) {
      token = hasHeard() ? "answered twice" : answer.getText();
    }

    @Override
    public void onFailure(BiliLiveException failure) {
      if (hasHeard()) {
        token = "answered twice";
      }
      error = failure;
    }

    boolean hasHeard() {
      return token != null || error != null;
    }
  }

  private final class Events implements TokenEvents {
    @Override
    public void refreshBegan(String broadcaster) {
      log.add("refresh began");
    }

    @Override
    public void refreshed(String broadcaster, long expiresAtSeconds) {
      log.add("refreshed");
    }

    @Override
    public void refreshFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
      log.add("refresh failed");
    }

    @Override
    public void stored(String broadcaster) {
      log.add("stored");
    }

    @Override
    public void storeFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
      log.add("store failed");
    }

    @Override
    public void authorisationRequired(String broadcaster, AuthorisationRequiredException cause) {
      log.add("authorisation required");
    }

    @Override
    public void forgotten(String broadcaster) {
      log.add("forgotten");
    }
  }

  long wallMillis() {
    return NOW_SECONDS * 1000 + time.elapsed().minus(began).plus(wallOffset).toMillis();
  }

  /** The platform's own clock is never off. */
  long platformMillis() {
    return wallMillis() - wallOffset.minus(platformAhead).toMillis();
  }

  OAuthToken token(int number) {
    return OAuthToken.of(
        "hush-access-" + number,
        "hush-refresh-" + number,
        platformMillis() / 1000 + lifetime.toSeconds(),
        List.of("LIVE_ROOM_DATA"),
        wallMillis() / 1000);
  }

  Asked ask() {
    Asked asked = new Asked();
    refresher.accessToken(asked);
    return asked;
  }

  /** Runs all work that there is, and returns what who asks is told then. */
  Asked askAndWork() {
    Asked asked = ask();
    runWork();
    return asked;
  }

  void runWork() {
    for (Runnable next = work.poll(); next != null; next = work.poll()) {
      next.run();
    }
  }

  /** Moves the clock in small steps, with work done in each. */
  void advance(Duration duration, Duration step) {
    for (Duration done = Duration.ZERO; done.compareTo(duration) < 0; done = done.plus(step)) {
      time.advance(step);
      runWork();
    }
  }

  @Override
  public Renewal refreshToken(OAuthToken present) {
    return new Renewal() {
      @Override
      public OAuthToken execute() throws BiliLiveException {
        renewals++;
        log.add("renew " + present.getRefreshToken());
        Script script = scripts.poll();
        return script == null ? grant() : script.run(present);
      }

      @Override
      public boolean wasSent() {
        return sent;
      }
    };
  }

  OAuthToken grant() {
    return token(100 + renewals);
  }

  @Override
  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    log.add("load");
    duringLoad.run();
    failIfToldTo(loadFailures);
    return stored.get(broadcaster);
  }

  @Override
  public void save(String broadcaster, OAuthToken token) throws IOException {
    log.add("save " + token.getRefreshToken());
    duringSave.run();
    failIfToldTo(saveFailures);
    stored.put(broadcaster, token);
  }

  @Override
  public void remove(String broadcaster) throws IOException {
    log.add("remove");
    failIfToldTo(removeFailures);
    stored.remove(broadcaster);
  }

  /** Lets the next calls of save fail. */
  void failSaves(int times) {
    for (int i = 0; i < times; i++) {
      saveFailures.add(new IOException("disk full"));
    }
  }

  private static void failIfToldTo(Deque<Exception> failures) throws IOException {
    Exception failure = failures.poll();
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
  }
}
