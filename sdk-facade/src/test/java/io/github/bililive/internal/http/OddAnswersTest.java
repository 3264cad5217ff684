package io.github.bililive.internal.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.ConnectionState;
import io.github.bililive.Heard;
import io.github.bililive.LiveListener;
import io.github.bililive.OddServer;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.UncaughtExceptions;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.RequestEvents;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes are answered, each caller hears of one end, no thread dies and no room sticks. */
@Timeout(120)
class OddAnswersTest {
  private static final Pattern REPEATED = Pattern.compile("«(.+?)\\*([0-9]+)»");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(x[0-9a-f]{2}|[rnt0\\\\])");
  private static final String GOOD_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  private final RequestEvents events =
      new RequestEvents() {
        @Override
        public void requestBegan(String operation, int attempt) {
          begun.incrementAndGet();
        }

        @Override
        public void requestAnswered(String operation, int code, long tookMillis) {
          if (code == 0) {
            ended.incrementAndGet();
          }
        }

        @Override
        public void requestFailed(String operation, BiliLiveException cause, long retryInMillis) {
          ended.incrementAndGet();
        }
      };

  private UncaughtExceptions uncaught;
  private OddServer server;
  private BiliLiveClient client;

  @BeforeEach
  void hearOfThreadsThatDie() {
    uncaught = new UncaughtExceptions();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    server.close();
    uncaught.close();
  }

  private BiliLiveClientBuilder builder() {
    return BiliLiveClient.builder()
        .credentials(ServerTestCase.CREDENTIALS)
        .accessToken(ServerTestCase.ACCESS_TOKEN)
        .retryPolicy(RetryPolicy.NONE)
        .callbackExecutor(Runnable::run)
        .requestEvents(events)
        .baseUrl("http://" + server.address())
        .oauthBaseUrl("http://" + server.address());
  }

  static Stream<String> answers() throws IOException {
    try (InputStream in = OddAnswersTest.class.getResourceAsStream("/odd-answers.txt")) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void everyCallerHearsOfOneEnd(String line) throws Exception {
    byte[] answer = bytesOf(line);
    server = new OddServer(path -> answer);
    client = builder().build();
    Heard<StartedConnection> start = new Heard<>();
    Heard<Void> heartbeat = new Heard<>();

    client.start(start);
    client.heartbeat("c1", heartbeat);

    assertTold(catchThrowable(start::await));
    assertTold(catchThrowable(heartbeat::await));
    assertTold(catchThrowable(() -> client.heartbeat("c1")));
    assertTold(catchThrowable(() -> client.oauth().exchange("a-code-of-a-test")));
    assertThat(catchThrowable(client.api().start()::execute))
        .satisfiesAnyOf(
            none -> assertThat(none).isNull(),
            thrown -> assertThat(thrown).isInstanceOf(IOException.class),
            thrown -> assertThat(thrown).isInstanceOf(com.squareup.moshi.JsonDataException.class));
    assertThat(start.times()).isOne();
    assertThat(heartbeat.times()).isOne();
    assertThat(begun).hasValue(4);
    assertThat(ended).hasValue(4);
  }

  private static void assertTold(@Nullable Throwable thrown) {
    if (thrown != null) { // A few of the answers say, oddly, that all is well.
      assertThat(thrown).isInstanceOf(BiliLiveException.class);
      assertThat(thrown.getMessage()).hasSizeLessThan(2000);
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void aRoomWhoseSocketIsAnsweredSoBacksOff(String line) throws Exception {
    byte[] answer = bytesOf(line);
    server = new OddServer(path -> path.endsWith("ws-start") ? started() : answer);
    CountDownLatch lost = new CountDownLatch(1);
    client = builder().build();
    client.connect(
        new LiveListener() {
          @Override
          public void onStateChanged(ConnectionState state) {
            if (state.getReason() == ConnectionState.Reason.SOCKET_LOST) {
              lost.countDown();
            }
          }
        });

    assertThat(lost.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private byte[] started() {
    String body =
        "{\"code\":0,\"data\":{\"conn_id\":\"c1\",\"websocket_info\":{\"auth_body\":\"hush-auth\","
            + "\"wss_link\":[\"ws://"
            + server.address()
            + "sub\"]}}}";
    return (GOOD_HEAD + "Content-Length: " + body.length() + "\r\n\r\n" + body)
        .getBytes(ISO_8859_1);
  }

  private static byte[] bytesOf(String line) {
    String whole =
        REPEATED
            .matcher(line)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1).repeat(Integer.parseInt(found.group(2)))));
    if (whole.startsWith("J")) {
      whole = GOOD_HEAD + whole.substring(1);
      if (whole.endsWith("B")) {
        whole = whole.substring(0, whole.length() - 1) + "{\"code\":0,\"data\":{}}";
      }
    }
    return ESCAPE
        .matcher(whole)
        .replaceAll(found -> Matcher.quoteReplacement(unescaped(found.group(1))))
        .getBytes(ISO_8859_1);
  }

  private static String unescaped(String escape) {
    if (escape.startsWith("x")) {
      return String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
    }
    return String.valueOf("\r\n\t\0\\".charAt("rnt0\\".indexOf(escape)));
  }
}
