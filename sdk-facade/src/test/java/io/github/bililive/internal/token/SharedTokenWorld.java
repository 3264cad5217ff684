package io.github.bililive.internal.token;

import io.github.bililive.AccessToken;
import io.github.bililive.Credentials;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.http.Renewals;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.VirtualTime;
import io.github.bililive.internal.token.FakeTokenWorld.Asked;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.TokenStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A platform whose refresh tokens work once, a store, and processes that share it, in virtual time.
 * While one waits for the store or the platform, the others may go on, in an order that the seed
 * draws; each may be killed at each of these points.
 */
final class SharedTokenWorld {
  static final long NOW_SECONDS = 1_760_000_000;

  /** Where a process can be killed, in the order of a refresh. */
  static final List<String> POINTS =
      List.of(
          "before lease",
          "after lease",
          "before load",
          "before request",
          "after answer",
          "before save",
          "after save",
          "before release",
          "after release");

  /** Where its pair is lost by the platform's rules. */
  static final Set<String> LOSING = Set.of("after answer", "before save");

  private static final class Killed extends Error {
    Killed() {
      super("killed", null, false, false);
    }
  }

  final VirtualTime time = new VirtualTime();
  private final Duration began = time.elapsed();
  private final Random random;
  final List<Process> processes = new ArrayList<>();

  /** How long each wait for store or platform may take; drawn anew for each. */
  Duration slowness = Duration.ZERO;

  /** Whether the others go on meanwhile. */
  boolean interleaves;

  // The store

  final Map<String, OAuthToken> stored = new HashMap<>();
  private final Map<String, String> leaseOwners = new HashMap<>();
  private final Map<String, Duration> leaseEnds = new HashMap<>();
  boolean storeIsDown;

  // The platform

  /** Whose the refresh tokens are that work. */
  private final Map<String, String> refreshTokens = new HashMap<>();

  private final Set<String> accessTokens = new HashSet<>();

  /** How often each broadcaster's pair was renewed. */
  final Map<String, Integer> renewed = new HashMap<>();

  /** Refresh tokens that were sent after they were spent. */
  final List<String> sentAgain = new ArrayList<>();

  private int granted;

  SharedTokenWorld(long seed) {
    random = new Random(seed);
  }

  OAuthToken grant(String broadcaster) {
    granted++;
    OAuthToken pair = pair(granted);
    refreshTokens.put(pair.getRefreshToken(), broadcaster);
    accessTokens.add(pair.getAccessToken());
    return pair;
  }

  private OAuthToken pair(int number) {
    long now = wallMillis() / 1000;
    return OAuthToken.of("hush-a" + number, "hush-r" + number, now + 2_592_000, List.of(), now);
  }

  long wallMillis() {
    return NOW_SECONDS * 1000 + time.elapsed().minus(began).toMillis();
  }

  boolean isValid(@Nullable String accessToken) {
    return accessTokens.contains(accessToken);
  }

  boolean isLeased(String broadcaster) {
    return leaseOwners.containsKey(broadcaster)
        && time.elapsed().compareTo(leaseEnds.get(broadcaster)) < 0;
  }

  /** The platform refuses an access token from now on, in each process that holds it. */
  void refuse(OAuthToken pair) {
    accessTokens.remove(pair.getAccessToken());
    for (Process process : processes) {
      for (TokenRefresher refresher : process.refreshers.values()) {
        refresher.invalidate(AccessToken.of(pair.getAccessToken()));
      }
    }
  }

  /** The platform takes neither of its tokens any more. */
  void end(OAuthToken pair) {
    refreshTokens.remove(pair.getRefreshToken());
    refuse(pair);
  }

  Process start() {
    Process process = new Process();
    processes.add(process);
    return process;
  }

  /** Lets time pass, with all processes' work done. */
  void pass(Duration duration) {
    for (Duration done = Duration.ZERO; done.compareTo(duration) < 0; done = done.plusSeconds(1)) {
      time.advance(Duration.ofSeconds(1));
      work();
    }
  }

  void work() {
    boolean isDone = false;
    while (!isDone) {
      isDone = true;
      for (Process process : processes) {
        isDone &= !process.work();
      }
    }
  }

  /** One process with a client. */
  final class Process implements TokenStore, Renewals {
    final Map<String, TokenRefresher> refreshers = new HashMap<>();
    final List<String> log = new ArrayList<>();
    private final Deque<Runnable> tasks = new ArrayDeque<>();

