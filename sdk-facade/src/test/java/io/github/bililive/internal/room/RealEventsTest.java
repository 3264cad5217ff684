package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.Credentials;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.DanmakuMirror;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.generated.model.InteractionEnd;
import io.github.bililive.generated.model.Like;
import io.github.bililive.generated.model.LiveEnd;
import io.github.bililive.generated.model.LiveStart;
import io.github.bililive.generated.model.SuperChat;
import io.github.bililive.sandbox.Packing;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages in the shapes in which they were captured, or are shown by public clients and copies of
 * the official pages, with made-up people. The file's name says what becomes of each.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealEventsTest {
  private static final Map<String, String> MODELS = new LinkedHashMap<>();

  static {
    MODELS.put("unknown", "");
    MODELS.put("dm-mirror", "DanmakuMirror");
    MODELS.put("dm", "Danmaku");
    MODELS.put("gift", "Gift");
    MODELS.put("superchat-del", "SuperChatDeletion");
    MODELS.put("superchat", "SuperChat");
    MODELS.put("guard", "GuardPurchase");
    MODELS.put("like", "Like");
    MODELS.put("enter", "RoomEnter");
    MODELS.put("live-start", "LiveStart");
    MODELS.put("live-end", "LiveEnd");
    MODELS.put("interaction-end", "InteractionEnd");
    MODELS.put("room-change", "RoomChange");
    MODELS.put("room-block", "UserMute");
    MODELS.put("follow", "Follow");
    MODELS.put("warning", "Warning");
  }

  private final JsonAdapter<Object> json = new Moshi.Builder().build().adapter(Object.class);
  private final BlockingQueue<LiveEvent> heard = new LinkedBlockingQueue<>();
  private Sandbox sandbox;
  private BiliLiveClient client;
  private SandboxRoom room;

  @BeforeAll
  void connect() throws Exception {
    sandbox = Sandbox.builder().start();
    client =
        BiliLiveClient.builder()
            .baseUrl(sandbox.baseUrl())
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .accessToken(sandbox.accessTokens().get(0))
            .build();
    boolean isOpen =
        client
            .connect(
                new LiveListener() {
                  @Override
                  public void onEvent(LiveEvent event) {
                    heard.add(event);
                  }
                },
                // Each message is sent more than once.
                ConnectionOptions.builder().duplicateWindow(0).build())
            .awaitOpen(60, TimeUnit.SECONDS);
    assertThat(isOpen).isTrue();
    room = sandbox.room(sandbox.accessTokens().get(0));
  }

  @AfterAll
  void close() {
    client.close();
    sandbox.close();
  }

  static Stream<Path> cases() throws IOException {
    return Files.list(Path.of("src", "test", "resources", "cases", "events")).sorted();
  }

  static Stream<Arguments> casesUnderBothPrefixes() throws IOException {
    return cases()
        .flatMap(
            file ->
                Stream.of(
                    Arguments.of(file, "OPEN_LIVEROOM_"),
                    Arguments.of(file, "LIVE_OPEN_PLATFORM_")));
  }

  @ParameterizedTest
  @MethodSource("casesUnderBothPrefixes")
  void aMessageIsDeliveredAsWhatItIsWithEveryFieldReachable(Path file, String prefix)
      throws Exception {
    String text =
        Files.readString(file).trim().replaceAll("OPEN_LIVEROOM_|LIVE_OPEN_PLATFORM_", prefix);

    LiveEvent event = deliver(text);

    assertThat(event.getJson()).isEqualTo(text);
    Object model = event.getModel();
    assertThat(model == null ? "" : model.getClass().getSimpleName())
        .as(file.getFileName().toString())
        .isEqualTo(expectedModel(file));
    if (model != null) {
      assertHasAllOf(sentFields(text), json.fromJson(written(model)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMessageMayBePackedInAnyWay(Packing packing) throws Exception {
    String text = Files.readString(cases().findFirst().orElseThrow()).trim();

    room.send(packing, text);

    assertThat(next(text).getModel()).isNotNull();
  }

  @Test
  void theFieldsThatTheOfficialPagesLeaveOutAreThere() throws Exception {
    assertThat(((LiveEnd) model("live-end-msg-id")).getMsgId()).isNotEmpty();
    assertThat(((LiveStart) model("live-start-area-id")).getAreaId()).isEqualTo(371);
    assertThat(((Like) model("like-guard-level")).getGuardLevel()).isEqualTo(3);
    assertThat(((DanmakuMirror) model("dm-mirror")).getMsg()).isEqualTo("测试弹幕");
    assertThat(((Gift) model("gift-debug-tool")).getPrice()).isEqualTo(1000);
    assertThat(((InteractionEnd) model("interaction-end-game-id")).getGameId())
        .isEqualTo("game_001");
  }

  @Test
  void aValueOfAnotherTypeIsWhatItMeansOrAmongTheOthersAsItCame() throws Exception {
    SuperChat fraction = (SuperChat) model("superchat-rmb-fraction");
    assertThat(fraction.getRmb()).isZero();
    assertThat(fraction.getAdditionalProperties())
        .containsExactly(Map.entry("rmb", new BigDecimal("30.5")));
    assertThat(fraction.getMessageId()).isEqualTo(12345);
    assertThat(((SuperChat) model("superchat-message-id-text")).getMessageId()).isEqualTo(12345);
  }

  @Test
  void theEndOfAnotherSessionEndsNothing() throws Exception {
    model("interaction-end-game-id");
    model("interaction-end-conn-id");

    assertThat(client.connections())
        .singleElement()
        .satisfies(open -> assertThat(open.getState()).hasToString("OPEN"))
        .satisfies(open -> assertThat(open.health().getReconnects()).isZero());
  }

  private Object model(String name) throws Exception {
    Path file =
        cases().filter(path -> path.toString().contains(name + ".json")).findFirst().orElseThrow();
    return deliver(Files.readString(file).trim()).getModel();
  }

  private LiveEvent deliver(String text) throws InterruptedException {
    room.send(text);
    return next(text);
  }

  private LiveEvent next(String text) throws InterruptedException {
    LiveEvent event = heard.poll(60, TimeUnit.SECONDS);
    assertThat(event).as("the event of " + text).isNotNull();
    return event;
  }

  private static String expectedModel(Path file) {
    String name =
        file.getFileName()
            .toString()
            .replaceAll("event-\\d+-(captured-|official-|debugger-)?", "")
            .replace(".json", "");
    return MODELS.entrySet().stream()
        .filter(entry -> name.matches(entry.getKey() + "(-.*)?"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no expectation for " + file));
  }

  /** What was sent and is not null must be there; what was not sent has its default. */
  private static void assertHasAllOf(Object sent, Object has) {
    if (!(sent instanceof Map)) {
      boolean isNumberAsText = sent instanceof String && has instanceof Double;
      assertThat(has).isEqualTo(isNumberAsText ? Double.valueOf((String) sent) : sent);
      return;
    }
    ((Map<?, ?>) sent)
        .forEach(
            (name, value) -> {
              if (value != null) {
                assertThat(((Map<?, ?>) has).containsKey(name)).as("%s in %s", name, has).isTrue();
                assertHasAllOf(value, ((Map<?, ?>) has).get(name));
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static String written(Object model) {
    JsonAdapter<Object> adapter =
        (JsonAdapter<Object>)
            new Moshi.Builder()
                .add(GeneratedJsonAdapterFactory.INSTANCE)
                .build()
                .adapter(model.getClass());
    return adapter.toJson(model);
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> sentFields(String text) throws IOException {
    Map<String, Object> message = (Map<String, Object>) json.fromJson(text);
    return (Map<String, Object>) message.get("data");
  }
}
