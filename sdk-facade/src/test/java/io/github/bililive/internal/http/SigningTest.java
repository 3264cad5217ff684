package io.github.bililive.internal.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.SignatureVersion;
import io.github.bililive.WireSignature;
import io.github.bililive.error.NetworkException;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.WallClock;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.GzipSource;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest extends ServerTestCase {
  private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
  private static final String MD5_OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e";
  private static final String BEAT = "{\"conn_id\":\"c1\"}";

  @Test
  void aStartCarriesExactlyTheDocumentedHeaders() throws Exception {
    server.enqueue(started("x"));

    open().start();

    RecordedRequest request = received();
    WireSignature.assertSigned(request);
    assertThat(request.getMethod()).isEqualTo("POST");
    assertThat(request.getPath()).isEqualTo("/arcopen/fn/live/room/ws-start");
    assertThat(request.getBodySize()).isZero();
    assertThat(WireSignature.single(request, "Accept")).isEqualTo("application/json");
    assertThat(WireSignature.single(request, "Content-Type")).isEqualTo("application/json");
    assertThat(WireSignature.single(request, "Content-Length")).isEqualTo("0");
    assertThat(WireSignature.single(request, "access-token")).isEqualTo(ACCESS_TOKEN);
    assertThat(WireSignature.single(request, "x-bili-accesskeyid")).isEqualTo(CLIENT_ID);
    assertThat(WireSignature.single(request, "x-bili-content-md5")).isEqualTo(MD5_OF_NOTHING);
    assertThat(WireSignature.single(request, "x-bili-signature-method")).isEqualTo("HMAC-SHA256");
    assertThat(WireSignature.single(request, "x-bili-signature-version")).isEqualTo("2.0");
    assertThat(WireSignature.single(request, "x-bili-signature-nonce")).hasSize(36);
    assertThat(WireSignature.single(request, "Authorization")).matches("[0-9a-f]{64}");
  }

  @Test
  void aHeartbeatOfAnUnknownIdCarriesTheAppAndAnEmptyAccessToken() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(json(SUCCESS));

    open().heartbeat("c1");
    open().batchHeartbeat(List.of("c1", "c2"));

    RecordedRequest single = received();
    WireSignature.assertSigned(single);
    assertThat(single.getPath())
        .isEqualTo("/arcopen/fn/live/room/ws-heartbeat?client_id=" + CLIENT_ID);
    assertThat(bodyOf(single)).isEqualTo(BEAT);
    assertThat(WireSignature.single(single, "access-token")).isEmpty();
    assertThat(single.getHeaders().names()).doesNotContain("Transfer-Encoding");
    assertThat(WireSignature.single(single, "Content-Type")).isEqualTo("application/json");
    assertThat(WireSignature.single(single, "Accept")).isEqualTo("application/json");
    RecordedRequest batch = received();
    WireSignature.assertSigned(batch);
    assertThat(batch.getPath())
        .isEqualTo("/arcopen/fn/live/room/ws-batch-heartbeat?client_id=" + CLIENT_ID);
    assertThat(bodyOf(batch)).isEqualTo("{\"conn_ids\":[\"c1\",\"c2\"]}");
    assertThat(WireSignature.single(batch, "access-token")).isEmpty();
    assertThat(WireSignature.single(batch, "Content-Type")).isEqualTo("application/json");
  }

  @ParameterizedTest
  @EnumSource
  void eachSignatureVersionIsSentAndSigned(SignatureVersion version) throws Exception {
    server.enqueue(started("x"));

    open(builder().signatureVersion(version)).start();

    RecordedRequest request = received();
    WireSignature.assertSigned(request);
    assertThat(WireSignature.single(request, "x-bili-signature-version"))
        .isEqualTo(version == SignatureVersion.V1_0 ? "1.0" : "2.0");
    assertThat(WireSignature.single(request, "access-token")).isEqualTo(ACCESS_TOKEN);
  }

  @Test
  void theTimeThatIsSignedIsTheClocksInWholeSeconds() throws Exception {
    server.enqueue(json(SUCCESS));

    call(signing(new OkHttpClient(), () -> 1_760_000_000_999L), beat()).close();

    RecordedRequest request = received();
    WireSignature.assertSigned(request);
    assertThat(WireSignature.single(request, "x-bili-timestamp")).isEqualTo("1760000000");
  }

  @Test
  void aBodyThatAnInterceptorGzipsIsSignedAsItLeaves() throws Exception {
    server.enqueue(json(SUCCESS));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("Content-Encoding", "gzip")
                            .post(gzip(Objects.requireNonNull(chain.request().body())))
                            .build()))
            .build();

    open(builder().okHttpClient(users)).heartbeat("c1");

    RecordedRequest request = received();
    WireSignature.assertSigned(request);
    Buffer sent = new Buffer().write(WireSignature.bodyOf(request));
    assertThat(Okio.buffer(new GzipSource(sent)).readUtf8()).isEqualTo(BEAT);
    assertThat(request.getHeader("Transfer-Encoding")).isNull();
    assertThat(WireSignature.single(request, "Content-Length"))
        .isEqualTo(Long.toString(request.getBodySize()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBodyThatAnInterceptorWritesAnewIsSignedAsItLeaves(boolean network) throws Exception {
    server.enqueue(json(SUCCESS));
    Interceptor writesAnew =
        chain ->
            chain.proceed(
                chain
                    .request()
                    .newBuilder()
                    .post(RequestBody.create("{ \"conn_id\" : \"密\" }", JSON))
                    .build());
    OkHttpClient.Builder users = new OkHttpClient.Builder();
    (network ? users.networkInterceptors() : users.interceptors()).add(writesAnew);

    open(builder().okHttpClient(users.build())).heartbeat("c1");

    RecordedRequest request = received();
    assertThat(bodyOf(request)).isEqualTo("{ \"conn_id\" : \"密\" }");
    WireSignature.assertSigned(request);
    assertThat(WireSignature.single(request, "Content-Type")).isEqualTo("application/json");
    assertThat(WireSignature.single(request, "Content-Length"))
        .isEqualTo(Long.toString(request.getBodySize()));
  }

  @Test
  void headersThatAnInterceptorSetsUnderOurNamesAreReplaced() throws Exception {
    server.enqueue(json(SUCCESS));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addNetworkInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("Authorization", "Basic eA==")
                            .header("access-token", "not ours")
                            .header("x-bili-signature-nonce", "always the same")
                            .addHeader("Accept", "text/html")
                            .header("x-trace", "kept")
                            .build()))
            .build();

    open(builder().okHttpClient(users)).heartbeat("c1");

    RecordedRequest request = received();
    WireSignature.assertSigned(request);
    assertThat(WireSignature.single(request, "Accept")).isEqualTo("application/json");
    assertThat(WireSignature.single(request, "x-trace")).isEqualTo("kept");
    assertThat(WireSignature.single(request, "x-bili-signature-nonce")).hasSize(36);
    assertThat(WireSignature.single(request, "access-token")).isEmpty();
  }

  @Test
  void callsAreSpokenOverHttp11EvenIfTheUsersClientWantsHttp2() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(started("hush"));
    OkHttpClient users =
        new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    BiliLiveClient client = open(builder().okHttpClient(users));

    client.heartbeat("c1");
    client.api().start().execute();

    for (RecordedRequest request : received(2)) {
      assertThat(request.getRequestLine()).endsWith(" HTTP/1.1");
      WireSignature.assertSigned(request);
    }
  }

  @Test
  void aRequestThatIsSentAgainAfterACutHasItsOwnNonceTimeAndSignature() throws Exception {
    AtomicLong seconds = new AtomicLong(1_760_000_000);
    OkHttpClient http = signing(new OkHttpClient(), () -> seconds.getAndIncrement() * 1_000);
    server.enqueue(json(SUCCESS));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    server.enqueue(json(SUCCESS));
    call(http, beat()).close();

    // OkHttp sends again by itself if the connection that broke was kept from an earlier request.
    try (Response response = call(http, beat())) {
      assertThat(response.code()).isEqualTo(200);
    }

    assertThat(server.getRequestCount()).isEqualTo(3);
    assertOwnNonces(received(3));
  }

  @Test
  void aStartThatIsCutAfterItWasSentIsNotSentAgain() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.DISCONNECT_AFTER_REQUEST));
    BiliLiveClient client = open();
    client.heartbeat("c1");

    assertThatThrownBy(client::start).isInstanceOf(NetworkException.class);

    assertThat(server.getRequestCount()).isEqualTo(2);
    WireSignature.assertSigned(received());
    RecordedRequest start = received();
    WireSignature.assertSigned(start);
    assertThat(start.getPath()).isEqualTo("/arcopen/fn/live/room/ws-start");
    assertThat(start.getHeader("access-token")).isEqualTo(ACCESS_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 503})
  void aRequestThatHttpAsksForAgainHasItsOwnNonceTimeAndSignature(int status) throws Exception {
    AtomicLong seconds = new AtomicLong(1_760_000_000);
    OkHttpClient http = signing(new OkHttpClient(), () -> seconds.getAndIncrement() * 1_000);
    server.enqueue(new MockResponse().setResponseCode(status).setHeader("Retry-After", "0"));
    server.enqueue(json(SUCCESS));

    try (Response response = call(http, beat())) {
      assertThat(response.code()).isEqualTo(200);
    }

    assertThat(server.getRequestCount()).isEqualTo(2);
    assertOwnNonces(received(2));
  }

  @Test
  void aStartThatHttpAsksForAgainStillGetsItsAuthBody() throws Exception {
    server.enqueue(started("first").setResponseCode(503).setHeader("Retry-After", "0"));
    server.enqueue(started("second"));

    RetryPolicy soon = RetryPolicy.builder().firstPause(1, TimeUnit.MILLISECONDS).build();
    assertThat(open(builder().retryPolicy(soon)).start().getAuthBody()).isEqualTo("second");

    assertThat(server.getRequestCount()).isEqualTo(2);
  }

  @Test
  void anInterceptorThatSendsTwiceGetsTwoSignatures() throws Exception {
    server.enqueue(json(SUCCESS));
    server.enqueue(json(SUCCESS));
    OkHttpClient users =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  chain.proceed(chain.request()).close();
                  return chain.proceed(chain.request());
                })
            .build();

    open(builder().okHttpClient(users)).heartbeat("c1");

    List<RecordedRequest> requests = received(2);
    assertThat(requests)
        .extracting(request -> WireSignature.single(request, "x-bili-signature-nonce"))
        .doesNotHaveDuplicates();
    for (RecordedRequest request : requests) {
      WireSignature.assertSigned(request);
    }
  }

  @Test
  void anInterceptorThatTurnsTheRequestToAnotherPortIsRefusedBeforeAnythingIsSent()
      throws Exception {
    MockWebServer other = anotherServer();

    assertRefused(url -> url.newBuilder().port(other.getPort()).build());

    assertThat(other.getRequestCount()).isZero();
  }

  @Test
  void anInterceptorThatTurnsTheRequestToAnotherHostIsRefusedBeforeAnythingIsSent()
      throws Exception {
    assertRefused(url -> url.newBuilder().host("localhost").build());
  }

  @Test
  void aPathThatAnInterceptorChangesIsNoneOfOurBusiness() throws Exception {
    server.enqueue(json(SUCCESS));

    open(builder().okHttpClient(turning(url -> url.newBuilder().addPathSegment("v2").build())))
        .heartbeat("c1");

    RecordedRequest request = received();
    WireSignature.assertSigned(request);
    assertThat(request.getPath()).contains("/ws-heartbeat/v2?");
  }

  @Test
  void theGeneratedInterfaceIsSignedAndCarriesTheClientsToken() throws Exception {
    server.enqueue(started("hush"));

    StartResponse envelope = Objects.requireNonNull(open().api().start().execute().body());

    assertThat(envelope.getRequestId()).isEqualTo("r1");
    RecordedRequest request = received();
    WireSignature.assertSigned(request);
    assertThat(WireSignature.single(request, "access-token")).isEqualTo(ACCESS_TOKEN);
    assertThat(envelope.toString()).doesNotContain("hush");
  }

  private void assertRefused(UnaryOperator<HttpUrl> turn) throws IOException {
    BiliLiveClient client = open(builder().okHttpClient(turning(turn)));

    assertThatThrownBy(client::start)
        .isInstanceOf(NetworkException.class)
        .hasMessageContaining("not sent: the request is for http://")
        .hasMessageContaining(
            ", but the secrets of this client are for http://127.0.0.1:"
                + server.getPort()
                + " alone; an interceptor must not turn it elsewhere, set the base URL instead");
    assertThat(server.getRequestCount()).isZero();
  }

  private static OkHttpClient turning(UnaryOperator<HttpUrl> turn) {
    return new OkHttpClient.Builder()
        .connectTimeout(Duration.ofSeconds(5))
        .addInterceptor(
            chain ->
                chain.proceed(
                    chain.request().newBuilder().url(turn.apply(chain.request().url())).build()))
        .build();
  }

  private static void assertOwnNonces(List<RecordedRequest> requests)
      throws GeneralSecurityException {
    for (RecordedRequest request : requests) {
      WireSignature.assertSigned(request);
      assertThat(bodyOf(request)).isEqualTo(BEAT);
    }
    assertThat(requests)
        .extracting(request -> WireSignature.single(request, "x-bili-signature-nonce"))
        .doesNotHaveDuplicates();
    assertThat(requests)
        .extracting(request -> WireSignature.single(request, "x-bili-timestamp"))
        .doesNotHaveDuplicates();
  }

  /** A client as the SDK derives it, without the SDK's calls. */
  private OkHttpClient signing(OkHttpClient users, WallClock clock) {
    RequestSigner signer = new RequestSigner(CREDENTIALS, SignatureVersion.V2_0);
    PlatformClock platformClock =
        new PlatformClock(
            clock, new EventPoster<>(RequestEvents.NONE, RequestEvents.NONE, Runnable::run));
    return Wire.derive(
        users, new Dispatcher(), HttpUrl.get(baseUrl()), new Signing(signer, platformClock, true));
  }

  private Request beat() {
    return new Request.Builder()
        .url(baseUrl())
        .post(RequestBody.create(BEAT, JSON))
        .tag(CallTrace.class, new CallTrace())
        .build();
  }

  private static Response call(OkHttpClient http, Request request) throws IOException {
    return http.newCall(request).execute();
  }

  private RecordedRequest received() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(60, TimeUnit.SECONDS));
  }

  private List<RecordedRequest> received(int count) throws InterruptedException {
    List<RecordedRequest> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      requests.add(received());
    }
    return requests;
  }

  private static String bodyOf(RecordedRequest request) {
    return new String(WireSignature.bodyOf(request), UTF_8);
  }

  /** As OkHttp's own recipe for compressing requests has it: of unknown length. */
  private static RequestBody gzip(RequestBody body) {
    return new RequestBody() {
      @Override
      public MediaType contentType() {
        return body.contentType();
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        try (BufferedSink zipped = Okio.buffer(new GzipSink(sink))) {
          body.writeTo(zipped);
        }
      }
    };
  }
}
