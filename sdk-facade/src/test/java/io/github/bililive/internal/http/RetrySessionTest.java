package io.github.bililive.internal.http;

import static io.github.bililive.internal.http.RetrySession.GIVE_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.RetryPolicy;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.internal.time.BackOff;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Deadline;
import io.github.bililive.internal.time.Scheduler;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.cert.CertificateException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which failures are followed by another attempt, and when. */
class RetrySessionTest {
  private static final long NOW = Long.MAX_VALUE - 5;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long AGES = TimeUnit.HOURS.toNanos(2);

  @ParameterizedTest
  @EnumSource
  void aHeartbeatIsSentAgainAfterWhatPassesAndNoSoonerThanTheTableSays(PlatformCode code) {
    long pause = session(true, AGES).pauseNanos(refused(code.getNumber()), NOW);

    if (code.getRemedy() == Remedy.RETRY || code.getRemedy() == Remedy.WAIT) {
      long least = TimeUnit.MILLISECONDS.toNanos(code.getRetryAfterMillis());
      assertThat(pause).isBetween(least, least + SECOND / 2);
    } else {
      assertThat(pause).isEqualTo(GIVE_UP);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aStartIsMadeAgainOnlyAfterWhatWasCertainlyNotCarriedOut(PlatformCode code) {
    boolean passes = code.getRemedy() == Remedy.RETRY || code.getRemedy() == Remedy.WAIT;

    assertThat(session(false, AGES).pauseNanos(refused(code.getNumber()), NOW) != GIVE_UP)
        .isEqualTo(passes && code.isNotCarriedOut());
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 5001, 5002, 127201, 99_999})
  void aStartIsNotMadeAgainAfterACodeThatLeavesOpenWhetherItWasCarriedOut(int code) {
    assertThat(session(false, AGES).pauseNanos(refused(code), NOW)).isEqualTo(GIVE_UP);
    assertThat(session(true, AGES).pauseNanos(refused(code), NOW)).isNotEqualTo(GIVE_UP);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 503})
  void aStartIsMadeAgainAfterAStatusThatMeansThatItWasNotCarriedOut(int status) {
    assertThat(session(false, AGES).pauseNanos(http(status), NOW)).isNotEqualTo(GIVE_UP);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 418, 500, 502, 504})
  void aStartIsNotMadeAgainAfterAnyOtherAnswer(int status) {
    assertThat(session(false, AGES).pauseNanos(http(status), NOW)).isEqualTo(GIVE_UP);
    assertThat(session(true, AGES).pauseNanos(http(status), NOW)).isNotEqualTo(GIVE_UP);
  }

  @Test
  void aStartIsMadeAgainIfNothingWasSent() {
    assertThat(session(false, AGES).pauseNanos(network(false, new IOException()), NOW))
        .isNotEqualTo(GIVE_UP);
    assertThat(session(false, AGES).pauseNanos(network(true, new IOException()), NOW))
        .isEqualTo(GIVE_UP);
    assertThat(session(true, AGES).pauseNanos(network(true, new IOException()), NOW))
        .isNotEqualTo(GIVE_UP);
  }

  @Test
  void whatStaysAsItIsIsNotTriedAgain() {
    IOException untrusted = new SSLHandshakeException("untrusted");
    untrusted.initCause(new CertificateException("untrusted"));

    for (IOException cause :
        new IOException[] {
          untrusted, new SSLPeerUnverifiedException("other"), new ProtocolException("not sent")
        }) {
      assertThat(session(true, AGES).pauseNanos(network(false, cause), NOW)).isEqualTo(GIVE_UP);
    }
  }

  @Test
  @Timeout(60)
  void causesThatFormARingAreReadOnce() {
    IOException one = new IOException("one");
    one.initCause(new IOException("two", one));

    assertThat(session(true, AGES).pauseNanos(network(false, one), NOW)).isNotEqualTo(GIVE_UP);
  }

  @Test
  void pausesDoubleUpToTheLongestAndAreAnywhereBelow() {
    long[] longest = new long[7];
    Random random = new Random(1);
    for (int call = 0; call < 500; call++) {
      RetrySession session = session(7, 8 * SECOND, random);
      for (int i = 0; i < longest.length; i++) {
        longest[i] = Math.max(longest[i], session.pauseNanos(refused(5000), NOW));
      }
    }

    for (int i = 0; i < longest.length; i++) {
      long limit = Math.min(8 * SECOND, (SECOND / 2) << i);
      assertThat(longest[i]).isBetween(limit * 9 / 10, limit);
    }
  }

  @Test
  void aCallIsMadeAgainAsOftenAsThePolicySays() {
    RetrySession session = session(true, AGES);

    for (int i = 1; i <= 3; i++) {
      assertThat(session.attempt()).isEqualTo(i);
      assertThat(session.pauseNanos(refused(5000), NOW)).isNotEqualTo(GIVE_UP);
    }
    assertThat(session.pauseNanos(refused(5000), NOW)).isEqualTo(GIVE_UP);
  }

  @Test
  void aPauseThatWouldGoPastTheDeadlineIsNotBegun() {
    assertThat(session(true, 10 * SECOND).pauseNanos(refused(7001), NOW)).isEqualTo(GIVE_UP);
    assertThat(session(true, 11 * SECOND).pauseNanos(refused(7001), NOW)).isNotEqualTo(GIVE_UP);
    assertThat(session(true, 30 * SECOND).pauseNanos(refused(7010), NOW)).isEqualTo(GIVE_UP);
  }

  @Test
  void whatTheAnswerAsksForGoesBeforeTheTable() {
    BiliLiveException soon = new PlatformException("heartbeat", 4009, "", null, 2_000L, "");
    BiliLiveException later =
        new InvalidResponseException("heartbeat", "", 503, null, "", 5_000L, null);

    assertThat(session(true, AGES).pauseNanos(soon, NOW)).isBetween(2 * SECOND, 3 * SECOND);
    assertThat(session(true, AGES).pauseNanos(later, NOW)).isBetween(5 * SECOND, 6 * SECOND);
    assertThat(later.getRemedy()).isEqualTo(Remedy.WAIT);
    assertThat(later).hasMessageContaining("try again in 5 s");
  }

  @Test
  void aBudgetThatIsUsedUpEndsRetriesOfAllCalls() {
    RetryBudget budget = new RetryBudget(NOW);
    int retries = 0;
    for (int call = 0; call < 50; call++) {
      RetrySession session =
          new RetrySession(
              RetryPolicy.DEFAULT,
              budget,
              backOff(RetryPolicy.DEFAULT, new Random(1)),
              true,
              deadline(AGES));
      while (session.pauseNanos(refused(5000), NOW) != GIVE_UP) {
        retries++;
      }
    }

    assertThat(retries).isEqualTo(RetryBudget.BURST);
  }

  private static RetrySession session(boolean repeatable, long deadlineNanos) {
    return new RetrySession(
        RetryPolicy.DEFAULT,
        new RetryBudget(NOW),
        backOff(RetryPolicy.DEFAULT, new Random(7)),
        repeatable,
        deadline(deadlineNanos));
  }

  private static RetrySession session(int retries, long longestNanos, Random random) {
    RetryPolicy policy =
        RetryPolicy.builder()
            .retries(retries)
            .longestPause(longestNanos, TimeUnit.NANOSECONDS)
            .build();
    return new RetrySession(
        policy, new RetryBudget(NOW), backOff(policy, random), true, deadline(AGES));
  }

  private static BackOff backOff(RetryPolicy policy, Random random) {
    return new BackOff(
        random,
        TimeUnit.MILLISECONDS.toNanos(policy.getFirstPauseMillis()),
        TimeUnit.MILLISECONDS.toNanos(policy.getLongestPauseMillis()),
        0);
  }

  /** On a clock that stands still, close to the point where {@code long} overflows. */
  private static Deadline deadline(long nanos) {
    return Deadline.in(
        nanos,
        new Scheduler() {
          @Override
          public long nanoTime() {
            return NOW;
          }

          @Override
          public Cancellable schedule(Runnable task, long delayNanos) {
            throw new AssertionError("nothing is to be scheduled");
          }

          @Override
          public void close() {}
        });
  }

  private static PlatformException refused(int code) {
    return new PlatformException("call", code, "", null);
  }

  private static InvalidResponseException http(int status) {
    return new InvalidResponseException("call", "", status, null, "", null);
  }

  private static NetworkException network(boolean sent, IOException cause) {
    return new NetworkException("call", "host", sent, cause);
  }
}
