package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import io.github.bililive.generated.model.AccountInfo;
import io.github.bililive.generated.model.RoomInfo;
import io.github.bililive.token.AccessTokenProvider;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The calls that say whose a token is, what it may do, and what its room is like. */
class AccountTest extends ServerTestCase {
  private static final String MD5_OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e";

  @Test
  void eachCallIsASignedGetWithoutABody() throws Exception {
    server.enqueue(data("{}"));
    server.enqueue(data("{}"));
    server.enqueue(data("{}"));
    Account account = open().account();

    account.info();
    account.scopes();
    account.room();

    for (String path : List.of("user/account/info", "user/account/scopes", "live/room/info")) {
      RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
      assertThat(request.getRequestLine()).isEqualTo("GET /arcopen/fn/" + path + " HTTP/1.1");
      WireSignature.assertSigned(request);
      assertThat(WireSignature.single(request, "x-bili-content-md5")).isEqualTo(MD5_OF_NOTHING);
      assertThat(WireSignature.single(request, "access-token")).isEqualTo(ACCESS_TOKEN);
      assertThat(WireSignature.single(request, "Content-Type")).isEqualTo("application/json");
      assertThat(WireSignature.single(request, "Accept")).isEqualTo("application/json");
      assertThat(request.getHeaders().names())
          .doesNotContain("Content-Length", "Transfer-Encoding");
    }
  }

  @Test
  void aTokenGivenForTheCallAndAProvidersAreSentInPlaceOfTheClientsOwn() throws Exception {
    server.enqueue(data("{\"name\":\"甲\"}"));
    server.enqueue(data("{\"name\":\"乙\"}"));
    BiliLiveClient client = open();

    assertThat(client.account("one-token").info().getName()).isEqualTo("甲");
    AccessTokenProvider provider = AccessTokenProvider.fixed("two-token");
    assertThat(client.account(provider).info().getName()).isEqualTo("乙");

    assertThat(server.takeRequest().getHeader("access-token")).isEqualTo("one-token");
    assertThat(server.takeRequest().getHeader("access-token")).isEqualTo("two-token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"openid\":\"o1\"}|o1",
        "{\"open_id\":\"o1\"}|o1",
        "{\"openid\":\"\",\"open_id\":\"o1\"}|o1",
        "{\"openid\":null,\"open_id\":\"o1\"}|o1",
        "{\"openid\":123456789012,\"name\":null}|123456789012",
        "{\"face\":null,\"new\":{\"deep\":[1]}}|''",
      })
  void theIdIsReadUnderEitherName(String data, String id) {
    server.enqueue(data(data));
    server.enqueue(data(data));
    BiliLiveClient client = open();

    AccountInfo info = client.account().info();
    RoomInfo room = client.account().room();

    assertThat(info.getOpenId()).isEqualTo(info.getOpenid()).isEqualTo(id);
    assertThat(room.getOpenId()).isEqualTo(room.getOpenid()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"openid\":\"o\",\"scopes\":[\"USER_INFO\",\"LIVE_ROOM_DATA\"]}|USER_INFO LIVE_ROOM_DATA",
        "{\"scopes\":[]}|''",
        "{\"scopes\":null}|''",
        "{\"scopes\":[\"USER_INFO\",null,1,\"LIVE_ROOM_DATA\"]}|USER_INFO LIVE_ROOM_DATA",
        "{\"scopes\":\"USER_INFO,LIVE_ROOM_DATA\"}|USER_INFO LIVE_ROOM_DATA",
        "{\"scopes\":\"\"}|''",
        "{}|''",
      })
  void scopesAreAListThatMayBeEmpty(String data, String scopes) {
    server.enqueue(data(data));

    List<String> told = open().account().scopes();

    assertThat(String.join(" ", told)).isEqualTo(scopes);
    assertThatThrownBy(() -> told.add("more")).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theRoomIsToldWithItsNumberTitleAndState() {
    server.enqueue(
        data(
            "{\"open_id\":\"o\",\"room_id\":\"4000001\",\"title\":\"标题\",\"is_streaming\":true,"
                + "\"is_banned\":false,\"area\":\"x\"}"));

    RoomInfo room = open().account().room();

    assertThat(room.getRoomId()).isEqualTo(4_000_001);
    assertThat(room.getTitle()).isEqualTo("标题");
    assertThat(room.isStreaming()).isTrue();
    assertThat(room.isBanned()).isFalse();
    assertThat(room.getAdditionalProperties()).containsEntry("area", "x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"room_id\":\"1\",\"is_streaming\":1,\"is_banned\":0}|1|true",
        "{\"room_id\":1,\"is_streaming\":\"1\",\"title\":2}|1|true",
        "{\"room_id\":\"\",\"is_streaming\":null,\"is_banned\":\"\"}|0|false",
      })
  void aRoomIsReadFromOtherTypesToo(String data, long roomId, boolean isStreaming) {
    server.enqueue(data(data));

    RoomInfo room = open().account().room();

    assertThat(room.getRoomId()).isEqualTo(roomId);
    assertThat(room.isStreaming()).isEqualTo(isStreaming);
    assertThat(room.isBanned()).isFalse();
  }

  @Test
  void scopesOfAnotherShapeAreNamed() {
    server.enqueue(data("{\"scopes\":{\"a\":1}}"));

    assertThatThrownBy(() -> open().account().scopes())
        .hasMessageStartingWith("accountScopes: answer not understood: ")
        .hasMessageContaining(
            "an array of strings or one string but was an object at path $.data.scopes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "\"text\"", "{\"scopes\":{}}"})
  void dataOfAnotherShapeIsAnAnswerNotUnderstood(String data) {
    server.enqueue(data(data));

    assertThatThrownBy(() -> open().account().scopes())
        .isInstanceOf(InvalidResponseException.class)
        .hasMessageStartingWith("accountScopes: answer not understood: ");
  }

  @Test
  void aRefusalIsToldAsThatOfAnyCall() {
    server.enqueue(json("{\"code\":127007,\"message\":\"" + ACCESS_TOKEN + "\",\"data\":null}"));

    PlatformException refusal =
        catchThrowableOfType(PlatformException.class, () -> open().account().room());

    assertThat(refusal.getOperation()).isEqualTo("roomInfo");
    assertThat(refusal.getRemedy()).isEqualTo(Remedy.GIVE_UP);
    Leaks.assertHidesSecrets(refusal);
  }

  @Test
  void aCallThatMayPassIsMadeAgain() {
    server.enqueue(new MockResponse().setResponseCode(503));
    server.enqueue(json("{\"code\":5000}"));
    server.enqueue(data("{\"name\":\"甲\"}"));
    RetryPolicy twice =
        RetryPolicy.DEFAULT.newBuilder().firstPause(1, TimeUnit.MILLISECONDS).build();

    AccountInfo info = open(builder().retryPolicy(twice)).account().info();

    assertThat(info.getName()).isEqualTo("甲");
    assertThat(server.getRequestCount()).isEqualTo(3);
  }

  @Test
  void aProviderWithoutATokenFailsAsItself() {
    TokenException none = new TokenException("accessToken", "none today", null, 60_000);
    AccessTokenProvider provider =
        AccessTokenProvider.from(
            refused -> {
              throw none;
            });

    assertThatThrownBy(() -> open().account(provider).scopes())
        .isInstanceOf(TokenException.class)
        .hasMessageContaining("none today");
    assertThat(server.getRequestCount()).isZero();
  }

  @Test
  void aRefusedTokenIsNotReportedToItsProvider() {
    AtomicInteger invalidated = new AtomicInteger();
    AccessTokenProvider provider =
        new AccessTokenProvider() {
          @Override
          public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
            callback.onSuccess(AccessToken.of("hush-provided"));
            return () -> {};
          }

          @Override
          public void invalidate(AccessToken token) {
            invalidated.incrementAndGet();
          }
        };
    server.enqueue(json("{\"code\":127001,\"message\":\"hush-provided\"}"));

    BiliLiveException refusal =
        catchThrowableOfType(BiliLiveException.class, () -> open().account(provider).room());

    assertThat(refusal.getMessage()).contains("127001").doesNotContain("hush-provided");
    assertThat(invalidated).hasValue(0);
  }