    /** Where it is killed; null if it is not. */
    @Nullable String diesAt;

    /** What happens at the next point of this name. */
    final Map<String, Runnable> at = new HashMap<>();

    boolean isDead;
    private boolean isWorking;

    private final RefresherDependencies dependencies =
        new RefresherDependencies(
            this,
            this,
            new Redaction(Credentials.of("app", "hush-secret")),
            new EventPoster<>(new Events(), TokenEvents.NONE, Runnable::run),
            time,
            SharedTokenWorld.this::wallMillis,
            tasks::add,
            random,
            (provider, reason) -> {},
            (provider, isForgotten) -> {},
            30_000);

    TokenRefresher of(String broadcaster) {
      return refreshers.computeIfAbsent(
          broadcaster, name -> new TokenRefresher(name, dependencies));
    }

    Asked ask(String broadcaster) {
      Asked asked = new Asked();
      of(broadcaster).accessToken(asked);
      return asked;
    }

    /** Returns whether there was any. */
    boolean work() {
      Runnable task = isWorking || isDead ? null : tasks.poll();
      if (task == null) {
        return false;
      }
      isWorking = true;
      task.run();
      isWorking = false;
      return true;
    }

    private void at(String point) {
      Runnable planned = at.remove(point);
      if (planned != null) {
        planned.run();
      }
      isDead |= point.equals(diesAt);
      if (!isDead) {
        time.advance(slowness.multipliedBy(random.nextInt(100)).dividedBy(100));
        for (Process other : processes) {
          if (interleaves && other != this && random.nextBoolean()) {
            other.work();
          }
        }
      }
      if (isDead) {
        throw new Killed();
      }
    }

    private void requireUp() throws IOException {
      if (storeIsDown) {
        throw new IOException("no route");
      }
    }

    @Override
    public @Nullable OAuthToken load(String broadcaster) throws IOException {
      at("before load");
      requireUp();
      return stored.get(broadcaster);
    }

    @Override
    public void save(String broadcaster, OAuthToken token) throws IOException {
      at("before first save");
      requireUp();
      stored.put(broadcaster, token);
    }

    @Override
    public boolean save(String broadcaster, OAuthToken token, OAuthToken replaced)
        throws IOException {
      at("before save");
      requireUp();
      boolean isSaved = stored.replace(broadcaster, replaced, token);
      at("after save");
      return isSaved;
    }

    @Override
    public void remove(String broadcaster) throws IOException {
      requireUp();
      stored.remove(broadcaster);
      leaseOwners.remove(broadcaster);
    }

    @Override
    public boolean lease(String broadcaster, String owner, long millis) throws IOException {
      at("before lease");
      requireUp();
      boolean isTaken =
          stored.containsKey(broadcaster)
              && (!isLeased(broadcaster) || owner.equals(leaseOwners.get(broadcaster)));
      if (isTaken) {
        leaseOwners.put(broadcaster, owner);
        leaseEnds.put(broadcaster, time.elapsed().plusMillis(millis));
      }
      at("after lease");
      return isTaken;
    }

    @Override
    public void release(String broadcaster, String owner) throws IOException {
      at("before release");
      requireUp();
      leaseOwners.remove(broadcaster, owner);
      at("after release");
    }

    @Override
    public Renewal refreshToken(OAuthToken old) {
      return new Renewal() {
        @Override
        public OAuthToken execute() {
          at("before request");
          String broadcaster = refreshTokens.remove(old.getRefreshToken());
          if (broadcaster == null) {
            sentAgain.add(old.getRefreshToken());
            throw new PlatformException("refreshToken", 122_007, "", "r1");
          }
          accessTokens.remove(old.getAccessToken());
          renewed.merge(broadcaster, 1, Integer::sum);
          OAuthToken pair = grant(broadcaster);
          at("after answer");
          return pair;
        }

        @Override
        public boolean wasSent() {
          return true;
        }
      };
    }

    private final class Events implements TokenEvents {
      @Override
      public void refreshBegan(String broadcaster) {
        log.add("refresh began");
      }

      @Override
      public void stored(String broadcaster) {
        log.add("stored");
      }

      @Override
      public void saveRefused(String broadcaster) {
        log.add("save refused");
      }

      @Override
      public void storeFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
        log.add("store failed");
      }

      @Override
      public void authorisationRequired(String broadcaster, AuthorisationRequiredException cause) {
        log.add("authorisation required");
      }
    }
  }
}
