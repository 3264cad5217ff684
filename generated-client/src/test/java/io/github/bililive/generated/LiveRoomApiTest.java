package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.squareup.moshi.Moshi;
import io.github.bililive.generated.api.LiveRoomApi;
import io.github.bililive.generated.api.Operation;
import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.BatchHeartbeatResponse;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatResponse;
import io.github.bililive.generated.model.StartResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Invocation;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

class LiveRoomApiTest {
  private final MockWebServer server = new MockWebServer();
  private final List<Operation> operations = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void eachCallCarriesItsOperationIdAndWhetherItMayBeSentTwice() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"code\":0}"));
    server.enqueue(new MockResponse().setBody("{\"code\":0}"));

    api("/").start().execute();
    api("/").heartbeat("app", HeartbeatRequest.builder().connId("c").build()).execute();

    assertThat(operations)
        .extracting(Operation::name, Operation::repeatable)
        .containsExactly(tuple("start", false), tuple("heartbeat", true));
  }

  @Test
  void startPostsNothing() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"code\":0,\"data\":{\"conn_id\":\"c\"}}"));

    StartResponse answer = api("/").start().execute().body();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine()).isEqualTo("POST /arcopen/fn/live/room/ws-start HTTP/1.1");
    assertThat(request.getBody().readUtf8()).isEmpty();
    assertThat(answer.getData().getConnId()).isEqualTo("c");
  }

  @Test
  void heartbeatPostsTheIdAndNothingElse() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"code\":0,\"data\":{}}"));

    HeartbeatResponse answer =
        api("/")
            .heartbeat("app 1&2", HeartbeatRequest.builder().connId("c").build())
            .execute()
            .body();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo("POST /arcopen/fn/live/room/ws-heartbeat?client_id=app%201%262 HTTP/1.1");
    assertThat(request.getBody().readUtf8()).isEqualTo("{\"conn_id\":\"c\"}");
    assertThat(answer.getCode()).isZero();
  }

  @Test
  void batchHeartbeatPostsTheIdsInTheirOrder() throws Exception {
    server.enqueue(
        new MockResponse().setBody("{\"code\":0,\"data\":{\"failed_conn_ids\":[\"a\"]}}"));

    BatchHeartbeatResponse answer =
        api("/")
            .batchHeartbeat(
                "app", BatchHeartbeatRequest.builder().connIds(Arrays.asList("b", "a")).build())
            .execute()
            .body();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestLine())
        .isEqualTo("POST /arcopen/fn/live/room/ws-batch-heartbeat?client_id=app HTTP/1.1");
    assertThat(request.getBody().readUtf8()).isEqualTo("{\"conn_ids\":[\"b\",\"a\"]}");
    assertThat(answer.getData().getFailedConnIds()).containsExactly("a");
  }

  @Test
  void theCallsAboutATokenGetAndMayBeSentTwice() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"code\":0,\"data\":{\"openid\":\"o\"}}"));
    server.enqueue(new MockResponse().setBody("{\"code\":0,\"data\":{\"scopes\":[\"s\"]}}"));
    server.enqueue(new MockResponse().setBody("{\"code\":0,\"data\":{\"room_id\":7}}"));

    assertThat(api("/").accountInfo().execute().body().getData().getOpenid()).isEqualTo("o");
    assertThat(api("/").accountScopes().execute().body().getData().getScopes())
        .isEqualTo(List.of("s"));
    assertThat(api("/").roomInfo().execute().body().getData().getRoomId()).isEqualTo(7);

    assertThat(server.takeRequest().getRequestLine())
        .isEqualTo("GET /arcopen/fn/user/account/info HTTP/1.1");
    assertThat(server.takeRequest().getRequestLine())
        .isEqualTo("GET /arcopen/fn/user/account/scopes HTTP/1.1");
    assertThat(server.takeRequest().getRequestLine())
        .isEqualTo("GET /arcopen/fn/live/room/info HTTP/1.1");
    assertThat(operations)
        .extracting(Operation::name, Operation::repeatable)
        .containsExactly(
            tuple("accountInfo", true), tuple("accountScopes", true), tuple("roomInfo", true));
  }

  @Test
  void aBaseUrlMayHaveAPath() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"code\":0}"));

    api("/proxy/").start().execute();

    assertThat(server.takeRequest().getPath()).isEqualTo("/proxy/arcopen/fn/live/room/ws-start");
  }

  /** As an interceptor finds what the document says of the operation. */
  private Response noting(Interceptor.Chain chain) throws IOException {
    Invocation invocation = chain.request().tag(Invocation.class);
    operations.add(invocation.method().getAnnotation(Operation.class));
    return chain.proceed(chain.request());
  }

  private LiveRoomApi api(String path) {
    Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
    return new Retrofit.Builder()
        .baseUrl(server.url(path))
        .client(new OkHttpClient.Builder().addInterceptor(this::noting).build())
        .addConverterFactory(MoshiConverterFactory.create(moshi))
        .build()
        .create(LiveRoomApi.class);
  }
}
