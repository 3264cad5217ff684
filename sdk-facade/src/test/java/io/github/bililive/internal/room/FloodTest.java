package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Credentials;
import io.github.bililive.LiveListener;
import io.github.bililive.TlsServer;
import io.github.bililive.internal.room.HostileGateway.Flood;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways that send more than anybody can hold. */
@Timeout(180)
class FloodTest {
  private final CompletableFuture<ConnectionState> lost = new CompletableFuture<>();
  private final LiveListener listener =
      new LiveListener() {
        @Override
        public void onStateChanged(ConnectionState state) {
          if (state.getPhase() == ConnectionState.Phase.BACKING_OFF) {
            lost.complete(state);
          }
        }
      };

  @Test
  void inAHeapOf64MegabytesFloodedRoomsSilenceNoOther() throws Exception {
    assertHonestRoomIsHeard("LONG_MESSAGE FRAGMENTS PINGS PINGS_AND_MESSAGES");
  }

  /** Takes a quarter of a minute: with the profile {@code floods} alone. */
  @ParameterizedTest
  @ValueSource(strings = {"LONG_IDS LONG_EVENTS", "EARLY_EVENTS", "EMPTY_OBJECTS"})
  @EnabledIfSystemProperty(named = "floods", matches = "true")
  void norDoFloodsOfEventsThatFillTheirBuffers(String floods) throws Exception {
    assertHonestRoomIsHeard(floods);
  }

  private static void assertHonestRoomIsHeard(String floods) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FloodedProcess.class.getName());
    try (HostileGateway gateway = new HostileGateway()) {
      command.add(gateway.baseUrl());
      command.addAll(List.of(floods.split(" ")));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader said = process.inputReader()) {
        assertThat(said.lines()).containsExactly("the honest room is heard");
      } finally {
        process.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Flood.class,
      names = {"LONG_MESSAGE", "FRAGMENTS", "PINGS", "PINGS_AND_MESSAGES"})
  void aSocketThatBringsMoreThanCanBeKeptFails(Flood flood) throws Exception {
    try (HostileGateway gateway = new HostileGateway();
        BiliLiveClient client = client(gateway.baseUrl(), new OkHttpClient())) {
      client.connect(flood.name(), listener);

      assertTooMuchCame();
    }
  }

  @Test
  void whatIsEncryptedIsCountedToo(@TempDir Path directory) throws Exception {
    try (TlsServer tls = new TlsServer(directory);
        BiliLiveClient client = client(tls.baseUrl(), tls.trustingClient())) {
      tls.server.setDispatcher(
          new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
              return "/socket".equals(request.getPath())
                  ? new MockResponse().withWebSocketUpgrade(new OneLongMessage())
                  : new MockResponse()
                      .setBody(
                          "{\"code\":0,\"message\":\"0\",\"data\":{\"conn_id\":\"c1\","
                              + "\"websocket_info\":{\"auth_body\":\"{}\",\"wss_link\":[\"wss"
                              + tls.baseUrl().substring("https".length())
                              + "socket\"]}}}");
            }
          });
      client.connect("token", listener);

      assertTooMuchCame();
    }
  }

  private void assertTooMuchCame() throws Exception {
    ConnectionState state = lost.get(60, TimeUnit.SECONDS);
    assertThat(state.getReason()).isEqualTo(Reason.FRAME_UNREADABLE);
    assertThat(state.getMessage())
        .matches(
            ".*more than (1114112 bytes came without a whole message"
                + "|1000 pings came between two heartbeats)");
  }

  private static BiliLiveClient client(String baseUrl, OkHttpClient http) {
    return BiliLiveClient.builder()
        .credentials(Credentials.of("test-client", "hush-app-secret"))
        .baseUrl(baseUrl)
        .okHttpClient(http)
        .build();
  }

  private static final class OneLongMessage extends WebSocketListener {
    @Override
    public void onOpen(WebSocket webSocket, Response response) {
      webSocket.send(ByteString.of(new byte[8 << 20]));
    }
  }
}
