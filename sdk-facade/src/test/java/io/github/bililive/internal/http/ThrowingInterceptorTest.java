package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Heard;
import io.github.bililive.Leaks;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.NetworkException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the user's OkHttp client throws, apart from IOExceptions, is a failure told to the caller.
 */
@Timeout(120)
class ThrowingInterceptorTest extends ServerTestCase {
  private static final String PROBLEM = "thrown by a test for " + ACCESS_TOKEN;

  private final Set<Throwable> uncaught = ConcurrentHashMap.newKeySet();
  private Thread.UncaughtExceptionHandler before;

  @BeforeEach
  void hearOfThreadsThatDie() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
  }

  @AfterEach
  void hearNoMore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
    assertThat(uncaught).isEmpty();
  }

  static Stream<OkHttpClient> throwing() {
    OkHttpClient.Builder interceptor =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  throw new IllegalStateException(PROBLEM);
                });
    OkHttpClient.Builder network =
        new OkHttpClient.Builder()
            .addNetworkInterceptor(
                chain -> {
                  throw new IllegalStateException(PROBLEM);
                });
    OkHttpClient.Builder dns =
        new OkHttpClient.Builder()
            .dns(
                host -> {
                  throw new IllegalStateException(PROBLEM);
                });
    OkHttpClient.Builder listener =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void callStart(Call call) {
                    throw new IllegalStateException(PROBLEM);
                  }
                });
    return Stream.of(interceptor, network, dns, listener).map(OkHttpClient.Builder::build);
  }

  @ParameterizedTest
  @MethodSource("throwing")
  void everyCallerIsTold(OkHttpClient users) {
    BiliLiveClient client =
        open(
            builder()
                // A name, so that the Dns is asked.
                .baseUrl("http://localhost:" + server.getPort() + "/")
                .okHttpClient(users)
                .retryPolicy(RetryPolicy.DEFAULT));
    Heard<StartedConnection> start = new Heard<>();
    Heard<Void> heartbeat = new Heard<>();

    client.start(start);
    client.heartbeat("c1", heartbeat);

    assertTold(catchThrowable(client::start));
    assertTold(catchThrowable(() -> client.heartbeat("c1")));
    assertTold(catchThrowable(start::await));
    assertTold(catchThrowable(heartbeat::await));
    assertThat(start.times()).isEqualTo(1);
    assertThat(server.getRequestCount()).isZero();
  }

  private static void assertTold(Throwable thrown) {
    assertThat(thrown)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("IllegalStateException: thrown by a test for ██")
        .satisfies(Leaks::assertHidesSecrets);
  }

  @Test
  void aUserOfTheGeneratedInterfaceIsToldByAnIoException() {
    OkHttpClient users = throwing().findFirst().orElseThrow();

    assertThatThrownBy(open(builder().okHttpClient(users)).api().start()::execute)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("of your OkHttpClient threw");
  }

  @Test
  void anInterceptorThatMakesARequestOfItsOwnIsRefusedBeforeAnythingIsSent() {
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> chain.proceed(new Request.Builder().url(chain.request().url()).build()))
            .build();

    assertThatThrownBy(open(builder().okHttpClient(users))::start)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("not sent: an interceptor replaced the request");
    assertThat(server.getRequestCount()).isZero();
  }
}
