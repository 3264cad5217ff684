package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.Leaks;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import io.github.bililive.internal.token.FakeTokenWorld.Asked;
import io.github.bililive.token.OAuthToken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One broadcaster's tokens, in virtual time. */
class TokenRefresherTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofNanos(RefreshBackOff.CAP_NANOS);

  private final FakeTokenWorld world = new FakeTokenWorld();

  @Test
  void theStoredTokenIsLoadedOnceAndAnsweredWithoutARefresh() {
    world.stored.put("alice", world.token(1));

    assertThat(world.askAndWork().token).isEqualTo("hush-access-1");
    assertThat(world.ask().token).isEqualTo("hush-access-1");

    assertThat(world.log).containsExactly("load");
  }

  @Test
  void nothingIsReadOrSentBeforeSomebodyAsks() {
    world.stored.put("alice", world.token(1));
    world.advance(Duration.ofHours(3), Duration.ofMinutes(1));

    assertThat(world.log).isEmpty();
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void howeverManyAskThereIsOneRefreshAndAllHearItsToken() {
    expiredPair();
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      all.add(world.ask());
    }
    assertThat(world.work).hasSize(1);
    assertThat(all).noneMatch(Asked::hasHeard);

    world.runWork();

    assertThat(all).allMatch(asked -> "hush-access-101".equals(asked.token));
    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void manyThreadsThatAskAndReportAtOnceCauseOneRefresh() throws Exception {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    int threads = 16;
    CountDownLatch ready = new CountDownLatch(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Asked asked = new Asked();
      all.add(asked);
      executor.execute(
          () -> {
            ready.countDown();
            try {
              ready.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            synchronized (world) { // The fake is for one thread; the refresher's lock is inside.
              world.refresher.invalidate(AccessToken.of("hush-access-1"));
              world.refresher.accessToken(asked);
            }
          });
    }
    executor.shutdown();
    assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    world.runWork();

    assertThat(all).allMatch(asked -> "hush-access-101".equals(asked.token));
    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void theNewPairIsStoredBeforeItsTokenIsAnswered() {
    expiredPair();
    Asked asked = world.ask();
    world.scripts.add(
        present -> {
          assertThat(asked.hasHeard()).isFalse();
          return world.grant();
        });
    world.runWork();

    assertThat(world.log)
        .containsExactly(
            "load",
            "load", // Another client may have renewed it meanwhile.
            "refresh began",
            "renew hush-refresh-1",
            "refreshed",
            "save hush-refresh-101",
            "stored");
    assertThat(asked.token).isEqualTo("hush-access-101");
  }

  // Refused by the platform

  @Test
  void aRefusedTokenIsRenewedOnceHoweverOftenItIsReported() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();

    for (int room = 0; room < 100; room++) {
      world.refresher.invalidate(AccessToken.of("hush-access-1"));
    }
    world.runWork();
    for (int room = 0; room < 100; room++) {
      world.refresher.invalidate(AccessToken.of("hush-access-1"));
    }
    world.runWork();

    assertThat(world.renewals).isEqualTo(1);
    assertThat(world.ask().token).isEqualTo("hush-access-101");
  }

  @Test
  void tokensThatAreRefusedAsSoonAsTheyAreGrantedAreRenewedEverMoreSlowly() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    for (int second = 0; second < 1800; second++) {
      Asked asked = world.askAndWork();
      if (asked.token != null) {
        world.refresher.invalidate(AccessToken.of(asked.token));
        world.runWork();
      } else {
        assertThat(asked.error).isInstanceOf(TokenException.class);
        assertThat(asked.error.getRemedy()).isEqualTo(Remedy.WAIT);
        assertThat(asked.error.getRetryAfterMillis()).isBetween(1L, 60_001L);
      }
      world.time.advance(SECOND);
      world.runWork();
    }

    assertThat(world.renewals).isBetween(10, 80);
  }

  // Failures of the platform and the network

  @Test
  void aRefreshThatFailsIsTriedAgainByItselfWithGrowingPauses() {
    refusedPair();
    for (int i = 0; i < 1000; i++) {
      world.scripts.add(present -> fail(new PlatformException("refreshToken", 5001, "", null)));
    }
    Asked asked = world.askAndWork();
    assertThat(asked.error)
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("'alice' could not be renewed: refreshToken refused")
        .hasMessageContaining("the next attempt is due in 1 s");
    Leaks.assertHidesSecrets(asked.error);

    world.advance(Duration.ofHours(1), SECOND);

    assertThat(world.renewals).isBetween(60, 130);
    assertThat(world.log).contains("refresh failed").doesNotContain("authorisation required");
    world.scripts.clear();
    world.advance(LONGEST_PAUSE, SECOND);
    assertThat(world.ask().token).startsWith("hush-access-");
  }

  @Test
  void whoAsksInThePauseHearsTheFailureWithoutAnotherRequest() {
    refusedPair();
    world.scripts.add(present -> fail(new PlatformException("refreshToken", 7002, "", null)));
    world.askAndWork();

    for (int i = 0; i < 100; i++) {
      BiliLiveException error = world.askAndWork().error;
      assertThat(error).isNotNull();
      assertThat(error.getRemedy()).isEqualTo(Remedy.WAIT);
      assertThat(error.getRetryAfterMillis()).isGreaterThanOrEqualTo(30_000);
    }
    assertThat(world.renewals).isEqualTo(1);
  }

  @Test
  void aFailureWhileTheTokenIsStillValidIsNotToldToWhoAsks() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    world.time.advance(world.lifetime.minusMinutes(5));
    world.scripts.add(present -> fail(network()));
    world.runWork();

    assertThat(world.log).contains("refresh failed");
    assertThat(world.ask().token).isEqualTo("hush-access-1");
  }

  @Test
  void afterALostAnswerTheSameRefreshTokenIsTriedAgainButNotAtOnce() {
    expiredPair();
    world.scripts.add(present -> fail(network()));
    world.askAndWork();

    world.advance(Duration.ofSeconds(4), SECOND);
    assertThat(world.renewals).isEqualTo(1);
    world.advance(Duration.ofSeconds(2), SECOND);

    assertThat(world.log.stream().filter("renew hush-refresh-1"::equals)).hasSize(2);
    assertThat(world.ask().token).isEqualTo("hush-access-102");
  }

  @Test
  void whenTheLostAnswerWasANewPairTheRefusalSaysSo() {
    expiredPair();
    world.scripts.add(present -> fail(network()));
    world.scripts.add(present -> fail(new PlatformException("refreshToken", 122_007, "", null)));
    world.askAndWork();
    world.advance(Duration.ofSeconds(10), SECOND);

    assertThat(world.ask().error)
        .isInstanceOf(AuthorisationRequiredException.class)
        .hasMessageContaining("the answer was lost");
  }

  @Test
  void aRefreshThatNeverLeftIsTriedAgainSoon() {
    expiredPair();
    world.sent = false;
    world.scripts.add(present -> fail(network()));
    world.askAndWork();
    world.advance(SECOND, SECOND);

    assertThat(world.ask().token).isEqualTo("hush-access-102");
  }

  @Test
  void aRefreshThatEndsInAnErrorOfUsersCodeIsTriedAgainAndShowsNoToken() {
    refusedPair();
    world.scripts.add(
        present -> {
          throw new LinkageError("an interceptor lacks a class; saw hush-refresh-1");
        });
    Asked asked = world.askAndWork();
    assertThat(asked.error).isInstanceOf(TokenException.class).hasMessageContaining("LinkageError");
    Leaks.assertHidesSecrets(asked.error);

    world.advance(Duration.ofSeconds(10), SECOND);
    assertThat(world.ask().token).isEqualTo("hush-access-102");
  }

  // The end

  @Test
  void aRefusedRefreshTokenIsFinalAndRepeatedWithoutARequest() {
    expiredPair();
    world.scripts.add(present -> fail(new PlatformException("refreshToken", 122_007, "", "r9")));
    Asked first = world.askAndWork();
    world.advance(Duration.ofDays(2), Duration.ofMinutes(10));
    Asked second = world.askAndWork();

    assertThat(first.error)
        .isInstanceOf(AuthorisationRequiredException.class)
        .hasMessageContaining("'alice' must authorise the app anew")
        .hasMessageContaining("122007")
        .hasMessageContaining("r9");
    assertThat(first.error.getRemedy()).isEqualTo(Remedy.SIGN_IN_AGAIN);
    assertThat(second.error).isSameAs(first.error);
    assertThat(world.renewals).isEqualTo(1);
    assertThat(world.log.stream().filter("authorisation required"::equals)).hasSize(1);
    assertThat(world.time.pending()).isZero();
    Leaks.assertHidesSecrets(first.error);
  }

  @Test
  void aNewAuthorisationMakesItWorkAgain() {
    expiredPair();
    world.scripts.add(present -> fail(new PlatformException("refreshToken", 122_007, "", null)));
    world.askAndWork();

    world.refresher.take(world.token(7));
    assertThat(world.ask().hasHeard()).isFalse();
    world.runWork();

    assertThat(world.ask().token).isEqualTo("hush-access-7");
    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-7");
  }

  @Test
  void aPairThatAnotherProcessHasStoredMeanwhileIsTakenUpInsteadOfTheEnd() {
    expiredPair();
    world.scripts.add(
        present -> {
          world.stored.put("alice", world.token(50));
          return fail(new PlatformException("refreshToken", 122_007, "", null));
        });

    assertThat(world.askAndWork().token).isEqualTo("hush-access-50");
    assertThat(world.log).doesNotContain("authorisation required");
  }

  @Test
  void aStoreWithoutAPairIsAskedAgainWhenSomebodyAsksButNotAtOnce() {
    assertThat(world.askAndWork().error)
        .isInstanceOf(AuthorisationRequiredException.class)
        .hasMessageContaining("holds no pair");
    assertThat(world.askAndWork().error).isInstanceOf(AuthorisationRequiredException.class);
    assertThat(world.log.stream().filter("load"::equals)).hasSize(1);

    world.stored.put("alice", world.token(1));
    world.time.advance(Duration.ofSeconds(2));
    assertThat(world.askAndWork().token).isEqualTo("hush-access-1");
  }

  @Test
  void aPairHandedInDuringARefreshWinsOverWhatTheRefreshBrings() {
    expiredPair();
    world.scripts.add(
        present -> {
          world.refresher.take(world.token(7));
          return world.grant();
        });

    assertThat(world.askAndWork().token).isEqualTo("hush-access-7");
    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-7");
  }

  // The store

  @Test
  void aPairThatTheStoreDoesNotTakeIsKeptOfferedAgainAndNotUsedBefore() {
    expiredPair();
    world.failSaves(20);
    Asked asked = world.askAndWork();
    assertThat(asked.error)
        .isInstanceOf(TokenStoreException.class)
        .hasMessageContaining("kept in memory and offered again: java.io.IOException: disk full");
    assertThat(asked.error.getRemedy()).isEqualTo(Remedy.WAIT);

    world.advance(Duration.ofSeconds(30), SECOND);
    assertThat(world.ask().error).isInstanceOf(TokenStoreException.class);
    world.saveFailures.clear();
    world.advance(LONGEST_PAUSE, SECOND);

    assertThat(world.ask().token).isEqualTo("hush-access-101");
    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-101");
    assertThat(world.renewals).isEqualTo(1);
    assertThat(world.log).contains("store failed", "stored");
  }

  @Test
  void aStoreThatThrowsAnythingWithTheTokenInItShowsNobodyTheToken() {
    expiredPair();
    world.saveFailures.add(
        new IllegalStateException("INSERT 'x'", new IOException("value hush-refresh-101")));
    Asked asked = world.askAndWork();

    assertThat(asked.error).isInstanceOf(TokenStoreException.class);
    Leaks.assertHidesSecrets(asked.error);
    assertThat(asked.error).hasMessageContaining("IllegalStateException");
  }

  @Test
  void aStoreThatCannotBeReadIsAskedAgain() {
    world.stored.put("alice", world.token(1));
    world.loadFailures.add(new IOException("no route"));
    assertThat(world.askAndWork().error).hasMessageContaining("did not give the pair of");
    world.time.advance(Duration.ofSeconds(2));

    assertThat(world.askAndWork().token).isEqualTo("hush-access-1");
  }

  @Test
  void aPairThatIsNotStoredIsOfferedALastTimeWhenTheClientCloses() {
    expiredPair();
    world.failSaves(1);
    world.askAndWork();

    world.refresher.close();
    world.runWork();

    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-101");
    assertThat(world.time.pending()).isZero();
  }

  @Test
  void aRefreshUnderWayWhenTheClientClosesIsCarriedToItsEnd() {
    expiredPair();
    world.scripts.add(
        present -> {
          world.refresher.close();
          return world.grant();
        });
    world.askAndWork();

    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-101");
  }

  @Test
  void aClosedRefresherBeginsNothingAndSaysSo() {
    expiredPair();
    world.refresher.close();
    world.refresher.close();

    assertThat(world.askAndWork().error).hasMessageContaining("closed");
    assertThat(world.log).isEmpty();
  }

  // Who asks

  @Test
  void aQuestionThatIsTakenBackIsAnsweredByThatAndByNothingElse() {
    expiredPair();
    Asked asked = new Asked();
    world.refresher.accessToken(asked).cancel();
    assertThat(asked.error).isInstanceOf(TokenException.class);

    world.runWork();
    assertThat(world.ask().token).isEqualTo("hush-access-101");
  }

  @Test
  void aCallbackThatThrowsKeepsTheTokenFromNobodyElse() {
    expiredPair();
    world.refresher.accessToken(
        new AnswerCallback<>() {
          @Override
          public void onSuccess(AccessToken token) {
            throw new IllegalStateException("a bug of the app's");
          }

          @Override
          public void onFailure(BiliLiveException error) {}
        });

    assertThat(world.askAndWork().token).isEqualTo("hush-access-101");
  }

  /** A pair that is held, and whose access token the platform has refused. */
  private void refusedPair() {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
  }

  private void expiredPair() {
    OAuthToken fresh = world.token(1);
    world.stored.put(
        "alice",
        OAuthToken.of(
            fresh.getAccessToken(),
            fresh.getRefreshToken(),
            FakeTokenWorld.NOW_SECONDS - 60,
            fresh.getScopes()));
  }

  private static NetworkException network() {
    return new NetworkException("refreshToken", "platform.test", new IOException("reset"));
  }

  private static OAuthToken fail(BiliLiveException error) throws BiliLiveException {
    throw error;
  }
}
