package io.github.bililive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.error.BiliLiveException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;

class BiliLiveClientTest extends ServerTestCase {
  @Test
  void aTokenNeedsCredentialsAndSaysHowToGiveThem() {
    assertThatIllegalStateException()
        .isThrownBy(BiliLiveClient.builder().accessToken("token")::build)
        .withMessageStartingWith(
            "no credentials: set Builder.credentials(Credentials.of(clientId, appSecret)); ");
  }

  @Test
  void aClientWithCredentialsAloneTalksToThePlatform() {
    BiliLiveClient client = open(BiliLiveClient.builder().credentials(CREDENTIALS));

    assertThat(client)
        .hasToString(
            "BiliLiveClient{Credentials{clientId=test-client, appSecret=██},"
                + " baseUrl=https://member.bilibili.com/}");
  }

  @Test
  void aTokenThatCouldNotStandInAHeaderIsRefusedAtOnceAndNotRepeated() {
    BiliLiveClientBuilder builder = builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.accessToken("hush\n"))
        .withMessageStartingWith("accessToken holds U+000A at index 4")
        .withMessageNotContainingAny("hush");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.accessToken(""))
        .withMessage("accessToken is empty: give the broadcaster's token");
  }

  @Test
  void durationsOfNothingAreRefusedAtOnce() {
    BiliLiveClientBuilder builder = builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.heartbeatInterval(0, SECONDS))
        .withMessage("heartbeat interval is 0 SECONDS: it must be at least 1 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.heartbeatInterval(999, MICROSECONDS))
        .withMessage("heartbeat interval is 999 MICROSECONDS: it must be at least 1 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connIdTimeToLive(-1, DAYS))
        .withMessage("time to live is -1 DAYS: it must be at least 1 ms");
  }

  @Test
  void anIntervalThatLeavesNoTimeForRetriesIsRefusedByBuild() {
    assertThatIllegalArgumentException()
        .isThrownBy(builder().heartbeatInterval(28, SECONDS)::build)
        .withMessage(
            "heartbeat interval 28000 ms leaves 2000 ms of the time to live of 30000 ms for"
                + " retries: leave at least a tenth, so an interval of at most 27000 ms");
    assertThatIllegalArgumentException()
        .isThrownBy(builder().heartbeatInterval(Long.MAX_VALUE, DAYS)::build)
        .withMessageContaining("leave at least a tenth");
    open(builder().heartbeatInterval(27, SECONDS));
  }

  @Test
  void limitsOfThePaceThatCannotBeRightAreRefused() {
    BiliLiveClientBuilder builder = builder().connectPace(1, 1).connectPace(1_000, 1_000);

    for (int[] limits : new int[][] {{0, 10}, {20, 10}, {1, 1_001}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.connectPace(limits[0], limits[1]))
          .withMessage(
              "connectPace is %d to %d a second: give 1 to 1000, the lower limit first, such as"
                  + " connectPace(2, 500)",
              limits[0], limits[1]);
    }
  }

  @Test
  void newBuilderMakesAClientWithTheSameSettings() throws Exception {
    server.enqueue(started("hush"));
    server.enqueue(started("hush"));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addNetworkInterceptor(
                chain -> chain.proceed(chain.request().newBuilder().header("x-user", "u").build()))
            .build();
    BiliLiveClientBuilder settings =
        builder().signatureVersion(SignatureVersion.V1_0).okHttpClient(users);
    settings.settings.wallClock = () -> 1_760_000_000_000L;
    BiliLiveClient client = open(settings);

    BiliLiveClient same = open(client.newBuilder());
    BiliLiveClient other = open(client.newBuilder().accessToken("hush-other"));
    client.close();
    same.start();
    other.start();

    RecordedRequest request = received();
    assertThat(request.getHeader("access-token")).isEqualTo(ACCESS_TOKEN);
    assertThat(request.getHeader("x-bili-accesskeyid")).isEqualTo(CLIENT_ID);
    assertThat(request.getHeader("x-bili-signature-version")).isEqualTo("1.0");
    assertThat(request.getHeader("x-bili-timestamp")).isEqualTo("1760000000");
    assertThat(request.getHeader("x-user")).isEqualTo("u");
    assertThat(received().getHeader("access-token")).isEqualTo("hush-other");
    assertThat(same).hasToString(client.toString().replace(", closed", ""));
  }

  @Test
  void aBuilderThatIsChangedAfterBuildLeavesTheClientAsItIs() throws Exception {
    server.enqueue(started("hush"));
    BiliLiveClientBuilder builder = builder();
    BiliLiveClient client = open(builder);

    builder.accessToken("hush-other").baseUrl("https://other.example");
    client.start();

    assertThat(received().getHeader("access-token")).isEqualTo(ACCESS_TOKEN);
  }

  @Test
  void aBaseUrlWithAPathIsPutBeforeEachCall() throws Exception {
    server.enqueue(started("hush"));
    server.enqueue(json(SUCCESS));
    BiliLiveClient client = open(builder().baseUrl(baseUrl() + "bili/v1"));

    client.start();
    client.heartbeat("c1");

    assertThat(received().getPath()).isEqualTo("/bili/v1/arcopen/fn/live/room/ws-start");
    assertThat(received().getPath())
        .isEqualTo("/bili/v1/arcopen/fn/live/room/ws-heartbeat?client_id=test-client");
  }

  @Test
  void startWithoutATokenSaysHowToGiveOne() throws Exception {
    server.enqueue(started("hush"));
    BiliLiveClient client =
        open(BiliLiveClient.builder().credentials(CREDENTIALS).baseUrl(baseUrl()));
    String message =
        "no access token: set Builder.accessToken or Builder.broadcaster, or give the broadcaster's"
            + " to start(…)";

    assertThatIllegalStateException().isThrownBy(client::start).withMessage(message);
    assertThatIllegalStateException()
        .isThrownBy(() -> client.start(new Heard<>()))
        .withMessage(message);

    assertThat(client.start("hush-broadcaster").getConnId()).isEqualTo("c1");
    assertThat(received().getHeader("access-token")).isEqualTo("hush-broadcaster");
  }

  @Test
  void aTokenGivenToStartGoesBeforeTheClients() throws Exception {
    server.enqueue(started("hush"));
    server.enqueue(started("hush"));
    BiliLiveClient client = open();
    Heard<StartedConnection> heard = new Heard<>();

    client.start("hush-one");
    client.start("hush-two", heard);
    heard.await();

    assertThat(received().getHeader("access-token")).isEqualTo("hush-one");
    assertThat(received().getHeader("access-token")).isEqualTo("hush-two");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.start("hush token"))
        .withMessageNotContainingAny("hush");
  }

  @Test
  void aHeartbeatNeedsAnId() {
    String message = "connId is empty: give the conn_id that start answered";
    BiliLiveClient client = open();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.heartbeat(""))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.heartbeat("", new Heard<>()))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.batchHeartbeat(List.of("c1", "")))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.keepAlive("", (connId, state, cause) -> {}))
        .withMessage(message);
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aBatchHolds1To200IdsAndNoneTwice() throws Exception {
    server.enqueue(json(SUCCESS));
    BiliLiveClient client = open();
    List<String> most = IntStream.range(0, 200).mapToObj(i -> "c" + i).toList();
    List<String> tooMany = IntStream.range(0, 201).mapToObj(i -> "c" + i).toList();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.batchHeartbeat(List.of()))
        .withMessage("connIds holds 0 ids: a batch holds 1 to 200");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.batchHeartbeat(tooMany))
        .withMessage("connIds holds 201 ids: a batch holds 1 to 200");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.batchHeartbeat(tooMany, new Heard<>()))
        .withMessage("connIds holds 201 ids: a batch holds 1 to 200");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.batchHeartbeat(List.of("c1", "c2", "c1")))
        .withMessage("connIds holds 'c1' twice: the platform refuses duplicates (7005)");
    assertThat(server.getRequestCount()).isZero();

    assertThat(client.batchHeartbeat(most)).isEmpty();
    assertThat(new String(WireSignature.bodyOf(received()), UTF_8))
        .startsWith("{\"conn_ids\":[\"c0\",\"c1\",")
        .endsWith(",\"c199\"]}");
  }

  @Test
  void whatABatchAnswersWithCannotBeChanged() throws Exception {
    server.enqueue(json("{\"code\":0,\"data\":{\"failed_conn_ids\":[\"c1\"]}}"));
    server.enqueue(started("hush"));
    BiliLiveClient client = open();
    Set<String> failed = client.batchHeartbeat(List.of("c1"));
    StartedConnection started = client.start();

    assertThatThrownBy(() -> failed.add("c2")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> started.getWssLinks().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void callbacksRunOnTheGivenExecutor() throws Exception {
    server.enqueue(json(SUCCESS));
    BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    BiliLiveClient client = open(builder().callbackExecutor(tasks::add));
    Heard<Void> heard = new Heard<>();

    client.heartbeat("c1", heard);
    Runnable task = Objects.requireNonNull(tasks.poll(60, SECONDS));
    assertThat(heard.times()).isZero();
    task.run();

    heard.await();
    assertThat(tasks).isEmpty();
  }

  @Test
  void aCallbackThatThrowsDoesNotStopThoseAfterIt() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(json(SUCCESS));
    BiliLiveClient client = open();
    Heard<Void> heard = new Heard<>();

    client.heartbeat("c1", throwing());
    client.heartbeat("c1", heard);

    heard.await();
    assertThat(heard.times()).isEqualTo(1);
  }

  @Test
  void callbacksRunOneAtATimeEvenOnAnExecutorOfManyThreads() throws Exception {
    BlockingQueue<Runnable> handedOver = new LinkedBlockingQueue<>();
    ClientThreads threads = ClientThreads.from();
    BiliLiveClient client = open(builder().callbackExecutor(handedOver::add));
    List<Heard<Void>> all = List.of(new Heard<>(), new Heard<>(), new Heard<>());
    for (Heard<Void> heard : all) {
      server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
      client.heartbeat("c1", heard);
    }

    client.close();
    threads.join("bililive-http", "OkHttp http");

    // Whoever runs the first task runs the others in its wake, so they are not handed over beside.
    assertThat(handedOver).hasSize(1);
    assertThat(all).allMatch(heard -> heard.times() == 0);
    handedOver.remove().run();
    assertThat(all).allMatch(heard -> heard.times() == 1);
  }

  @Test
  void callbacksOfCallsAndOfHeartbeatsRunOneAtATimeTogether() throws Exception {
    server.enqueue(json("{\"code\":7003,\"message\":\"expired\"}"));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    BlockingQueue<Runnable> handedOver = new LinkedBlockingQueue<>();
    ClientThreads threads = ClientThreads.from();
    BiliLiveClient client =
        open(builder().callbackExecutor(handedOver::add).heartbeatInterval(4, MILLISECONDS));
    Heard<Void> heard = new Heard<>();

    client.keepAlive("kept", (connId, state, cause) -> {});
    Runnable first = Objects.requireNonNull(handedOver.poll(60, SECONDS));
    client.heartbeat("c1", heard);
    client.close();
    threads.join("bililive-http", "OkHttp http");

    // Whoever runs the first task runs all others in its wake, so none may be handed over beside.
    assertThat(handedOver).isEmpty();
    first.run();
    assertThatThrownBy(heard::await).hasMessageStartingWith("heartbeat: no answer from");
    assertThat(heard.times()).isEqualTo(1);
  }

  private static AnswerCallback<Void> throwing() {
    return new AnswerCallback<>() {
      @Override
      public void onSuccess(Void nothing) {
        throw new IllegalStateException("thrown by a test's callback");
      }

      @Override
      public void onFailure(BiliLiveException error) {
        throw new IllegalStateException("thrown by a test's callback");
      }
    };
  }

  private RecordedRequest received() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(60, SECONDS));
  }
}
