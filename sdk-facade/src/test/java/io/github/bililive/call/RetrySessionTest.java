package io.github.bililive.call;

import static io.github.bililive.call.RetrySession.GIVE_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.AnswerException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import java.io.IOException;
import java.net.ProtocolException;
import java.security.cert.CertificateException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
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
  void a_heartbeat_is_sent_again_after_what_passes_and_no_sooner_than_the_table_says(
      PlatformCode code) {
    long pause = session(true, AGES).pauseNanos(refused(code.number()), NOW);

    if (code.remedy() == Remedy.RETRY || code.remedy() == Remedy.WAIT) {
      long least = TimeUnit.MILLISECONDS.toNanos(code.retryAfterMillis());
      assertThat(pause).isBetween(least, least + SECOND / 2);
    } else {
      assertThat(pause).isEqualTo(GIVE_UP);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_start_is_made_again_only_after_what_was_certainly_not_carried_out(PlatformCode code) {
    boolean passes = code.remedy() == Remedy.RETRY || code.remedy() == Remedy.WAIT;

    assertThat(session(false, AGES).pauseNanos(refused(code.number()), NOW) != GIVE_UP)
        .isEqualTo(passes && code.isNotCarriedOut());
  }

  @ParameterizedTest
  @ValueSource(ints = {5000, 5001, 5002, 127200, 127201, 99_999})
  void a_start_is_not_made_again_after_a_code_that_leaves_open_whether_it_was_carried_out(
      int code) {
    assertThat(session(false, AGES).pauseNanos(refused(code), NOW)).isEqualTo(GIVE_UP);
    assertThat(session(true, AGES).pauseNanos(refused(code), NOW)).isNotEqualTo(GIVE_UP);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 503})
  void a_start_is_made_again_after_a_status_that_means_that_it_was_not_carried_out(int status) {
    assertThat(session(false, AGES).pauseNanos(http(status), NOW)).isNotEqualTo(GIVE_UP);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 418, 500, 502, 504})
  void a_start_is_not_made_again_after_any_other_answer(int status) {
    assertThat(session(false, AGES).pauseNanos(http(status), NOW)).isEqualTo(GIVE_UP);
    assertThat(session(true, AGES).pauseNanos(http(status), NOW)).isNotEqualTo(GIVE_UP);
  }

  @Test
  void a_start_is_made_again_if_nothing_was_sent() {
    assertThat(session(false, AGES).pauseNanos(network(false, new IOException()), NOW))
        .isNotEqualTo(GIVE_UP);
    assertThat(session(false, AGES).pauseNanos(network(true, new IOException()), NOW))
        .isEqualTo(GIVE_UP);
    assertThat(session(true, AGES).pauseNanos(network(true, new IOException()), NOW))
        .isNotEqualTo(GIVE_UP);
  }

  @Test
  void what_stays_as_it_is_is_not_tried_again() {
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
  void pauses_double_up_to_the_longest_and_are_anywhere_below() {
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
  void a_call_is_made_again_as_often_as_the_policy_says() {
    RetrySession session = session(true, AGES);

    for (int i = 1; i <= 3; i++) {
      assertThat(session.attempt()).isEqualTo(i);
      assertThat(session.pauseNanos(refused(5000), NOW)).isNotEqualTo(GIVE_UP);
    }
    assertThat(session.pauseNanos(refused(5000), NOW)).isEqualTo(GIVE_UP);
  }

  @Test
  void a_pause_that_would_go_past_the_deadline_is_not_begun() {
    assertThat(session(true, 10 * SECOND).pauseNanos(refused(7001), NOW)).isEqualTo(GIVE_UP);
    assertThat(session(true, 11 * SECOND).pauseNanos(refused(7001), NOW)).isNotEqualTo(GIVE_UP);
    assertThat(session(true, 30 * SECOND).pauseNanos(refused(7010), NOW)).isEqualTo(GIVE_UP);
  }

  @Test
  void what_the_answer_asks_for_goes_before_the_table() {
    BiliLiveException soon = new PlatformException("heartbeat", 4009, "", null, 2_000, "");
    BiliLiveException later = new AnswerException("heartbeat", "", 503, null, "", 5_000, null);

    assertThat(session(true, AGES).pauseNanos(soon, NOW)).isBetween(2 * SECOND, 3 * SECOND);
    assertThat(session(true, AGES).pauseNanos(later, NOW)).isBetween(5 * SECOND, 6 * SECOND);
    assertThat(later.remedy()).isEqualTo(Remedy.WAIT);
    assertThat(later).hasMessageContaining("try again in 5 s");
  }

  @Test
  void a_budget_that_is_used_up_ends_retries_of_all_calls() {
    RetryBudget budget = new RetryBudget(NOW);
    int retries = 0;
    for (int call = 0; call < 50; call++) {
      RetrySession session =
          new RetrySession(RetryPolicy.DEFAULT, budget, new Random(1), true, NOW + AGES);
      while (session.pauseNanos(refused(5000), NOW) != GIVE_UP) {
        retries++;
      }
    }

    assertThat(retries).isEqualTo(RetryBudget.BURST);
  }

  private static RetrySession session(boolean repeatable, long deadlineNanos) {
    return new RetrySession(
        RetryPolicy.DEFAULT, new RetryBudget(NOW), new Random(7), repeatable, NOW + deadlineNanos);
  }

  private static RetrySession session(int retries, long longestNanos, Random random) {
    RetryPolicy policy =
        RetryPolicy.builder()
            .retries(retries)
            .longestPause(longestNanos, TimeUnit.NANOSECONDS)
            .build();
    return new RetrySession(policy, new RetryBudget(NOW), random, true, NOW + AGES);
  }

  private static PlatformException refused(int code) {
    return new PlatformException("call", code, "", null);
  }

  private static AnswerException http(int status) {
    return new AnswerException("call", "", status, null, "", null);
  }

  private static NetworkException network(boolean sent, IOException cause) {
    return new NetworkException("call", "host", sent, cause);
  }
}
