package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonDataException;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.Leaks;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.BatchHeartbeatResponse;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatResponse;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.InstantTime;
import io.github.bililive.internal.time.WallClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

class RequestEventsTest extends ServerTestCase {
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());

  private final RequestEvents log =
      new RequestEvents() {
        @Override
        public void requestBegan(String operation, int attempt) {
          events.add(operation + " began, attempt " + attempt);
        }

        @Override
        public void requestAnswered(String operation, int code, long tookMillis) {
          events.add(operation + " answered " + code + " in " + tookMillis);
        }

        @Override
        public void requestFailed(String operation, BiliLiveException cause, long retryInMillis) {
          Leaks.assertHidesSecrets(cause);
          events.add(
              operation
                  + " failed: "
                  + cause.getClass().getSimpleName()
                  + (retryInMillis == NOT_RETRIED ? ", for good" : ", again"));
        }
      };

  @Test
  void requestsAreHeardOfFromBeginningToEndAndAgain() throws Exception {
    server.enqueue(json("{\"code\":5000}"));
    server.enqueue(new MockResponse().setResponseCode(502));
    server.enqueue(json(SUCCESS));

    client().heartbeat("c1");

    assertThat(events)
        .containsExactly(
            "heartbeat began, attempt 1",
            "heartbeat answered 5000 in 0",
            "heartbeat failed: PlatformException, again",
            "heartbeat began, attempt 2",
            "heartbeat failed: InvalidResponseException, again",
            "heartbeat began, attempt 3",
            "heartbeat answered 0 in 0");
  }

  @Test
  void whatIsNotTriedAgainIsSaidToBeFinal() throws Exception {
    server.enqueue(json("{\"code\":4002,\"message\":\"" + ACCESS_TOKEN + APP_SECRET + "\"}"));
    server.enqueue(started("hush"));
    BiliLiveClient client = client();
    Heard<StartedConnection> heard = new Heard<>();

    assertThatThrownBy(client::start).isNotNull();
    client.start(heard);
    heard.await();

    assertThat(events)
        .containsExactly(
            "start began, attempt 1",
            "start answered 4002 in 0",
            "start failed: PlatformException, for good",
            "start began, attempt 1",
            "start answered 0 in 0");
  }

  @Test
  void aListenerThatThrowsChangesNothing() throws Exception {
    server.enqueue(json(SUCCESS));
    RequestEvents throwing =
        new RequestEvents() {
          @Override
          public void requestBegan(String operation, int attempt) {
            throw new IllegalStateException("thrown by a test's events");
          }
        };

    open(builder().callbackExecutor(Runnable::run).requestEvents(throwing)).heartbeat("c1");

    assertThat(server.getRequestCount()).isEqualTo(1);
  }

  @Test
  void callsOfTheGeneratedInterfaceAreHeardOfInTheSameWords() throws Exception {
    LiveRoomApi api = client().api();
    HeartbeatRequest beat = HeartbeatRequest.builder().connId("c1").build();
    server.enqueue(started("hush"));
    server.enqueue(json("{\"code\":7003,\"message\":\"" + ACCESS_TOKEN + "\"}"));
    server.enqueue(new MockResponse().setResponseCode(502).setBody(ACCESS_TOKEN));
    server.enqueue(json("{\"code\":0,\"data\":[]}"));
    server.enqueue(json("<html>"));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));

    assertThat(api.start().execute().isSuccessful()).isTrue();
    assertThat(api.heartbeat(CLIENT_ID, beat).execute().body().getCode()).isEqualTo(7003);
    assertThat(api.heartbeat(CLIENT_ID, beat).execute().code()).isEqualTo(502);
    assertThatThrownBy(api.start()::execute).isInstanceOf(JsonDataException.class);
    assertThatThrownBy(api.start()::execute).isInstanceOf(IOException.class);
    assertThatThrownBy(api.start()::execute).isInstanceOf(IOException.class);

    assertThat(events)
        .containsExactly(
            "start began, attempt 1",
            "start answered 0 in 0",
            "heartbeat began, attempt 1",
            "heartbeat answered 7003 in 0",
            "heartbeat failed: PlatformException, for good",
            "heartbeat began, attempt 1",
            "heartbeat failed: InvalidResponseException, for good",
            "start began, attempt 1",
            "start failed: InvalidResponseException, for good",
            "start began, attempt 1",
            "start failed: InvalidResponseException, for good",
            "start began, attempt 1",
            "start failed: NetworkException, for good");
  }

  @Test
  void operationsHaveTheirNamesWhateverThePathIs() throws Exception {
    BiliLiveClient client =
        open(
            builder()
                .baseUrl(baseUrl() + "gateway/ws-other/")
                .callbackExecutor(Runnable::run)
                .requestEvents(log));
    server.enqueue(started("hush"));
    server.enqueue(started("hush"));

    client.start();
    client.api().start().execute();

    assertThat(events)
        .filteredOn(event -> event.contains("began"))
        .containsExactly("start began, attempt 1", "start began, attempt 1");
  }

  @Test
  void aCheckedExceptionOfAnEventListenerEndsTheCallToo() throws Exception {
    EventListener throwing =
        new EventListener() {
          @Override
          public void callStart(okhttp3.Call call) {
            sneak(new Exception("checked"));
          }
        };
    OkHttpClient users = new OkHttpClient.Builder().eventListener(throwing).build();
    LiveRoomApi api =
        open(builder().okHttpClient(users).callbackExecutor(Runnable::run).requestEvents(log))
            .api();

    assertThatThrownBy(api.start()::execute)
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("checked");
    CompletableFuture<Call<StartResponse>> failed = new CompletableFuture<>();
    api.start().enqueue(completing(failed));
    failed.get(30, TimeUnit.SECONDS);

    assertThat(events)
        .containsExactly(
            "start began, attempt 1",
            "start failed: NetworkException, for good",
            "start began, attempt 1",
            "start failed: NetworkException, for good");
  }

  @SuppressWarnings("unchecked") // As Kotlin does.
  private static <T extends Throwable> void sneak(Throwable thrown) throws T {
    throw (T) thrown;
  }

  @Test
  void soAreCallsThatAreEnqueuedClonedOrCancelled() throws Exception {
    LiveRoomApi api = client().api();
    Call<BatchHeartbeatResponse> call =
        api.batchHeartbeat(
            CLIENT_ID, BatchHeartbeatRequest.builder().connIds(List.of("c1")).build());
    server.enqueue(json(SUCCESS));
    CompletableFuture<Call<BatchHeartbeatResponse>> answered = new CompletableFuture<>();
    call.enqueue(completing(answered));
    assertThat(answered.get(30, TimeUnit.SECONDS)).isSameAs(call);

    assertThatThrownBy(call::execute).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> call.enqueue(completing(answered)))
        .isInstanceOf(IllegalStateException.class);
    Call<BatchHeartbeatResponse> again = call.clone();
    again.cancel();
    CompletableFuture<Call<BatchHeartbeatResponse>> failed = new CompletableFuture<>();
    again.enqueue(completing(failed));
    assertThat(failed.get(30, TimeUnit.SECONDS)).isSameAs(again);
    assertThat(again.isCanceled()).isTrue();

    assertThat(events)
        .containsExactly(
            "batchHeartbeat began, attempt 1",
            "batchHeartbeat answered 0 in 0",
            "batchHeartbeat began, attempt 1",
            "batchHeartbeat failed: NetworkException, for good");
  }

  @Test
  @SuppressWarnings("NullAway") // That is the mistake.
  void aCallThatCannotBeMadeFailsAsItDoesWithoutAndIsNotHeardOf() throws Exception {
    LiveRoomApi api = client().api();
    CompletableFuture<Throwable> thrown = new CompletableFuture<>();
    Call<HeartbeatResponse> call = api.heartbeat(CLIENT_ID, null);

    call.enqueue(
        new Callback<>() {
          @Override
          public void onResponse(
              Call<HeartbeatResponse> same, Response<HeartbeatResponse> response) {
            thrown.complete(new AssertionError("answered"));
          }

          @Override
          public void onFailure(Call<HeartbeatResponse> same, Throwable cause) {
            thrown.complete(same == call ? cause : new AssertionError("another call"));
          }
        });

    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(api.heartbeat(CLIENT_ID, null)::execute)
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(events).isEmpty();
  }

  /** Completes with the call, however it ends. */
  private static <E> Callback<E> completing(CompletableFuture<Call<E>> ended) {
    return new Callback<>() {
      @Override
      public void onResponse(Call<E> call, Response<E> response) {
        ended.complete(call);
      }

      @Override
      public void onFailure(Call<E> call, Throwable thrown) {
        ended.complete(call);
      }
    };
  }

  private BiliLiveClient client() {
    return open(
        withTime(
            builder()
                .retryPolicy(RetryPolicy.DEFAULT)
                .callbackExecutor(Runnable::run)
                .requestEvents(log),
            new InstantTime(),
            WallClock.SYSTEM));
  }
}
