package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.LiveListener;
import io.github.bililive.PendingCall;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.TokenException;
import io.github.bililive.internal.time.Cancellable;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.VirtualTime;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.AccessTokenProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every call ends, whatever it waits for: a place among those under way, or a provider's token. */
@Timeout(120)
class CallEndsTest extends ServerTestCase {
  /** As many calls of the user's as may be under way. */
  private static final int PLACES = 128;

  private final CountDownLatch starts = new CountDownLatch(1);

  @Test
  void aCallThatWaitsForAPlaceHearsThatItIsGivenUp() {
    BiliLiveClient client = patientClient();
    takeAllPlaces(client);
    Heard<Void> waiting = new Heard<>();
    PendingCall call = client.heartbeat("waiting", waiting);

    call.cancel();

    assertFailed(waiting, "Canceled");
  }

  @Test
  void aCallForWhoseTimerThereIsNoThreadFails() {
    Scheduler shortOfThreads =
        new Scheduler() {
          @Override
          public long nanoTime() {
            return 0;
          }

          @Override
          public Cancellable schedule(Runnable task, long delayNanos) {
            throw new InternalError("no thread for timers");
          }

          @Override
          public void close() {}
        };
    BiliLiveClient client =
        open(withTime(builder(), shortOfThreads, WallClock.SYSTEM).callbackExecutor(Runnable::run));
    Heard<Void> heard = new Heard<>();

    client.heartbeat("c1", heard);

    assertThat(heard.times()).isOne();
    assertFailed(heard, "no thread for timers");
    assertThatThrownBy(() -> client.heartbeat("c1")).isInstanceOf(NetworkException.class);
  }

  @Test
  void aCallThatWaitsForAPlaceEndsInTime() {
    VirtualTime time = new VirtualTime();
    BiliLiveClient client =
        open(
            withTime(builder().callTimeout(600, TimeUnit.SECONDS), time, WallClock.SYSTEM)
                .callbackExecutor(Runnable::run));
    takeAllPlaces(client);
    Heard<Void> waiting = new Heard<>();
    client.heartbeat("waiting", waiting);

    time.advance(Duration.ofSeconds(600));

    assertThat(waiting.times()).isOne();
    assertFailed(waiting, "timeout");
  }

  @Test
  void aClientThatIsClosedEndsTheCallsThatWaitForAPlaceOrAnAnswer() {
    BiliLiveClient client = patientClient();
    List<Heard<Void>> hanging = takeAllPlaces(client);
    Heard<Void> waiting = new Heard<>();
    client.heartbeat("waiting", waiting);

    client.close();

    assertFailed(waiting, "the client is closed");
    assertFailed(hanging.get(0), "the client is closed");
    assertThat(waiting.times()).isOne();
  }

  @Test
  void aRoomsStartWaitsBehindNoCallsOfTheUsers() throws Exception {
    BiliLiveClient client = patientClient();
    takeAllPlaces(client);

    client.connect(new LiveListener() {});

    assertThat(starts.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aClientThatIsClosedEndsAStartThatWaitsForAToken() {
    BiliLiveClient client = open();
    Heard<StartedConnection> waiting = new Heard<>();
    client.start(provider(callback -> {}), waiting);

    client.close();

    assertFailed(waiting, "the client is closed");
  }

  @Test
  void aProviderThatThrowsFailsTheStart() {
    assertProviderFails(
        provider(
            callback -> {
              throw new IllegalStateException("hush-token in a message");
            }),
        "the access token provider threw java.lang.IllegalStateException");
    assertProviderFails(
        provider(
            callback -> {
              throw new StackOverflowError();
            }),
        "the access token provider threw java.lang.StackOverflowError");
  }

  @Test
  @SuppressWarnings("NullAway") // What a provider in Kotlin or Java may do all the same.
  void aProviderThatAnswersNullFailsTheStart() {
    assertProviderFails(
        provider(callback -> callback.onSuccess(null)), "the access token provider answered null");
    assertProviderFails(
        provider(callback -> callback.onFailure(null)),
        "the access token provider failed with null");
  }

  @Test
  void aProviderWhoseInvalidateThrowsFailsTheStart() {
    server.enqueue(json("{\"code\":127001,\"message\":\"token\"}"));

    assertProviderFails(
        new AccessTokenProvider() {
          @Override
          public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
            callback.onSuccess(AccessToken.of("hush-token"));
            return () -> {};
          }

          @Override
          public void invalidate(AccessToken token) {
            throw new IllegalStateException("no");
          }
        },
        "the access token provider threw java.lang.IllegalStateException");
  }

  private void assertProviderFails(AccessTokenProvider provider, String message) {
    Heard<StartedConnection> heard = new Heard<>();
    open().start(provider, heard);

    assertThatThrownBy(heard::await)
        .isInstanceOf(TokenException.class)
        .hasMessageContaining(message)
        .satisfies(thrown -> assertThat(Throwables.getStackTrace(thrown)).doesNotContain("hush"));
  }

  private static void assertFailed(Heard<?> heard, String why) {
    assertThatThrownBy(heard::await).isInstanceOf(NetworkException.class).hasMessageContaining(why);
  }

  private static AccessTokenProvider provider(Consumer<AnswerCallback<AccessToken>> asked) {
    return new AccessTokenProvider() {
      @Override
      public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
        asked.accept(callback);
        return () -> {};
      }

      @Override
      public void invalidate(AccessToken token) {}
    };
  }

  private BiliLiveClient patientClient() {
    return open(builder().callTimeout(600, TimeUnit.SECONDS));
  }

  /** Begins calls that hang, so many that the next one has to wait. */
  private List<Heard<Void>> takeAllPlaces(BiliLiveClient client) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            if (Objects.requireNonNull(request.getPath()).endsWith("/ws-start")) {
              starts.countDown();
            }
            return new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
          }
        });
    List<Heard<Void>> hanging = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      Heard<Void> heard = new Heard<>();
      hanging.add(heard);
      client.heartbeat("hanging-" + i, heard);
    }
    return hanging;
  }
}
