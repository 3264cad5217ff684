package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.Heard;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.MockResponse;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Interceptors of the user's see no secret, and the caller still gets what the platform sent. */
class SecrecyTest extends ServerTestCase {
  private final Snooper application = new Snooper();
  private final Snooper network = new Snooper();
  private final OkHttpClient users =
      new OkHttpClient.Builder().addInterceptor(application).addNetworkInterceptor(network).build();

  @Test
  void interceptorsSeeNoSecretOfAStartThatSucceeds() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client = clientOf(sandbox, sandbox.accessToken())) {
      StartedConnection started = client.start();

      assertThat(started.getAuthBody()).contains("\"key\":\"sandbox-auth-key-");
      assertThat(List.of(application.seen(), network.seen()))
          .allSatisfy(
              seen ->
                  assertThat(seen)
                      .contains(
                          "buffered {", started.getConnId(), "\"auth_body\":\"██\"", "token null"));
      assertSawNoSecretOf(sandbox);
    }
  }

  @Test
  void interceptorsSeeNoSecretOfHeartbeats() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client = clientOf(sandbox, sandbox.accessToken())) {
      List<String> connIds = sandbox.startConnections(2);

      client.heartbeat(connIds.get(0));
      client.batchHeartbeat(connIds);

      assertThat(network.seen()).contains("body {\"conn_ids\":[\"" + connIds.get(0));
      assertSawNoSecretOf(sandbox);
    }
  }

  @Test
  void interceptorsSeeNoSecretOfAStartThatIsRefused() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client = clientOf(sandbox, "wrong-token-of-a-test")) {
      assertThatThrownBy(client::start).isInstanceOf(PlatformException.class);

      assertThat(List.of(application.seen(), network.seen()))
          .allSatisfy(
              seen ->
                  assertThat(seen)
                      .contains("buffered {", "127001")
                      .doesNotContain("wrong-token-of-a-test"));
      assertSawNoSecretOf(sandbox);
    }
  }

  @Test
  void interceptorsSeeNoSecretWhenARequestIsSentAgain() throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client = clientOf(sandbox, sandbox.accessToken())) {
      String connId = client.start().getConnId();
      sandbox.faults().next(1, Endpoint.HEARTBEAT, Fault.reset().afterProcessing());

      client.heartbeat(connId);

      assertThat(sandbox.requestCount()).isEqualTo(3);
      assertThat(network.seen()).contains("<-- java.io.IOException");
      assertSawNoSecretOf(sandbox);
    }
  }

  @Test
  void interceptorsSeeNoSecretOfTheGeneratedInterfacesCalls() throws Exception {
    server.enqueue(started("hush-auth"));

    StartResponse envelope =
        Objects.requireNonNull(open(builder().okHttpClient(users)).api().start().execute().body());

    assertThat(Objects.requireNonNull(envelope.getData()).getWebsocketInfo().getAuthBody())
        .isEqualTo("hush-auth");
    assertSawNothingHushed();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hush|hush",
        "{\\\"key\\\":\\\"hush\\\"}|{\"key\":\"hush\"}",
        "hush\\\\|hush\\",
        "\\\\\\\"hush\\\\\\\\\\\"|\\\"hush\\\\\"",
        "\\u5bc6hush\\ud83d\\ude00|密hush😀",
        "密hush😀|密hush😀",
        "hush\\n\\t\\/|hush\\n\\t/",
        "██|██",
      })
  void theCallerGetsTheAuthBodyToTheByteAndInterceptorsGetABar(String inJson, String authBody)
      throws Exception {
    // CsvSource cannot hold control characters: \n and \t are written out above.
    String expected = authBody.replace("\\n", "\n").replace("\\t", "\t");
    server.enqueue(started(inJson));
    server.enqueue(started(inJson));
    BiliLiveClient client = open(builder().okHttpClient(users));
    Heard<StartedConnection> heard = new Heard<>();

    assertThat(client.start().getAuthBody()).isEqualTo(expected);
    client.start(heard);
    assertThat(heard.await().getAuthBody()).isEqualTo(expected);

    assertSawNothingHushed();
    assertThat(application.seen()).contains("\"auth_body\":\"██\"", "wss://two/sub");
  }

  @Test
  void theAuthBodyIsFoundWithWhiteSpaceAndInAnyPlace() throws Exception {
    server.enqueue(
        json(
            "{ \"data\" : { \"websocket_info\" :\n{ \"wss_link\": [ ] , \"auth_body\"\t: \n \"hush\" },"
                + " \"conn_id\": \"c1\" } , \"auth_body\":\"hush two\", \"code\" : 0 }"));

    StartedConnection started = open(builder().okHttpClient(users)).start();

    assertThat(started.getAuthBody()).isEqualTo("hush");
    assertThat(started.getWssLinks()).isEmpty();
    assertSawNothingHushed();
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aGzippedAnswerIsUnderstoodAndInterceptorsSeeItsTextWithoutTheAuthBody(
      boolean usersOwnEncoding) throws Exception {
    Buffer zipped = new Buffer();
    try (BufferedSink gzip = Okio.buffer(new GzipSink(zipped))) {
      gzip.writeAll(Objects.requireNonNull(started("hush 密").getBody()));
    }
    server.enqueue(new MockResponse().setHeader("Content-Encoding", "gzip").setBody(zipped));
    OkHttpClient.Builder encoding = users.newBuilder();
    if (usersOwnEncoding) {
      encoding
          .interceptors()
          .add(
              0,
              chain ->
                  chain.proceed(
                      chain.request().newBuilder().header("Accept-Encoding", "gzip").build()));
    }

    StartedConnection started = open(builder().okHttpClient(encoding.build())).start();

    assertThat(started.getAuthBody()).isEqualTo("hush 密");
    assertSawNothingHushed();
    assertThat(network.seen()).contains("buffered {\"code\":0");
  }

  @Test
  void interceptorsSeeNoAuthBodyOfAnAnswerThatBreaksOffOrIsAnError() {
    server.enqueue(json("{\"code\":0,\"data\":{\"websocket_info\":{\"auth_body\":\"hush-au"));
    server.enqueue(started("hush").setResponseCode(500));
    BiliLiveClient client = open(builder().okHttpClient(users));

    assertThatThrownBy(client::start).hasMessageContaining("\"auth_body\":\"██");
    assertThatThrownBy(client::start).hasMessageContaining("\"auth_body\":\"██\"");

    assertSawNothingHushed();
  }

  @Test
  void valuesThatHoldASecretPrintWithoutIt() throws Exception {
    server.enqueue(started("hush"));
    BiliLiveClient client = open();

    assertThat(client.start())
        .hasToString(
            "StartedConnection{connId=c1, authBody=██, wssLinks=[wss://one/sub, wss://two/sub]}");
    assertThat(client)
        .hasToString(
            "BiliLiveClient{Credentials{clientId=test-client, appSecret=██}, baseUrl="
                + baseUrl()
                + "}");
  }

  private BiliLiveClient clientOf(Sandbox sandbox, String accessToken) {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .accessToken(accessToken)
        .baseUrl(sandbox.baseUrl())
        .okHttpClient(users)
        .build();
  }

  private void assertSawNothingHushed() {
    assertThat(application.seen()).contains("--> ", "<-- ").doesNotContain("hush");
    assertThat(network.seen()).contains("--> ", "<-- ").doesNotContain("hush");
    assertThat(application.seen() + network.seen())
        .doesNotContainIgnoringCase("authorization:", "access-token:", "x-bili-signature-nonce");
  }

  private void assertSawNoSecretOf(Sandbox sandbox) {
    assertSawNothingHushed();
    assertThat(sandbox.requests()).isNotEmpty();
    for (SeenRequest request : sandbox.requests()) {
      String signature = Objects.requireNonNull(request.headers().get("Authorization"));
      assertThat(application.seen() + network.seen())
          .doesNotContain(
              signature, sandbox.appSecret(), sandbox.accessToken(), "sandbox-auth-key-");
    }
  }
}
