package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionSource;
import io.github.bililive.ConnectionState;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.SourceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Ids that are so long that 200 of them in a heartbeat would fill the memory. */
class LongIdsTest extends ServerTestCase {
  private static final String LONG = "x".repeat(ApiClient.MAX_ID_LENGTH + 1);
  private static final String SOCKET =
      "\"websocket_info\":{\"auth_body\":\"hush\",\"wss_link\":[\"ws://127.0.0.1:1/\"]}}}";

  private final CompletableFuture<ConnectionState> failed = new CompletableFuture<>();
  private final LiveListener listener =
      new LiveListener() {
        @Override
        public void onStateChanged(ConnectionState state) {
          if (state.getReason() != ConnectionState.Reason.NONE) {
            failed.complete(state);
          }
        }
      };

  @Test
  void aStartByAccessTokenIsNotUnderstood() {
    BiliLiveClient client = open();
    server.enqueue(json("{\"code\":0,\"data\":{\"conn_id\":\"" + LONG + "\"," + SOCKET));
    String longest = LONG.substring(1);
    server.enqueue(json("{\"code\":0,\"data\":{\"conn_id\":\"" + longest + "\"," + SOCKET));

    assertThatThrownBy(client::start)
        .isInstanceOf(InvalidResponseException.class)
        .hasMessageContaining("Value 'conn_id' has more than 1024 characters at $.data");
    assertThat(client.start().getConnId()).isEqualTo(longest);
  }

  @Test
  void aStartByIdentityCodeIsNotUnderstood() throws Exception {
    server.enqueue(
        json("{\"code\":0,\"data\":{\"game_info\":{\"game_id\":\"" + LONG + "\"}," + SOCKET));
    BiliLiveClient client =
        open(
            builder()
                .openLiveBaseUrl(baseUrl())
                .openLiveCredentials(Credentials.of("open-live", "hush-app-secret")));

    assertBacksOff(
        client.connect(IdentityCode.of("hush-code", 1), listener), InvalidResponseException.class);
  }

  @Test
  void aSourcesAnswerIsNotUnderstood() throws Exception {
    ConnectionSource source =
        (question, callback) ->
            callback.onSuccess(
                "{\"version\":1,\"lease_seconds\":60,\"connection\":{\"conn_id\":\""
                    + LONG
                    + "\",\"auth_body\":\"hush\",\"wss_link\":[\"ws://127.0.0.1:1/\"]}}");

    assertBacksOff(open().connect(source, listener), SourceException.class);
  }

  @Test
  void anAppsLeaseIsNoQuestion() {
    assertThatThrownBy(
            () ->
                LeaseText.readQuestion(
                    "{\"version\":1,\"action\":\"start\",\"lease_id\":\"" + LONG + "\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("question has a lease_id of more than 1024 characters");
  }

  private void assertBacksOff(LiveConnection room, Class<?> error) throws Exception {
    ConnectionState state = failed.get(60, TimeUnit.SECONDS);
    assertThat(state.getReason()).isEqualTo(ConnectionState.Reason.START_FAILED);
    assertThat(state.getCause()).isInstanceOf(error);
    assertThat(state.getMessage()).contains("_id").contains("more than 1024 characters");
    assertThat(room.getState().toString()).hasSizeLessThan(1000);
  }
}
