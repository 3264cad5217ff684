package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sandbox's page in Chromium: what a person types and clicks there, a client feels. */
@EnabledIfSystemProperty(named = "browser.tests", matches = "true")
@Timeout(180)
class BrowserIT {
  private static final Path PICTURES = Path.of("target", "pictures");
  private static final Path DOCUMENTED = Path.of("..", "docs", "pictures");

  @TempDir static Path folder;
  static Browser browser;

  @BeforeAll
  static void startTheBrowser() throws Exception {
    browser = new Browser(folder, 1240, 720);
  }

  @AfterAll
  static void endTheBrowser() throws Exception {
    browser.close();
  }

  private static BiliLiveClient client(Sandbox sandbox, String appSecret) {
    return BiliLiveClient.builder()
        .baseUrl(sandbox.baseUrl())
        .credentials(Credentials.of(sandbox.clientId(), appSecret))
        .accessToken(sandbox.accessToken())
        .build();
  }

  @Test
  void aDanmakuTypedThereIsHeardAndACutSocketComesBack() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client = client(sandbox, sandbox.appSecret())) {
      browser.open(sandbox.pageUrl() + "?lang=en");
      LiveConnection room =
          client.connect(
              new LiveListener() {
                @Override
                public void onDanmaku(Danmaku danmaku) {
                  heard.add(danmaku.getMsg());
                }
              });
      browser.await("document.querySelectorAll('.cut').length === 1");

      browser.type("#danmaku", "typed in a browser");
      browser.click("#say button");
      assertThat(heard.poll(60, TimeUnit.SECONDS)).isEqualTo("typed in a browser");
      browser.await("document.querySelector('#journal').innerText.includes('sent to socket #1')");

      browser.click(".cut");
      sandbox.sockets().await(2, socket -> socket.wasAuthenticated(), Duration.ofSeconds(60));
      browser.await("document.querySelector('#connections').innerText.includes('socket #2')");
      assertThat(room.health().getReconnects()).isEqualTo(1);
      assertThat(browser.text("#journal")).contains("cut socket #1", "#2 authenticated");
      assertThat(heard).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void aWrongSignatureIsExplainedInBothLanguages(String language) throws Exception {
    boolean isEnglish = language.equals("en");
    try (Sandbox sandbox = Sandbox.builder().start()) {
      browser.open(sandbox.pageUrl() + "?lang=" + language);
      WrongSignature.start(sandbox, new OkHttpClient());
      browser.click(".entry:has(.pill.bad)");
      browser.await("document.querySelector('#explained') !== null");

      assertThat(browser.text("#explained"))
          .contains(isEnglish ? "The text ends with a newline" : "文本末尾多了换行");
      assertThat(browser.text("#detail"))
          .contains(
              isEnglish ? "that should have been signed" : "应当签名的文本",
              "x-bili-signature-nonce:",
              "Authorization")
          .doesNotContain(sandbox.appSecret(), sandbox.accessToken());
      assertThat(browser.text("#verdicts tr.bad")).startsWith("Authorization");
      keep("sandbox-signature." + language + ".png");

      try (BiliLiveClient client = client(sandbox, "another-secret")) {
        client.start();
      } catch (PlatformException e) {
        browser.await("document.querySelectorAll('.entry .pill.bad').length === 2");
        browser.click("#journal .entry:first-child");
        browser.await(
            "document.querySelector('#explained').innerText.includes('%s')"
                .formatted(isEnglish ? "Most likely the app secret" : "最可能是 app_secret"));
        return;
      }
      throw new AssertionError("a wrong secret was accepted");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void aRoomIsShownWithItsConnectionAndWhatIsSaid(String language) throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client = client(sandbox, sandbox.appSecret())) {
      browser.open(sandbox.pageUrl() + "?lang=" + language);
      client.connect(new LiveListener() {});
      browser.await("document.querySelectorAll('.cut').length === 1");
      browser.click("#rooms .room:last-child");
      for (String said : List.of("主播好", "hello from the sandbox", "666")) {
        browser.type("#danmaku", said);
        browser.click("#say button");
        browser.await("document.querySelector('#danmaku').value === ''");
      }
      browser.click("#give button");
      browser.click("[data-fault=\"7010\"]");
      browser.await("document.querySelectorAll('#planned p').length === 1");
      browser.await("document.querySelector('#journal').innerText.includes('SEND_GIFT')");
      assertThat(browser.text("#planned")).contains("7010");
      assertThat(browser.text("#connections"))
          .contains(language.equals("en") ? "listening" : "收听中");
      keep("sandbox-page." + language + ".png");
    }
  }

  @Test
  void twoHundredRoomsAreListedAndOneIsFoundAndShownAlone() throws Exception {
    String[] tokens = IntStream.range(0, 200).mapToObj(i -> "token-" + i).toArray(String[]::new);
    try (Sandbox sandbox = Sandbox.builder().accessTokens(tokens).start();
        BiliLiveClient client = client(sandbox, sandbox.appSecret())) {
      browser.open(sandbox.pageUrl() + "?lang=en");
      List<LiveConnection> rooms = new ArrayList<>();
      for (String token : tokens) {
        rooms.add(client.connect(token, new LiveListener() {}));
      }
      sandbox.startChatter(Duration.ofSeconds(1));
      browser.await("document.querySelector('#room-count').innerText === '200 / 200'");
      browser.await("document.querySelectorAll('#journal .EVENT').length > 200");
      assertThat(browser.evaluate("document.querySelectorAll('#journal .entry').length"))
          .isEqualTo(250.0);
      Files.createDirectories(PICTURES);
      Files.write(PICTURES.resolve("200-rooms.png"), browser.picture());

      String last = String.valueOf(sandbox.room("token-199").id());
      browser.type("#room-search", last);
      browser.await("document.querySelectorAll('#rooms .room').length === 2");
      browser.click("[data-room=\"" + last + "\"]");
      browser.await("document.querySelectorAll('#connections .card').length === 1");
      browser.await(
          "document.querySelector('#journal').innerText.includes('EVENT')"
              + " || document.querySelectorAll('#journal .EVENT').length > 0");
      assertThat(browser.text("#say-room")).contains(last);
      assertThat(rooms).allMatch(room -> room.getState().getPhase() == ConnectionState.Phase.OPEN);
    }
  }

  /** Keeps a picture; with pictures.update, in the documentation. */
  private static void keep(String name) throws Exception {
    byte[] picture = Picture.small(browser.picture());
    assertThat(picture).hasSizeLessThan(80_000);
    Files.createDirectories(PICTURES);
    Files.write(PICTURES.resolve(name), picture);
    Path documented = DOCUMENTED.resolve(name);
    if (Boolean.getBoolean("pictures.update")) {
      Files.createDirectories(DOCUMENTED);
      Files.write(documented, picture);
    }
    assertThat(size(Files.readAllBytes(documented))).isEqualTo(size(picture));
  }

  private static String size(byte[] picture) throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(picture));
    return image.getWidth() + " x " + image.getHeight();
  }
}
