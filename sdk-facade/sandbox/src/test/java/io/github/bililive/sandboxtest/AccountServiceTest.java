package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.SandboxBuilder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The calls that tell about a token. */
class AccountServiceTest extends SandboxTestCase {
  @Override
  SandboxBuilder configure(SandboxBuilder builder) {
    return builder.accessTokens("one", "two");
  }

  @Test
  void theyTellWhoseTheTokenIsWhatItMayDoAndWhatItsRoomIsLike() throws IOException {
    Map<String, Object> info = told(get(Endpoint.ACCOUNT_INFO, "two"));
    Map<String, Object> scopes = told(get(Endpoint.ACCOUNT_SCOPES, "two"));
    Map<String, Object> room = told(get(Endpoint.ROOM_INFO, "two"));

    String openId = (String) info.get("openid");
    assertThat(info).containsOnlyKeys("name", "face", "openid");
    assertThat(openId).isNotEqualTo(told(get(Endpoint.ACCOUNT_INFO, "one")).get("openid"));
    assertThat(scopes).containsOnlyKeys("openid", "scopes").containsEntry("openid", openId);
    assertThat(Json.array(scopes.get("scopes"))).contains("LIVE_ROOM_DATA", "USER_INFO");
    assertThat(room)
        .containsOnlyKeys("open_id", "room_id", "title", "is_streaming", "is_banned")
        .containsEntry("open_id", openId);
    assertThat(((Number) room.get("room_id")).longValue()).isEqualTo(sandbox.room("two").id());
    assertThat(sandbox.refusals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"ACCOUNT_INFO", "ACCOUNT_SCOPES", "ROOM_INFO"})
  void theyAreCheckedAsStrictlyAsTheOthers(Endpoint endpoint) throws IOException {
    assertThat(send(get(endpoint, "one").method("POST")).code()).isEqualTo(4010);
    assertThat(send(get(endpoint, "one").secret("wrong")).code()).isEqualTo(4002);
    assertThat(send(get(endpoint, "one").without("Content-Type")).code()).isEqualTo(4011);
    assertThat(send(get(endpoint, "one").header("x-bili-content-md5", "0")).code()).isEqualTo(4012);
    assertThat(send(get(endpoint, "one").without("access-token")).code()).isEqualTo(127000);
    assertThat(send(get(endpoint, "three")).code()).isEqualTo(127001);
    assertThat(send(get(endpoint, "one").target(endpoint.path() + "?client_id=x")).code())
        .isEqualTo(4000);
    sandbox.oauth().revoke(0);
    assertThat(send(get(endpoint, "one")).code()).isEqualTo(127001);
    assertThat(send(start().method("GET")).code()).isEqualTo(4010);
  }

  @Test
  void anAnswerThatWasCapturedCanStandForTheSandboxs() throws IOException {
    sandbox.faults().next(1, Endpoint.ROOM_INFO, Fault.json("{\"code\":127007}"));

    assertThat(send(get(Endpoint.ROOM_INFO, "one")).code()).isEqualTo(127007);
    assertThat(send(get(Endpoint.ROOM_INFO, "one")).code()).isZero();
  }

  private Map<String, Object> told(TestCall call) throws IOException {
    return Json.object(send(call).data());
  }

  private TestCall get(Endpoint endpoint, String accessToken) {
    return start().method("GET").target(endpoint.path()).header("access-token", accessToken);
  }
}