  @Test
  void callbacksHearWhatBlockingCallsReturn() throws Exception {
    server.enqueue(data("{\"name\":\"甲\"}"));
    server.enqueue(data("{\"scopes\":[\"USER_INFO\"]}"));
    server.enqueue(json("{\"code\":4008}"));
    Account account = open().account();
    Answer<AccountInfo> info = new Answer<>();
    Answer<List<String>> scopes = new Answer<>();
    Answer<RoomInfo> room = new Answer<>();

    account.info(info);
    assertThat(info.heard.get(30, TimeUnit.SECONDS).getName()).isEqualTo("甲");
    account.scopes(scopes);
    assertThat(scopes.heard.get(30, TimeUnit.SECONDS)).containsExactly("USER_INFO");
    account.room(room);
    assertThat(room.heard).failsWithin(java.time.Duration.ofSeconds(30));
    assertThatThrownBy(() -> room.heard.get()).hasCauseInstanceOf(PlatformException.class);
  }

  @Test
  void aClosedClientAsksNothingMore() {
    BiliLiveClient client = open();
    Account account = client.account();
    client.close();

    assertThatThrownBy(account::info).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(client::account).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> client.account("token")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aClientWithoutATokenSaysSo() {
    BiliLiveClient client =
        open(BiliLiveClient.builder().credentials(CREDENTIALS).baseUrl(baseUrl()));

    assertThatThrownBy(client::account)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no access token");
  }

  private static MockResponse data(String json) {
    return json(
        "{\"code\":0,\"message\":\"0\",\"request_id\":\"r\",\"ttl\":1,\"data\":" + json + "}");
  }

  private static final class Answer<T> implements AnswerCallback<T> {
    final CompletableFuture<T> heard = new CompletableFuture<>();

    @Override
    public void onSuccess(T answer) {
      heard.complete(answer);
    }

    @Override
    public void onFailure(BiliLiveException error) {
      heard.completeExceptionally(error);
    }
  }
}
