package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Heard;
import io.github.bililive.LiveListener;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.UncaughtExceptions;
import io.github.bililive.error.BiliLiveException;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each part of the user's client throws, whatever it likes: callers are told, no thread dies. */
@Timeout(120)
class ThrowingPartsTest extends ServerTestCase {
  private UncaughtExceptions uncaught;

  @BeforeEach
  void hearOfThreadsThatDie() {
    uncaught = new UncaughtExceptions();
  }

  @AfterEach
  void hearNoMore() {
    uncaught.close();
  }

  /** Throws what {@code what} makes, checked or not. */
  @SuppressWarnings("unchecked")
  private static <T extends Throwable, R> R fail(Supplier<Throwable> what) throws T {
    throw (T) what.get();
  }

  /** The parts; a call whose URL ends with {@code where} alone meets those that know the URL. */
  private static List<Function<Supplier<Throwable>, OkHttpClient.Builder>> parts(String where) {
    List<Function<Supplier<Throwable>, OkHttpClient.Builder>> parts = new ArrayList<>();
    parts.add(
        what ->
            new OkHttpClient.Builder()
                .addInterceptor(
                    chain ->
                        chain.request().url().encodedPath().endsWith(where)
                            ? fail(what)
                            : chain.proceed(chain.request())));
    parts.add(
        what ->
            new OkHttpClient.Builder()
                .addNetworkInterceptor(
                    chain ->
                        chain.request().url().encodedPath().endsWith(where)
                            ? fail(what)
                            : chain.proceed(chain.request())));
    parts.add(what -> new OkHttpClient.Builder().dns(host -> fail(what)));
    parts.add(
        what ->
            new OkHttpClient.Builder()
                .cookieJar(
                    new CookieJar() {
                      @Override
                      public List<Cookie> loadForRequest(HttpUrl url) {
                        return url.encodedPath().endsWith(where) ? fail(what) : List.of();
                      }

                      @Override
                      public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}
                    }));
    return parts;
  }

  private static OkHttpClient.Builder throwingSockets(Supplier<Throwable> what) {
    return new OkHttpClient.Builder()
        .socketFactory(
            new SocketFactory() {
              @Override
              public Socket createSocket() {
                return fail(what);
              }

              @Override
              public Socket createSocket(String host, int port) {
                return fail(what);
              }

              @Override
              public Socket createSocket(
                  String host, int port, java.net.InetAddress from, int localPort) {
                return fail(what);
              }

              @Override
              public Socket createSocket(java.net.InetAddress host, int port) {
                return fail(what);
              }

              @Override
              public Socket createSocket(
                  java.net.InetAddress host, int port, java.net.InetAddress from, int localPort) {
                return fail(what);
              }
            });
  }

  private static OkHttpClient.Builder throwingProxySelector(Supplier<Throwable> what) {
    return new OkHttpClient.Builder()
        .proxySelector(
            new ProxySelector() {
              @Override
              public List<Proxy> select(URI uri) {
                return fail(what);
              }

              @Override
              public void connectFailed(URI uri, SocketAddress address, IOException e) {
                fail(what);
              }
            });
  }

  private static OkHttpClient.Builder throwingListener(Supplier<Throwable> what) {
    return new OkHttpClient.Builder()
        .eventListenerFactory(
            new EventListener.Factory() {
              private int calls;

              @Override
              public EventListener create(Call call) {
                return ++calls % 2 == 0 ? fail(what) : throwing(what, calls / 2 % 7);
              }
            });
  }

  /** Returns a listener one of whose methods throws. */
  private static EventListener throwing(Supplier<Throwable> what, int method) {
    return new EventListener() {
      @Override
      public void callStart(Call call) {
        failIf(0);
      }

      @Override
      public void callEnd(Call call) {
        failIf(1);
      }

      @Override
      public void callFailed(Call call, IOException e) {
        failIf(2);
      }

      @Override
      public void canceled(Call call) {
        failIf(3);
      }

      @Override
      public void connectionAcquired(Call call, Connection connection) {
        failIf(4);
      }

      @Override
      public void requestHeadersStart(Call call) {
        failIf(5);
      }

      @Override
      public void connectionReleased(Call call, Connection connection) {
        failIf(6);
      }

      private void failIf(int which) {
        if (which == method) {
          fail(what);
        }
      }
    };
  }

  private static Stream<Supplier<Throwable>> throwables() {
    return Stream.of(
        () -> new IllegalStateException("thrown by a test"),
        () -> new SecurityException("Permission denied (missing INTERNET permission?)"),
        StackOverflowError::new,
        () -> new Exception("checked"));
  }

  static Stream<Arguments> calls() {
    List<Function<Supplier<Throwable>, OkHttpClient.Builder>> parts = parts("");
    parts.add(ThrowingPartsTest::throwingSockets);
    parts.add(ThrowingPartsTest::throwingListener);
    return throwables()
        .flatMap(
            what -> parts.stream().map(part -> Arguments.of(part.apply(what).build(), what.get())));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void everyCallerIsTold(OkHttpClient users, Throwable what) throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return json(SUCCESS);
          }
        });
    BiliLiveClient client = open(named(builder(), server.getPort()).okHttpClient(users));
    for (int round = 0; round < 4; round++) { // Each listener's methods, some of which do not fail.
      Heard<Void> heard = new Heard<>();
      client.heartbeat("c1", heard);
      assertTold(catchThrowable(heard::await), what);
      assertTold(catchThrowable(() -> client.heartbeat("c1")), what);
      assertThat(catchThrowable(() -> client.oauth().exchange("a-code-of-a-test")))
          .isInstanceOf(BiliLiveException.class);
      assertThat(catchThrowable(client.api().start()::execute))
          .satisfiesAnyOf(
              none -> assertThat(none).isNull(),
              thrown -> assertThat(thrown).isInstanceOf(IOException.class));
    }
  }

  private static void assertTold(Throwable thrown, Throwable what) {
    if (thrown != null) { // A listener may throw where nothing depends on it.
      assertThat(thrown)
          .isInstanceOf(BiliLiveException.class)
          .hasStackTraceContaining(what.getClass().getName());
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aCallThatHangsEndsAllTheSame(OkHttpClient users, Throwable what) throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
          }
        });
    BiliLiveClient client =
        open(
            named(builder(), server.getPort())
                .okHttpClient(users.newBuilder().callTimeout(50, TimeUnit.MILLISECONDS).build()));
    for (int round = 0; round < 2; round++) {
      assertThat(catchThrowable(() -> client.heartbeat("c1")))
          .isInstanceOf(BiliLiveException.class);
      assertThat(catchThrowable(client.api().start()::execute)).isInstanceOf(IOException.class);
    }
  }

  /** A base URL with a name, so that the Dns is asked. */
  private static BiliLiveClientBuilder named(BiliLiveClientBuilder builder, int port) {
    String url = "http://localhost:" + port + "/";
    return builder.baseUrl(url).oauthBaseUrl(url).retryPolicy(RetryPolicy.NONE);
  }

  static Stream<OkHttpClient> sockets() {
    List<Function<Supplier<Throwable>, OkHttpClient.Builder>> parts = parts("/sub");
    parts.remove(1); // OkHttp leaves network interceptors out for sockets.
    return throwables().flatMap(what -> parts.stream().map(part -> part.apply(what).build()));
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void aRoomBacksOffWhenItsSocketCannotBeDialled(OkHttpClient users) throws Exception {
    String link = "ws://localhost:" + server.getPort() + "/sub";
    server.enqueue(
        json(
            "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":\"hush\","
                + "\"wss_link\":[\""
                + link
                + "\"]}}}"));
    CountDownLatch lost = new CountDownLatch(1);

    open(builder().okHttpClient(users))
        .connect(
            new LiveListener() {
              @Override
              public void onStateChanged(io.github.bililive.ConnectionState state) {
                if (state.getReason() == Reason.SOCKET_LOST) {
                  lost.countDown();
                }
              }
            });

    assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("throwing")
  void aThrowingProxySelectorIsToldOf(OkHttpClient users) {
    Heard<StartedConnection> heard = new Heard<>();
    open(builder().baseUrl("https://platform.test/").okHttpClient(users)).start(heard);

    assertThat(catchThrowable(heard::await))
        .isInstanceOf(BiliLiveException.class)
        .hasMessageContaining("your OkHttpClient threw");
  }

  static Stream<OkHttpClient> throwing() {
    return throwables().map(what -> throwingProxySelector(what).build());
  }
}
