package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.AccessToken;
import io.github.bililive.Heard;
import io.github.bililive.Leaks;
import io.github.bililive.PendingCall;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.http.Waiting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The user's own function, on its real thread. */
@Timeout(120)
class FunctionTokenTest {
  @Test
  void itIsCalledOnADaemonThreadOfTheSdks() throws Exception {
    BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              threads.add(Thread.currentThread());
              return "hush";
            });

    assertThat(ask(provider).await().getText()).isEqualTo("hush");
    assertThat(threads.take().isDaemon()).isTrue();
    assertThat(provider.toString()).doesNotContain("hush");
  }

  @Test
  void whoAsksWhileItRunsIsAnsweredByTheSameCall() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              go.await();
              return "token-" + calls.incrementAndGet();
            });
    List<Heard<AccessToken>> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(ask(provider));
    }
    go.countDown();

    for (Heard<AccessToken> heard : all) {
      assertThat(heard.await().getText()).isEqualTo("token-1");
    }
  }

  @Test
  void itHearsWhichTokenWasRefusedOnce() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    AtomicInteger calls = new AtomicInteger();
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              heard.add(refused + "");
              return "token-" + calls.incrementAndGet();
            });
    ask(provider).await();
    provider.invalidate(AccessToken.of("token-1"));
    ask(provider).await();
    ask(provider).await();

    assertThat(heard).containsExactly("null", "token-1", "null");
  }

  @Test
  void aFunctionThatReturnsTheRefusedTokenAgainIsAFailureThatMayPass() {
    AccessTokenProvider provider = AccessTokenProvider.from(refused -> "hush-1");
    provider.invalidate(AccessToken.of("hush-1"));

    assertThatThrownBy(() -> ask(provider).await())
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("returned the token again that the platform has refused")
        .satisfies(Leaks::assertHidesSecrets);
  }

  @Test
  void aTokenThatWasRefusedWhileTheFunctionRanIsNotAnswered() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              running.countDown();
              go.await();
              return "token-" + calls.incrementAndGet();
            });
    Heard<AccessToken> heard = ask(provider);
    running.await();
    provider.invalidate(AccessToken.of("token-1"));
    go.countDown();

    assertThat(heard.await().getText()).isEqualTo("token-2");
  }

  @Test
  void whatItThrowsIsTheCauseWithoutTheTokenItWasGiven() {
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              throw new IOException("no luck with " + refused);
            });
    assertThatThrownBy(() -> ask(provider).await())
        .isInstanceOf(TokenException.class)
        .hasMessage("the token function failed: java.io.IOException: no luck with null");

    provider.invalidate(AccessToken.of("hush-1"));
    assertThatThrownBy(() -> ask(provider).await())
        .isInstanceOf(TokenException.class)
        .satisfies(Leaks::assertHidesSecrets);
  }

  @Test
  void aFunctionThatReturnsNullIsAFailureThatSaysSo() {
    assertThatThrownBy(() -> ask(AccessTokenProvider.from(refused -> null)).await())
        .isInstanceOf(TokenException.class)
        .hasMessageEndingWith("NullPointerException: it returned null");
  }

  @Test
  void anExceptionOfTheSdksIsPassedOnAsItIs() {
    AuthorisationRequiredException thrown =
        new AuthorisationRequiredException("own", "alice", "they said so", null);
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              throw thrown;
            });

    assertThatThrownBy(() -> ask(provider).await()).isSameAs(thrown);
    assertThat(thrown.getRemedy()).isEqualTo(Remedy.SIGN_IN_AGAIN);
    assertThat(thrown.getBroadcaster()).isEqualTo("alice");
  }

  @Test
  void aFunctionThatHangsIsInterruptedWhenNobodyWaitsAnyMoreAndCalledAgain() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              if (calls.incrementAndGet() > 1) {
                return "token";
              }
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                interrupted.countDown();
              }
              throw new AssertionError();
            });
    Heard<AccessToken> first = new Heard<>();
    Heard<AccessToken> second = new Heard<>();
    PendingCall asked = provider.accessToken(first);
    PendingCall askedToo = provider.accessToken(second);
    running.await();

    asked.cancel();
    assertThat(interrupted.getCount()).isEqualTo(1);
    askedToo.cancel();
    interrupted.await();

    assertThat(first.times()).isEqualTo(1);
    assertThat(second.times()).isEqualTo(1);
    Heard<AccessToken> third = ask(provider);
    try {
      assertThat(third.await().getText()).isEqualTo("token");
    } catch (TokenException joinedTheInterruptedCall) {
      assertThat(ask(provider).await().getText()).isEqualTo("token");
    }
  }

  @Test
  void aCallerWaitsNoLongerThanItsOwnTimeout() {
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              new CountDownLatch(1).await();
              return "never";
            });

    assertThatThrownBy(() -> Waiting.forToken(provider, 1_000_000))
        .isInstanceOf(TokenException.class)
        .hasMessage("the access token provider did not answer within 1 ms");
  }

  private static Heard<AccessToken> ask(AccessTokenProvider provider) {
    Heard<AccessToken> heard = new Heard<>();
    provider.accessToken(heard);
    return heard;
  }
}
