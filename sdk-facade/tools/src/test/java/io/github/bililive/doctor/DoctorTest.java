package io.github.bililive.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxClock;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SocketFault;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each way to fall ill, and the lines that it gives. No run may print a secret. */
@Timeout(120)
class DoctorTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir private Path directory;
  private Sandbox sandbox = Sandbox.builder().start();

  @AfterEach
  void closeSandbox() {
    sandbox.close();
  }

  @Test
  void withoutCredentialsAllIsWellOnASandbox() throws Exception {
    assertThat(run(Map.of())).isZero();

    assertThat(lines().subList(0, Check.values().length)).allMatch(line -> line.startsWith("ok "));
    assertThat(line(Check.CONFIGURATION)).contains("client_id sandbox-client on http://127.0.0.1:");
    assertThat(line(Check.PROXY)).contains(" none: ");
    assertThat(line(Check.TLS)).endsWith("not used: loopback");
    assertThat(line(Check.CLOCK)).endsWith("agrees with the platform's");
    assertThat(line(Check.HEARTBEAT)).contains("acknowledged after ");
    assertThat(line(Check.CLEAN_UP)).contains("the conn_id dies by itself in 30 s");
    assertThat(line(Check.BROADCASTER))
        .endsWith(
            "the token is of «sandbox broadcaster 1000001», open_id «sandbox-open-id-1000001»");
    assertThat(line(Check.SCOPES)).endsWith("USER_INFO, LIVE_ROOM_DATA");
    assertThat(line(Check.ROOM)).endsWith("room 1000001 «sandbox room 1000001», live now");
    assertThat(lines()).last().isEqualTo("17 ok, 0 failed, 0 skipped");
  }

  @Test
  void helpExplainsAndAnythingElseIsOneLineAndExitCode2() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();

    assertThat(Doctor.explain("--help", new PrintStream(out), new PrintStream(err))).isZero();
    assertThat(text()).contains("usage: ", "BILILIVE_ACCESS_TOKEN", "BILILIVE_IDENTITY_CODE");
    assertThat(Doctor.explain("--all", new PrintStream(out), new PrintStream(err))).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "doctor: unknown argument --all: there is --help alone" + System.lineSeparator());
  }

  @Test
  void withCredentialsItTakesOnePlaceInThatServicesRoom() throws Exception {
    assertThat(run(service())).isZero();

    assertThat(sandbox.connections()).hasSize(1);
    // A slow machine may send a second heartbeat for the room, and the first before its socket.
    assertThat(sandbox.requests())
        .extracting(request -> request.endpoint())
        .startsWith(
            Endpoint.HEARTBEAT,
            Endpoint.ACCOUNT_INFO,
            Endpoint.ACCOUNT_SCOPES,
            Endpoint.ROOM_INFO,
            Endpoint.START)
        .containsOnlyOnce(Endpoint.START, Endpoint.SOCKET)
        .endsWith(Endpoint.SOCKET, Endpoint.HEARTBEAT);
    assertThat(sandbox.requests())
        .filteredOn(request -> request.connIds().contains(sandbox.connections().get(0).connId()))
        .isNotEmpty();
    sandbox.sockets().awaitAllClosed(Duration.ofSeconds(60)); // The sandbox hears of it later.
  }

  /** The environment of an app with identity codes, and no token. */
  private Map<String, String> byCode() {
    Map<String, String> environment = service("BILILIVE_ACCESS_TOKEN", "");
    environment.put("BILILIVE_IDENTITY_CODE", sandbox.openLive().identityCode());
    environment.put("BILILIVE_APP_ID", String.valueOf(sandbox.openLive().appId()));
    return environment;
  }

  @Test
  void byIdentityCodeItStartsOneSessionAndEndsIt() throws Exception {
    assertThat(run(byCode())).isZero();

    assertThat(line(Check.CONFIGURATION)).endsWith("/, by identity code for app 1650000000000");
    assertThat(line(Check.SIGNATURE)).endsWith(" accepted");
    assertThat(line(Check.BROADCASTER))
        .endsWith(
            "the code is of «broadcaster of room 1000001», open_id «sandbox-open-id-1000001»");
    assertThat(line(Check.SCOPES)).startsWith("skipped ").endsWith("an identity code has none");
    assertThat(line(Check.ROOM)).endsWith("room 1000001");
    assertThat(line(Check.TOKEN)).endsWith("the identity code is accepted");
    assertThat(line(Check.START)).endsWith("the platform gave a game_id");
    assertThat(line(Check.HEARTBEAT)).contains("acknowledged after ");
    assertThat(line(Check.CLEAN_UP)).endsWith("the session is ended at the platform");
    assertThat(lines()).last().isEqualTo("16 ok, 0 failed, 1 skipped");
    assertThat(sandbox.connections())
        .extracting(SeenConnection::state)
        .containsExactly(SeenConnection.State.ENDED);
    assertThat(text()).doesNotContain(sandbox.openLive().identityCode());
  }

  @Test
  void anIdentityCodeThatWasRenewedIsTheBroadcasters() throws Exception {
    Map<String, String> environment = byCode();
    sandbox.openLive().renew(0);
    assertThat(run(environment)).isOne();

    assertThat(line(Check.SIGNATURE)).startsWith("ok ").contains("an identity code");
    assertThat(line(Check.TOKEN)).startsWith("FAILED ").contains("7007", "身份码");
    assertThat(line(Check.CLEAN_UP)).startsWith("skipped ");
    assertThat(text()).doesNotContain(environment.get("BILILIVE_IDENTITY_CODE"));
  }

  @Test
  void aSessionThatRunsElsewhereIsNoFaultOfTheService() throws Exception {
    sandbox.faults().always(Endpoint.APP_START, Fault.code(7002, "running"));
    assertThat(run(byCode())).isOne();

    assertThat(line(Check.SERVICE)).startsWith("ok ");
    assertThat(line(Check.SIGNATURE)).endsWith("what the platform refuses is about the room");
    assertThat(line(Check.START)).startsWith("FAILED ").contains("7002");
  }

  @Test
  void aSecretThatIsNotTheAppsIsToldByIdentityCodeAlso() throws Exception {
    Map<String, String> environment = byCode();
    environment.put("BILILIVE_APP_SECRET", "another-secret");
    assertThat(run(environment)).isOne();

    assertThat(line(Check.SIGNATURE)).startsWith("FAILED ").contains("4002");
    assertOthersSkippedAfter(Check.SIGNATURE);
  }

  @Test
  void anIdentityCodeWithoutItsAppIsHalfAConfiguration() throws Exception {
    Map<String, String> environment = byCode();
    environment.remove("BILILIVE_APP_ID");
    assertThat(run(environment)).isOne();

    assertThat(line(Check.CONFIGURATION))
        .contains("not set: BILILIVE_APP_ID; set both, or neither to use an access token");
  }

  @Test
  void aToolsSessionNeedsNoHeartbeat() throws Exception {
    sandbox.close();
    sandbox = Sandbox.builder().emptyGameIds(true).start();
    assertThat(run(byCode())).isZero();

    assertThat(line(Check.HEARTBEAT)).endsWith("not needed: the game_id is empty");
  }

  @Test
  void halfAConfigurationNamesWhatIsMissing() throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("BILILIVE_CLIENT_ID", "id");
    environment.put("BILILIVE_APP_SECRET", "hush");
    environment.put("BILILIVE_TOKENS", directory.toString());
    assertThat(run(environment)).isOne();

    assertThat(line(Check.CONFIGURATION))
        .startsWith("FAILED ")
        .contains(
            "not set: BILILIVE_ACCESS_TOKEN; set it, or run login first: no token of the app id")
        .doesNotContain("hush");
    assertOthersSkippedAfter(Check.CONFIGURATION);
  }

  @Test
  void theTokenThatLoginHasStoredIsExaminedIfNoneIsSet() throws Exception {
    GrantedPair pair = sandbox.oauth().grant(0);
    FileTokenStore.in(directory)
        .save(
            sandbox.clientId(),
            OAuthToken.of(
                pair.accessToken(), pair.refreshToken(), pair.expiresAtSeconds(), List.of()));
    Map<String, String> environment = service("BILILIVE_ACCESS_TOKEN", "");
    environment.put("BILILIVE_TOKENS", directory.toString());

    assertThat(run(environment)).isZero();

    assertThat(line(Check.CONFIGURATION))
        .endsWith("/, with the tokens that login has stored in " + directory);
    assertThat(text()).doesNotContain(pair.accessToken(), pair.refreshToken());
  }

  @Test
  void aStoredTokenThatIsDamagedIsNamedByItsFileAlone() throws Exception {
    Path file = directory.resolve("token-" + sandbox.clientId() + ".json");
    Files.writeString(file, "{\"access_token\":\"hush");
    Map<String, String> environment = service("BILILIVE_ACCESS_TOKEN", "");
    environment.put("BILILIVE_TOKENS", directory.toString());

    assertThat(run(environment)).isOne();

    assertThat(line(Check.CONFIGURATION))
        .startsWith("FAILED ")
        .contains("the stored token cannot be read: " + file)
        .doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"member.bilibili.com", "127.0.0.1:8080", "//member.bilibili.com/"})
  void anAddressWithoutASchemeIsToldThat(String address) throws Exception {
    assertThat(run(service("BILILIVE_BASE_URL", address))).isOne();

    assertThat(line(Check.CONFIGURATION))
        .contains(
            "base URL " + address + ": it has no scheme; give one like https://member.bilibili");
  }

  @Test
  void aValueThatCannotBeRightIsToldBeforeAnythingIsSent() throws Exception {
    assertThat(run(service("BILILIVE_APP_SECRET", sandbox.appSecret() + " "))).isOne();

    assertThat(line(Check.CONFIGURATION)).contains("appSecret begins or ends with white space");
    assertThat(sandbox.requestCount()).isZero();
  }

  @Test
  void cleartextToAnotherMachineIsRefused() throws Exception {
    assertThat(run(service("BILILIVE_BASE_URL", "http://example.com"))).isOne();

    assertThat(line(Check.CONFIGURATION)).contains("base URL http://example.com is not HTTPS");
  }

  @Test
  void aNameThatIsNotFoundIsTheNetworksOrTheDnsFault() throws Exception {
    OkHttpClient http = new OkHttpClient.Builder().dns(DoctorTest::notFound).build();

    assertThat(run(service("BILILIVE_BASE_URL", "https://name.example/"), http)).isOne();

    assertThat(line(Check.NAME))
        .startsWith("FAILED ")
        .contains("check: this machine's network and DNS");
    assertOthersSkippedAfter(Check.NAME);
  }

  @Test
  void aProxyOfTheEnvironmentIsNamedThatJavaDoesNotObeyButNotItsPassword() throws Exception {
    Map<String, String> environment = service("BILILIVE_BASE_URL", "https://name.example/");
    environment.put("HTTPS_PROXY", "http://user:hush@proxy:3128");

    run(environment, new OkHttpClient.Builder().dns(DoctorTest::notFound).build());

    assertThat(line(Check.PROXY)).contains("Java does not obey HTTPS_PROXY", "-Dhttps.proxyHost=");
    assertThat(text()).doesNotContain("hush");
  }

  private static OkHttpClient throughProxy(int port) {
    InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", port);
    return new OkHttpClient.Builder().proxy(new Proxy(Proxy.Type.HTTP, address)).build();
  }

  @Test
  void aProxyThatJavaUsesIsNamedAndAskedForTheName() throws Exception {
    run(service("BILILIVE_BASE_URL", "https://name.example/"), throughProxy(1)); // Nobody listens.

    assertThat(line(Check.PROXY)).endsWith("HTTP 127.0.0.1:1");
    assertThat(line(Check.NAME)).endsWith("left to the proxy");
  }

  @Test
  void aProxyIsNotUsedForThisMachine() throws Exception {
    assertThat(run(service(), throughProxy(1))).isZero();

    assertThat(line(Check.PROXY)).contains("none: cleartext is for this machine");
    assertThat(line(Check.CONNECTION)).doesNotContain("proxy");
  }

  @Test
  void aPortWhereNobodyListensIsToldByItsAddress() throws Exception {
    assertThat(run(service("BILILIVE_BASE_URL", "http://127.0.0.1:1/"))).isOne();

    assertThat(line(Check.CONNECTION))
        .startsWith("FAILED ")
        .contains(
            "no answer from 127.0.0.1",
            "check: host and port of the base URL, this network's firewall");
    assertOthersSkippedAfter(Check.CONNECTION);
  }

  @Test
  void aCertificateThatNobodyVouchesForEndsItBeforeAnythingIsSent() throws Exception {
    try (SelfSignedServer server = SelfSignedServer.start(directory)) {
      assertThat(run(service("BILILIVE_BASE_URL", server.baseUrl()))).isOne();

      assertThat(server.requestCount()).isZero();
    }
    assertThat(line(Check.TLS))
        .startsWith("FAILED ")
        .contains("check: this machine's clock and trusted certificates", "intercepts TLS");
    assertOthersSkippedAfter(Check.TLS);
  }

  @Test
  void aCertificateThatIsTrustedIsDescribed() throws Exception {
    try (SelfSignedServer server = SelfSignedServer.start(directory)) {
      assertThat(run(service("BILILIVE_BASE_URL", server.baseUrl()), server.trustingClient()))
          .isOne();
    }
    assertThat(line(Check.TLS))
        .startsWith("ok ")
        .containsPattern(
            "TLSv1\\.[23], certificate issued by CN=doctor-test, valid until \\d{4}-\\d\\d-\\d\\d")
        .endsWith("(29 days)");
    assertThat(line(Check.SERVICE)).contains("FAILED ", "HTTP 404");
  }

  @Test
  void aGatewaysPageIsNotThePlatform() throws Exception {
    sandbox.faults().always(Fault.html(502));

    assertThat(run(service())).isOne();

    assertThat(line(Check.CONNECTION)).startsWith("ok ");
    assertThat(line(Check.SERVICE)).startsWith("FAILED ").contains("HTTP 502", "check: ");
    assertOthersSkippedAfter(Check.SERVICE);
  }

  @Test
  void aPlatformThatIsIllItselfIsNotTheAppsFault() throws Exception {
    sandbox.faults().always(Fault.code(5001, "timeout"));

    assertThat(run(service())).isOne();

    assertThat(line(Check.SERVICE)).startsWith("FAILED ").contains("5001", "try again");
    assertOthersSkippedAfter(Check.SERVICE);
  }

  @Test
  void aClockThatIsHoursOffIsMeasuredAndTheRestWorksAllTheSame() throws Exception {
    withClockOff(Duration.ofHours(10));

    assertThat(run(service())).isOne();

    assertThat(line(Check.CLOCK))
        .startsWith("FAILED ")
        .containsPattern("is (3599\\d|3600\\d) s behind the platform's")
        .contains("set this machine's clock");
    assertThat(line(Check.HEARTBEAT)).startsWith("ok ");
    assertThat(lines()).last().asString().startsWith("16 ok, 1 failed, 0 skipped: ");
  }

  @Test
  void aClockThatIsMinutesOffIsMeasuredAndTolerated() throws Exception {
    withClockOff(Duration.ofMinutes(-5));

    assertThat(run(service())).isZero();

    assertThat(line(Check.CLOCK))
        .startsWith("ok ")
        .containsPattern("is (29\\d|30\\d) s ahead of the platform's");
  }

  @Test
  void aTimeThatStaysRefusedLeavesTheSignatureUnjudged() throws Exception {
    sandbox.faults().always(Fault.code(4003, "timestamp expired"));

    assertThat(run(service())).isOne();

    assertThat(line(Check.CLOCK)).startsWith("FAILED ").contains("4003");
    assertOthersSkippedAfter(Check.CLOCK);
  }

  @Test
  void aWrongSecretIsToldWithWhatWasSigned() throws Exception {
    assertThat(run(service("BILILIVE_APP_SECRET", "hush-of-another-app"))).isOne();

    assertThat(line(Check.SIGNATURE))
        .startsWith("FAILED ")
        .contains("4002", "that the app secret belongs to this client_id", "signed was");
    assertThat(text()).doesNotContain("hush");
    assertOthersSkippedAfter(Check.SIGNATURE);
  }

  @Test
  void aMachineThatIsNotOnTheAllowListIsToldWhereToPutIt() throws Exception {
    sandbox.faults().always(Fault.code(4007, "ip"));

    assertThat(run(service())).isOne();

    assertThat(line(Check.SIGNATURE)).startsWith("FAILED ").contains("4007", "IP allow list");
  }

  @Test
  void aTokenThatIsRefusedIsToldApartFromTheApp() throws Exception {
    assertThat(run(service("BILILIVE_ACCESS_TOKEN", "hush-expired-token"))).isOne();

    assertThat(line(Check.SIGNATURE)).startsWith("ok ");
    assertThat(line(Check.TOKEN)).startsWith("FAILED ").contains("127001", "was revoked");
    assertThat(text()).doesNotContain("hush");
    assertOthersSkippedAfter(Check.TOKEN);
  }

  @Test
  void aScopeThatIsNotEnoughIsTheTokensFault() throws Exception {
    sandbox.faults().next(1, Endpoint.START, Fault.code(127007, "no permission"));

    assertThat(run(service())).isOne();

    assertThat(line(Check.TOKEN)).startsWith("FAILED ").contains("LIVE_ROOM_DATA");
  }

  @Test
  void whatAnAppMayNotAskSaysNothingAboutTheToken() throws Exception {
    sandbox.faults().always(Endpoint.ACCOUNT_INFO, Fault.code(127011, "not authorised"));
    sandbox.faults().always(Endpoint.ACCOUNT_SCOPES, Fault.html(404));
    sandbox.faults().always(Endpoint.ROOM_INFO, Fault.code(4008, "no permission"));

    assertThat(run(service())).isZero();

    for (Check check : List.of(Check.BROADCASTER, Check.SCOPES, Check.ROOM)) {
      assertThat(line(check)).startsWith("skipped ").contains("not told");
    }
    assertThat(line(Check.ROOM)).contains("which says nothing about the token: roomInfo refused");
    assertThat(line(Check.TOKEN)).startsWith("ok ");
    assertThat(lines()).last().isEqualTo("14 ok, 0 failed, 3 skipped");
  }

  @Test
  void aMissingScopeIsNamed() throws Exception {
    sandbox
        .faults()
        .always(
            Endpoint.ACCOUNT_SCOPES,
            Fault.json("{\"code\":0,\"data\":{\"scopes\":[\"USER_INFO\"]}}"));

    assertThat(run(service())).isOne();

    assertThat(line(Check.SCOPES))
        .startsWith("FAILED ")
        .contains("USER_INFO, but not LIVE_ROOM_DATA", "authorise the app anew");
  }

  @Test
  void aRoomThatIsNotLiveOrBannedIsToldSoInOneLine() throws Exception {
    sandbox
        .faults()
        .always(
            Endpoint.ROOM_INFO,
            Fault.json(
                "{\"code\":0,\"data\":{\"room_id\":7,\"title\":\"a\\nb\\u001b[2J\","
                    + "\"is_streaming\":false,\"is_banned\":true}}"));

    assertThat(run(service())).isZero();

    assertThat(line(Check.ROOM))
        .endsWith("room 7 «a b?[2J», not live now: few events may come, banned by the platform");
  }

  @Test
  void aFullRoomIsTheStartsFaultAndNotTheTokens() throws Exception {
    sandbox.close();
    sandbox = Sandbox.builder().connectionsPerRoom(1).start();
    try (BiliLiveClient other = clientOf(sandbox)) {
      other.start();

      assertThat(run(service())).isOne();
    }

    assertThat(line(Check.TOKEN)).startsWith("ok ").contains("knows the room");
    assertThat(line(Check.START)).startsWith("FAILED ").contains("7010", "how many programs");
    assertOthersSkippedAfter(Check.START);
  }

  @Test
  void aStartThatAGatewayAnswersSaysNothingAgainstTheToken() throws Exception {
    sandbox.faults().always(Endpoint.START, Fault.html(502));

    assertThat(run(service())).isOne();

    assertThat(line(Check.TOKEN)).contains("not refused, as far as the answer tells");
    assertThat(line(Check.START)).startsWith("FAILED ").contains("HTTP 502");
  }

  @Test
  void aSocketThatDoesNotOpenLeavesTheHeartbeatToBeChecked() throws Exception {
    sandbox.faults().always(Endpoint.SOCKET, Fault.status(403, "no"));

    assertThat(run(service())).isOne();

    assertThat(line(Check.SOCKET))
        .startsWith("FAILED ")
        .contains("refused with HTTP 403", "check: whether this network, or its proxy");
    assertThat(line(Check.AUTHENTICATION)).startsWith("skipped ");
    assertThat(line(Check.HEARTBEAT)).startsWith("ok ");
    assertThat(line(Check.CLEAN_UP)).startsWith("ok ");
  }

  @Test
  void aRefusedAuthBodyIsToldByItsCode() throws Exception {
    sandbox.sockets().faults().always(SocketFault.refuseAuthentication(-101));

    assertThat(run(service())).isOne();

    assertThat(line(Check.SOCKET)).startsWith("ok ");
    assertThat(line(Check.AUTHENTICATION))
        .startsWith("FAILED ")
        .contains("refused the auth body with code -101", "ask the platform's support");
    assertThat(line(Check.CLEAN_UP)).startsWith("ok ");
  }

  @Test
  void aHeartbeatThatIsRefusedIsTold() throws Exception {
    sandbox.faults().next(1, Endpoint.HEARTBEAT, Fault.code(7003, "unknown"));
    sandbox.faults().always(Endpoint.HEARTBEAT, Fault.html(502));

    assertThat(run(service())).isOne();

    assertThat(line(Check.AUTHENTICATION)).startsWith("ok ");
    assertThat(line(Check.HEARTBEAT)).startsWith("FAILED ").contains("HTTP 502");
  }

  private static List<InetAddress> notFound(String host) throws UnknownHostException {
    throw new UnknownHostException(host);
  }

  private void withClockOff(Duration ahead) {
    sandbox.close();
    sandbox = Sandbox.builder().clock(clockAhead(ahead)).start();
  }

  private static SandboxClock clockAhead(Duration ahead) {
    return new SandboxClock() {
      @Override
      public long wallMillis() {
        return SandboxClock.system().wallMillis() + ahead.toMillis();
      }

      @Override
      public long nanos() {
        return SandboxClock.system().nanos();
      }
    };
  }

  private static BiliLiveClient clientOf(Sandbox sandbox) {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .accessToken(sandbox.accessToken())
        .baseUrl(sandbox.baseUrl())
        .build();
  }

  private Map<String, String> service() {
    return new HashMap<>(
        Map.of(
            "BILILIVE_CLIENT_ID", sandbox.clientId(),
            "BILILIVE_APP_SECRET", sandbox.appSecret(),
            "BILILIVE_ACCESS_TOKEN", sandbox.accessToken(),
            "BILILIVE_BASE_URL", sandbox.baseUrl()));
  }

  private Map<String, String> service(String name, String value) {
    Map<String, String> environment = service();
    environment.put(name, value);
    return environment;
  }

  private int run(Map<String, String> environment) throws Exception {
    return run(environment, new OkHttpClient());
  }

  private int run(Map<String, String> environment, OkHttpClient http) throws Exception {
    int exitCode = Doctor.run(environment, new PrintStream(out, true, UTF_8), http);
    assertThat(text())
        .doesNotContain(sandbox.appSecret(), sandbox.accessToken(), "sandbox-auth-key-");
    assertThat(lines()).hasSize(Check.values().length + 1);
    return exitCode;
  }

  private String text() {
    return out.toString(UTF_8);
  }

  private List<String> lines() {
    return text().lines().toList();
  }

  private String line(Check check) {
    return lines().get(check.ordinal());
  }

  private void assertOthersSkippedAfter(Check failed) {
    assertThat(line(failed)).startsWith("FAILED ");
    assertThat(Stream.of(Check.values()).skip(failed.ordinal() + 1L).map(this::line))
        .as("lines after that of " + failed)
        .allMatch(line -> line.startsWith("skipped ") || line.matches("ok +proxy .*"));
  }
}
