package io.github.bililive.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.quickstart.QuickstartRun;
import io.github.bililive.sandbox.Consent;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way, with a browser that the test plays, against the sandbox. */
@Timeout(120)
class LoginTest {
  private final Sandbox sandbox = Sandbox.builder().appSecret("hush-app-secret").start();
  private final HttpClient browser = HttpClient.newHttpClient(); // It follows no redirect.
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> variables = new HashMap<>();

  /** Whether the time that login waits is over as soon as it begins. */
  private boolean timeEnds;

  /** The times that were asked for. */
  private final List<Duration> waits = new ArrayList<>();

  /** What must be printed nowhere. */
  private final List<String> secrets = new ArrayList<>(List.of("hush"));

  @TempDir private Path directory;

  @AfterEach
  void close() {
    sandbox.close();
    String printed = text(out) + text(err);
    GrantedPair pair = sandbox.oauth().pair(0);
    if (pair != null) {
      secrets.add(pair.accessToken());
      secrets.add(pair.refreshToken());
    }
    assertThat(printed).doesNotContain(secrets).doesNotContain("\tat ");
  }

  @Test
  void fromCredentialsToAHeardRoomInTwoCommands() throws Exception {
    sandbox.startChatter(Duration.ofMillis(50));

    assertThat(login(this::goThrough, "--open")).as(text(err)).isZero();

    OAuthToken stored = FileTokenStore.in(directory).load(sandbox.clientId());
    assertThat(stored.getAccessToken()).isEqualTo(sandbox.oauth().pair(0).accessToken());
    assertThat(text(out))
        .contains(
            "The app is authorised until ",
            "scopes [USER_INFO, LIVE_ROOM_DATA]",
            "Now run quickstart");

    String heard = QuickstartRun.of(variables(), "--connections", "1", "--seconds", "1");
    assertThat(heard)
        .contains("with the tokens that login has stored in " + directory)
        .contains("danmaku   room 1: ");
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void whoHasTakenTheAuthorisationBackIsToldThatLoginBringsItAnew() throws Exception {
    assertThat(login(this::goThrough, "--open")).isZero();
    sandbox.oauth().deauthorise(0);

    assertThat(QuickstartRun.of(variables(), "--connections", "1"))
        .contains(
            "given up  room 1: broadcaster 'sandbox-client' must authorise", "; login does that")
        .endsWith("exit code 1\n");
  }

  @Test
  void thePageIsPrintedAlsoWithoutABrowser() throws Exception {
    timeEnds = true;

    assertThat(login(page -> {}, "--seconds", "7")).isEqualTo(1);

    assertThat(pageIn(text(out)).toString())
        .startsWith(sandbox.baseUrl() + "pc/account-pc/auth/oauth?client_id=sandbox-client&gourl=");
    assertThat(text(out)).containsPattern("come back to http://127\\.0\\.0\\.1:\\d+/callback, ");
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
    assertThat(text(err))
        .isEqualTo(
            "login: nobody has authorised the app within 7 s: run login again; --seconds waits"
                + " longer\n");
  }

  @Test
  void aWrongStateIsRefusedAndLoginGoesOnWaiting() throws Exception {
    List<Integer> statuses = new ArrayList<>();

    int exitCode =
        login(
            page -> {
              URI back = redirectOf(page);
              URI forged =
                  URI.create(back.toString().replaceFirst("state=.*", "state=hush-forged"));
              statuses.add(get(forged).statusCode());
              statuses.add(get(back.resolve("/callback")).statusCode());
              statuses.add(get(back.resolve("/favicon.ico")).statusCode());
              statuses.add(post(back).statusCode());
              statuses.add(get(back).statusCode());
            },
            "--open");

    assertThat(exitCode).isZero();
    assertThat(statuses).containsExactly(400, 400, 404, 405, 200);
    assertThat(text(out))
        .contains(
            "A request to the callback did not count; still waiting: the address does not answer"
                + " this request: its state is another's");
  }

  @Test
  void aBroadcasterWhoRefusesEndsItWithExitCode1() throws Exception {
    sandbox.oauth().consent(Consent.REFUSES);

    assertThat(login(this::goThrough, "--open")).isEqualTo(1);

    assertThat(text(err))
        .startsWith(
            "login: the broadcaster did not authorise the app (the page says: access_denied)");
    assertThat(FileTokenStore.in(directory).load(sandbox.clientId())).isNull();
  }

  @Test
  void aCodeThatThePlatformRefusesEndsItWithExitCode1() throws Exception {
    sandbox.faults().always(Endpoint.TOKEN, Fault.code(122002, "no"));

    assertThat(login(this::goThrough, "--open")).isEqualTo(1);

    assertThat(text(err)).startsWith("login: token refused by the platform: 122002");
  }

  @Test
  void aCallbackElsewhereIsPastedAndAWrongPasteIsToldAndReadAgain() throws Exception {
    PipedWriter terminal = new PipedWriter();
    BufferedReader in = new BufferedReader(new PipedReader(terminal));

    int exitCode =
        login(
            in,
            page -> {
              URI back = redirectOf(page);
              assertThat(back.toString()).startsWith("https://example.com/cb?code=");
              try {
                terminal.write("https://example.com/cb?code=hush&state=hush\n\n" + back + "\n");
                terminal.flush();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            "--callback",
            "https://example.com/cb",
            "--open");

    assertThat(exitCode).as(text(err)).isZero();
    assertThat(text(out))
        .contains("Then paste here the address at which the browser ended")
        .contains("That did not count: the address does not answer this request: its state is");
    assertThat(FileTokenStore.in(directory).load(sandbox.clientId())).isNotNull();
  }

  @Test
  void anInputThatEndsBeforeAPasteIsExitCode1() throws Exception {
    assertThat(
            login(
                new BufferedReader(new StringReader("")),
                page -> {},
                "--callback",
                "https://example.com/cb"))
        .isEqualTo(1);

    assertThat(text(err))
        .isEqualTo("login: the input ended before an address was pasted: run login again\n");
  }

  @Test
  void aCallbackOnThisMachineMayHaveItsOwnPortAndPath() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String callback = "http://localhost:" + port + "/from/here";

    int exitCode =
        login(
            page -> {
              URI back = redirectOf(page);
              assertThat(back.toString()).startsWith(callback + "?code=");
              get(URI.create(back.toString().replace("localhost", "127.0.0.1")));
            },
            "--callback",
            callback,
            "--open");

    assertThat(exitCode).as(text(err)).isZero();
  }

  @Test
  void aPortThatIsTakenIsExitCode1() throws Exception {
    String port = String.valueOf(URI.create(sandbox.baseUrl()).getPort());

    assertThat(login(page -> {}, "--port", port)).isEqualTo(1);

    assertThat(text(err)).startsWith("login: cannot listen on 127.0.0.1, port " + port + ": ");
  }

  @Test
  void aMachineWithoutABrowserIsNoFailure() throws Exception {
    timeEnds = true;

    int exitCode =
        login(
            page -> {
              throw new UnsupportedOperationException("headless");
            },
            "--open");

    assertThat(exitCode).isEqualTo(1); // The time is over.
    assertThat(text(out)).contains("No browser can be opened here: open the page by hand.");
  }

  @Test
  void anAccessTokenInTheEnvironmentIsToldSinceItGoesFirst() throws Exception {
    variables.put("BILILIVE_ACCESS_TOKEN", "hush-access");

    assertThat(login(this::goThrough, "--open")).isZero();

    assertThat(text(out)).contains("BILILIVE_ACCESS_TOKEN is set and goes before what is stored");
  }

  @Test
  void withoutAnAppItSaysWhatToSet() throws Exception {
    variables.put("BILILIVE_APP_SECRET", "");

    assertThat(login(page -> {})).isEqualTo(2);

    assertThat(text(err)).startsWith("login: not set: BILILIVE_APP_SECRET; set BILILIVE_CLIENT_ID");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port|--port lacks its number: give a whole number from 0 to 65535",
        "--port 65536|--port is 65536: give a whole number from 0 to 65535",
        "--seconds 0|--seconds is 0: give a whole number from 1 to 86400",
        "--callback|--callback lacks its address: give one such as https://example.com/callback",
        "--callback example.com|--callback is example.com: give a whole address such as",
        "--callback http://example.com/cb|callbackUrl on host example.com is not HTTPS",
        "--callback https://example.com/ --port 1|--port and --callback exclude each other",
        "--token x|unknown argument --token: there are --port, --callback, --open, --seconds",
      })
  void aWrongArgumentIsOneLineAndExitCode2(String words, String message) throws Exception {
    assertThat(login(page -> {}, words.split(" "))).isEqualTo(2);

    assertThat(text(err)).startsWith("login: " + message);
    assertThat(text(err).lines()).hasSize(1);
  }

  @Test
  void helpExplainsAndIsNoError() throws Exception {
    assertThat(login(page -> {}, "--help")).isZero();

    assertThat(text(out))
        .contains("usage: ", "--callback URL", "\n  BILILIVE_CLIENT_ID     the app's")
        .doesNotContain("BILILIVE_ACCESS_TOKEN");
  }

  private int login(Consumer<URI> visit, String... args) throws InterruptedException {
    return login(new BufferedReader(new StringReader("")), visit, args);
  }

  /** Runs it with a browser. */
  private int login(BufferedReader in, Consumer<URI> visit, String... args)
      throws InterruptedException {
    Login.Surroundings around =
        new Login.Surroundings(
            in,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            (after, timeout) -> {
              waits.add(after);
              if (timeEnds) {
                timeout.run();
              }
            },
            visit);
    return Login.run(List.of(args), variables(), around);
  }

  private Map<String, String> variables() {
    Map<String, String> all = new HashMap<>();
    all.put("BILILIVE_BASE_URL", sandbox.baseUrl());
    all.put("BILILIVE_CLIENT_ID", sandbox.clientId());
    all.put("BILILIVE_APP_SECRET", sandbox.appSecret());
    all.put("BILILIVE_TOKENS", directory.toString());
    all.putAll(variables);
    return all;
  }

  private static URI pageIn(String printed) {
    return printed
        .lines()
        .filter(l -> l.startsWith("  http"))
        .map(l -> URI.create(l.strip()))
        .findFirst()
        .orElseThrow();
  }

  private void goThrough(URI page) {
    URI back = redirectOf(page);
    assertThat(get(back).headers().firstValue("Referrer-Policy")).contains("no-referrer");
  }

  private URI redirectOf(URI page) {
    URI back = URI.create(get(page).headers().firstValue("Location").orElseThrow());
    Matcher code = Pattern.compile("code=([^&]+)").matcher(back.getQuery());
    if (code.find()) {
      secrets.add(code.group(1));
    }
    return back;
  }

  private HttpResponse<String> get(URI address) {
    return send(HttpRequest.newBuilder(address).GET().build());
  }

  private HttpResponse<String> post(URI address) {
    return send(HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return browser.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(UTF_8).replace("\r\n", "\n");
  }
}
