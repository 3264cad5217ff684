package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.token.OAuthToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Answers in the shapes in which they were captured, or are shown by public clients and copies of
 * the official pages, with made-up people; each through a client. The test is called as its file.
 */
class RealAnswersTest {
  private static final Path FOLDER = Path.of("src", "test", "resources", "cases", "answers");
  private static final String ID = "00000000-0000-0000-0000-000000000000";

  private final Sandbox sandbox = Sandbox.start();
  private final BiliLiveClient client =
      BiliLiveClient.builder()
          .baseUrl(sandbox.baseUrl())
          .oauthBaseUrl(sandbox.baseUrl())
          .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
          .accessToken(sandbox.accessToken())
          .retryPolicy(RetryPolicy.NONE)
          .build();

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  @Test
  void eachFileHasItsTest() throws IOException {
    Set<String> tests =
        Stream.of(RealAnswersTest.class.getDeclaredMethods())
            .map(method -> method.getName().toLowerCase())
            .collect(java.util.stream.Collectors.toSet());
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files)
          .hasSize(12)
          .allSatisfy(
              file -> assertThat(tests).contains(nameOf(file).replace("-", "").toLowerCase()));
    }
  }

  @Test
  void batchSisterName() throws Exception {
    Set<String> dead = answered("batch-sister-name", c -> c.batchHeartbeat(List.of(ID, "other")));

    assertThat(dead).containsExactly(ID);
  }

  @Test
  void batchSomeFailed() throws Exception {
    Set<String> dead = answered("batch-some-failed", c -> c.batchHeartbeat(List.of(ID, "other")));

    assertThat(dead).containsExactly(ID);
  }

  @Test
  void heartbeatExpired() throws Exception {
    PlatformException refusal = refused("heartbeat-expired", () -> beat(client));

    assertThat(refusal.getKnownCode()).isEqualTo(PlatformCode.HEARTBEAT_EXPIRED);
    assertThat(refusal.getPlatformMessage()).isEqualTo("心跳过期或GameId错误");
    assertThat(refusal.getRequestId()).isEqualTo("1");
    assertThat(refusal.getRemedy()).isEqualTo(Remedy.START_AGAIN);
  }

  @Test
  void heartbeatOkEmpty() throws Exception {
    answered("heartbeat-ok-empty", RealAnswersTest::beat);

    assertThat(sandbox.requestCount()).isEqualTo(1);
  }

  @Test
  void oauthOfficialExample() throws Exception {
    OAuthToken token = answered("oauth-official-example", c -> c.oauth().exchange("code"));

    assertThat(token.getAccessToken()).isEqualTo("d30bedaa0000000000000000000000aa");
    assertThat(token.getRefreshToken()).isEqualTo("MADEUPwqScZIQDm4iWmKDvetyFugM6Hk");
    assertThat(token.getExpiresAtSeconds()).isEqualTo(1_630_220_614);
    assertThat(token.getScopes()).isEmpty();
  }

  @Test
  void oauthRefusedMinus400() throws Exception {
    PlatformException refusal =
        refused("oauth-refused-minus400", () -> client.oauth().exchange("code"));

    assertThat(refusal.getCode()).isEqualTo(-400);
    assertThat(refusal.getRemedy()).isEqualTo(Remedy.GIVE_UP);
    assertThat(refusal).isNotInstanceOf(AuthorisationRequiredException.class);
  }

  @Test
  void oauthScopesNull() throws Exception {
    OAuthToken token = answered("oauth-scopes-null", c -> c.oauth().exchange("code"));

    assertThat(token.getScopes()).isEmpty();
    assertThat(token.getExpiresAtSeconds()).isEqualTo(1_765_000_000);
  }

  @Test
  void oauthWithScopes() throws Exception {
    OAuthToken token = answered("oauth-with-scopes", c -> c.oauth().exchange("code"));

    assertThat(token.getScopes()).containsExactly("USER_INFO", "LIVE_ROOM_DATA");
  }

  @Test
  void startArcopen() throws Exception {
    StartedConnection started = answered("start-arcopen", BiliLiveClient::start);

    assertThat(started.getConnId()).isEqualTo("93594bf8-0000-4b30-a5e9-0d60c4e11e17");
    assertThat(started.getAuthBody())
        .startsWith("{\"roomid\":4000001,\"protover\":2,")
        .endsWith("\"group\":\"open\"}");
    assertThat(started.getWssLinks())
        .containsExactly(
            "wss://tx-sh-live-comet-03.chat.bilibili.com:443/sub",
            "wss://broadcastlv.chat.bilibili.com:443/sub");
  }

  /** The sister API's, in answer to a start by access token: it has no conn_id. */
  @Test
  void startCapturedV2() throws Exception {
    plan("start-captured-v2");

    InvalidResponseException failure =
        catchThrowableOfType(InvalidResponseException.class, client::start);

    assertThat(failure)
        .hasMessageContaining("Required value 'conn_id' missing at $.data")
        .hasMessageNotContaining("MADEUP");
  }

  @Test
  void startRefused127001NoData() throws Exception {
    PlatformException refusal = refused("start-refused-127001-no-data", client::start);

    assertThat(refusal.getKnownCode()).isEqualTo(PlatformCode.TOKEN_INVALID);
    assertThat(refusal.getRemedy()).isEqualTo(Remedy.SIGN_IN_AGAIN);
  }

  @Test
  void startRefusedDataEmpty() throws Exception {
    PlatformException refusal = refused("start-refused-data-empty", client::start);

    assertThat(refusal.getKnownCode()).isEqualTo(PlatformCode.INTERNAL);
    assertThat(refusal.getPlatformMessage()).isEqualTo("内部错误");
  }

  private static boolean beat(BiliLiveClient client) {
    client.heartbeat(ID);
    return true;
  }

  private <T> T answered(String name, Function<BiliLiveClient, T> call) throws IOException {
    plan(name);
    return call.apply(client);
  }

  private PlatformException refused(String name, Callable<?> call) throws IOException {
    plan(name);
    BiliLiveException thrown = catchThrowableOfType(BiliLiveException.class, call::call);
    assertThat(thrown).isInstanceOf(PlatformException.class);
    return (PlatformException) thrown;
  }

  private void plan(String name) throws IOException {
    sandbox
        .faults()
        .always(Fault.json(Files.readString(FOLDER.resolve("answer-" + name + ".json"))));
  }

  private static String nameOf(Path file) {
    return file.getFileName().toString().replace("answer-", "").replace(".json", "");
  }
}
