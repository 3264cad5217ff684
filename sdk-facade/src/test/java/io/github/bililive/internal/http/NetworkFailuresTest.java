package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.PendingCall;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.Remedy;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No answer, or half of one, is the network's failure. */
class NetworkFailuresTest extends ServerTestCase {
  @Test
  void aServerThatIsNotThereIsANetworkFailureOfEveryCall() throws Exception {
    MockWebServer gone = anotherServer();
    String address = urlOf(gone);
    gone.shutdown();
    BiliLiveClient client = open(builder().baseUrl(address));

    assertNetworkFailure(catchThrowable(client::start), "start");
    assertNetworkFailure(catchThrowable(() -> client.heartbeat("c1")), "heartbeat");
    assertNetworkFailure(
        catchThrowable(() -> client.batchHeartbeat(List.of("c1", "c2"))), "batchHeartbeat");
    assertThatThrownBy(client::start).hasCauseInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"DISCONNECT_AT_START", "DISCONNECT_AFTER_REQUEST"})
  void aConnectionThatIsCutBeforeTheAnswerIsANetworkFailure(SocketPolicy policy) throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(policy));
    server.enqueue(new MockResponse().setSocketPolicy(policy));
    OkHttpClient users = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();
    BiliLiveClient client = open(builder().okHttpClient(users));
    Heard<StartedConnection> heard = new Heard<>();

    assertNetworkFailure(catchThrowable(client::start), "start");
    client.start(heard);
    assertNetworkFailure(catchThrowable(heard::await), "start");
  }

  @Test
  void anAnswerThatIsCutOffIsANetworkFailure() {
    MockResponse cut =
        started("hush")
            .setBody(started("hush").getBody().readUtf8() + " ".repeat(4_000))
            .setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY);
    server.enqueue(cut);
    server.enqueue(cut);
    server.enqueue(cut);
    BiliLiveClient client = open();
    Heard<Void> heard = new Heard<>();

    assertNetworkFailure(catchThrowable(client::start), "start");
    client.heartbeat("c1", heard);
    assertNetworkFailure(catchThrowable(heard::await), "heartbeat");
    assertNetworkFailure(
        catchThrowable(() -> client.batchHeartbeat(List.of("c1"))), "batchHeartbeat");
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsANetworkFailure() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient users = new OkHttpClient.Builder().callTimeout(Duration.ofSeconds(1)).build();
    BiliLiveClient client = open(builder().okHttpClient(users));
    // So that the second goes to waiting, and not to what a first call loads.
    open().heartbeat("c1");

    assertThatThrownBy(client::start)
        .hasMessage("start: no answer from 127.0.0.1: InterruptedIOException (timeout)");
  }

  @Test
  void aReadTimeoutOfTheUsersClientHolds() {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .readTimeout(Duration.ofMillis(100))
            .retryOnConnectionFailure(false)
            .build();
    Heard<Set<String>> heard = new Heard<>();

    open(builder().okHttpClient(users)).batchHeartbeat(List.of("c1", "c2"), heard);

    assertNetworkFailure(catchThrowable(heard::await), "batchHeartbeat");
  }

  @Test
  void aCallThatIsGivenUpHearsANetworkFailureOnce() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    Heard<StartedConnection> heard = new Heard<>();
    PendingCall call = open().start(heard);
    assertThat(server.takeRequest(60, TimeUnit.SECONDS)).isNotNull();

    call.cancel();
    call.cancel();

    assertNetworkFailure(catchThrowable(heard::await), "start");
    call.cancel();
    assertThat(heard.times()).isEqualTo(1);
  }

  @Test
  void givingUpACallThatWasAnsweredChangesNothing() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(json(SUCCESS));
    BiliLiveClient client = open();
    Heard<Void> first = new Heard<>();
    PendingCall call = client.heartbeat("c1", first);
    first.await();

    call.cancel();

    Heard<Void> second = new Heard<>();
    client.heartbeat("c1", second);
    second.await();
    assertThat(first.times()).isEqualTo(1);
    assertThat(second.times()).isEqualTo(1);
  }

  @Test
  void anIoErrorOfAnInterceptorIsANetworkFailure() {
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  throw new IOException("offline by choice");
                })
            .build();

    assertThatThrownBy(open(builder().okHttpClient(users))::start)
        .isInstanceOf(NetworkException.class)
        .hasMessage(
            "start: no answer from 127.0.0.1: IOException (offline by choice); nothing was sent");
    assertThat(server.getRequestCount()).isZero();
  }

  private static void assertNetworkFailure(Throwable thrown, String operation) {
    assertThat(thrown)
        .isInstanceOf(NetworkException.class)
        .hasMessageStartingWith(operation + ": no answer from 127.0.0.1: ")
        .hasCauseInstanceOf(IOException.class);
    BiliLiveException error = (BiliLiveException) thrown;
    assertThat(error.getOperation()).isEqualTo(operation);
    assertThat(error.getRemedy()).isEqualTo(Remedy.RETRY);
    assertThat(error.getRetryAfterMillis()).isZero();
  }
}
