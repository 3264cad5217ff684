package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import io.github.bililive.error.TokenStoreException;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.token.AccessTokenProvider;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call without a callback: it can be interrupted, and its failure shows who made it. */
@Timeout(120)
class BlockingCallTest extends ServerTestCase {
  private static final AccessTokenProvider SILENT =
      new AccessTokenProvider() {
        @Override
        public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
          return () -> {};
        }

        @Override
        public void invalidate(AccessToken token) {}
      };

  @Test
  void anInterruptedThreadGetsANetworkFailureKeepsItsFlagAndTheCallIsCancelled() throws Exception {
    BiliLiveClient client = open();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            client::start,
            () -> client.start("hush-other"),
            () -> client.heartbeat("c1"),
            () -> client.batchHeartbeat(List.of("c1", "c2")))) {
      server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));

      assertInterrupted(call, () -> server.takeRequest(60, TimeUnit.SECONDS));
    }
    server.enqueue(json(SUCCESS));
    client.heartbeat("c1");
  }

  /** A retry needs a timer, which must not be kept by the thread that waits for it. */
  @Test
  void aCallbackOnAnExecutorThatRunsTasksAtOnceMayMakeCallsThatAreRetried() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(new MockResponse().setResponseCode(503));
    server.enqueue(started("hush"));
    BiliLiveClient client =
        open(
            builder()
                .callbackExecutor(Runnable::run)
                .retryPolicy(RetryPolicy.DEFAULT)
                .heartbeatInterval(4, TimeUnit.SECONDS));
    CompletableFuture<StartedConnection> started = new CompletableFuture<>();

    client.keepAlive("c0", (connId, state, cause) -> started.complete(client.start()));

    assertThat(started.get(60, TimeUnit.SECONDS).getConnId()).isEqualTo("c1");
  }

  @Test
  void soDoesAThreadThatWaitsForAToken() throws Exception {
    BiliLiveClient client = open();

    assertInterrupted(() -> client.start(SILENT), () -> {});

    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void anInterruptedThreadBeginsNoCallAndIsToldNotToTryAgain() {
    BiliLiveClient client = open();
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            client::start,
            () -> client.start(SILENT),
            () -> client.heartbeat("c1"),
            () -> client.oauth().exchange("code"))) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(call)
          .isInstanceOfSatisfying(
              NetworkException.class,
              error -> assertThat(error.getRemedy()).isEqualTo(Remedy.GIVE_UP))
          .hasMessageContaining("nothing was sent");
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void anAnswerThatIsHereIsReturnedToAThreadThatIsInterruptedThen() {
    Waiting<String> waiting = Waiting.of("start", "host");
    waiting.onSuccess("answer");
    Thread.currentThread().interrupt();

    assertThat(waiting.await(() -> {})).isEqualTo("answer");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aWaitForATokenThatIsInterruptedIsNoReasonToTryAgainEither() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Waiting.forToken(SILENT, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            TokenException.class, error -> assertThat(error.getRemedy()).isEqualTo(Remedy.GIVE_UP))
        .hasMessage("interrupted while waiting for a token");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aTokenFunctionThatWasInterruptedEndsNoRoomThatAsks() {
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              throw new InterruptedException("of those who waited before");
            });

    assertThatThrownBy(() -> Waiting.forToken(provider, Long.MAX_VALUE))
        .isInstanceOfSatisfying(
            TokenException.class, error -> assertThat(error.getRemedy()).isEqualTo(Remedy.RETRY));
  }

  private interface Reached {
    void await() throws Exception;
  }

  private static void assertInterrupted(ThrowingCallable call, Reached reached) throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread caller =
        new Thread(
            () -> {
              thrown.set(catchThrowable(call));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    reached.await();
    caller.interrupt();
    caller.join();

    assertThat(thrown.get())
        .isInstanceOfSatisfying(
            NetworkException.class,
            error -> assertThat(error.getRemedy()).isEqualTo(Remedy.GIVE_UP))
        .hasMessageContaining("no answer from 127.0.0.1: InterruptedIOException")
        .hasMessageContaining("interrupted while waiting for the answer");
    assertThat(flag).isTrue();
  }

  @Test
  void aFailureHasTheCallersStackTraceAndTheWorkersIsSuppressedInIt() {
    server.enqueue(json("{\"code\":7001,\"message\":\"" + ACCESS_TOKEN + "\"}"));
    BiliLiveClient client = open();

    PlatformException error = catchThrowableOfType(PlatformException.class, () -> startOf(client));

    assertThat(error.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("startOf"));
    assertThat(error.getSuppressed()).singleElement().isInstanceOf(PlatformException.class);
    assertThat(error.getSuppressed()[0].getStackTrace())
        .noneMatch(frame -> frame.getMethodName().equals("startOf"))
        .anyMatch(frame -> frame.getClassName().startsWith("okhttp3."));
    Leaks.assertHidesSecrets(error);
  }

  private static void startOf(BiliLiveClient client) {
    client.start();
  }

  static Stream<BiliLiveException> failures() {
    PlatformException refusal = new PlatformException("start", 4009, "m", "r", 2_000L, "f");
    return Stream.of(
        refusal,
        new InvalidResponseException("start", "p", 503, "text/html", "b", 2_000L, null),
        new NetworkException("start", "host", false, new IOException("broken")),
        new TokenException("accessToken", "p", refusal, 3_000),
        new TokenStoreException("save", "alice", new IOException("full"), 3_000),
        new AuthorisationRequiredException("refreshToken", "alice", "p", refusal));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theCallersFailureIsTheSameButForItsStackTrace(BiliLiveException failure) {
    StackTraceElement[] before = failure.getStackTrace();

    BiliLiveException here = BiliLiveException.onThisThread(failure);
    BiliLiveException again = BiliLiveException.onThisThread(failure);

    assertThat(here).isNotSameAs(failure).hasSameClassAs(failure).hasMessage(failure.getMessage());
    assertThat(here.getCause()).isSameAs(failure.getCause());
    assertThat(here)
        .usingRecursiveComparison()
        .ignoringFields("stackTrace", "suppressedExceptions", "suppressed")
        .isEqualTo(failure);
    assertThat(here.getStackTrace()[0].getMethodName())
        .isEqualTo("theCallersFailureIsTheSameButForItsStackTrace");
    assertThat(here.getSuppressed()).containsExactly(failure);
    assertThat(again.getSuppressed()).containsExactly(failure);
    assertThat(failure.getSuppressed()).isEmpty();
    assertThat(failure.getStackTrace()).isEqualTo(before);
  }

  @Test
  void callersThatShareATokensFailureGetOneOfTheirOwnEach() {
    TokenException shared = new TokenException("accessToken", "none", null, 0);
    AccessTokenProvider failing =
        new AccessTokenProvider() {
          @Override
          public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
            callback.onFailure(shared);
            return () -> {};
          }

          @Override
          public void invalidate(AccessToken token) {}
        };
    BiliLiveClient client = open();

    Throwable first = catchThrowable(() -> client.start(failing));
    Throwable second = catchThrowable(() -> client.start(failing));

    assertThat(first).isInstanceOf(TokenException.class).isNotSameAs(second);
    assertThat(Objects.requireNonNull(second).getSuppressed()).containsExactly(shared);
    assertThat(shared.getSuppressed()).isEmpty();
  }
}
