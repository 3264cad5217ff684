package io.github.bililive;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatResponse;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SeenRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The three calls against the sandbox, which is as strict as the platform. */
class BiliLiveClientSandboxTest {
  private final ManualClock clock = ManualClock.startingAt(1_760_000_000_000L);
  private final Sandbox sandbox =
      Sandbox.builder().clock(clock).accessTokens("hush-first", "hush-second").start();
  private final BiliLiveClient client = builder().build();

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  @Test
  void aConnectionIsStartedAndKeptAlive() throws Exception {
    StartedConnection first = client.start();
    StartedConnection second = client.start("hush-second");
    client.heartbeat(first.getConnId());
    Set<String> failed = client.batchHeartbeat(List.of(first.getConnId(), second.getConnId()));

    assertThat(failed).isEmpty();
    assertThat(beatsOf(first)).isEqualTo(2);
    assertThat(beatsOf(second)).isEqualTo(1);
    assertThat(first.getWssLinks()).isNotEmpty().allMatch(link -> link.startsWith("ws://"));
    assertThat(sandbox.requests())
        .extracting(SeenRequest::endpoint)
        .containsExactly(
            Endpoint.START, Endpoint.START, Endpoint.HEARTBEAT, Endpoint.BATCH_HEARTBEAT);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void theSameWithCallbacks() throws Exception {
    Heard<StartedConnection> first = new Heard<>();
    Heard<StartedConnection> second = new Heard<>();
    client.start(first);
    client.start("hush-second", second);
    List<String> connIds = List.of(first.await().getConnId(), second.await().getConnId());
    Heard<Void> single = new Heard<>();
    client.heartbeat(connIds.get(0), single);
    single.await();
    Heard<Set<String>> batch = new Heard<>();
    client.batchHeartbeat(connIds, batch);

    assertThat(batch.await()).isEmpty();
    assertThat(beatsOf(first.await())).isEqualTo(2);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void thePlatformAcceptsBothVersionsOfTheSignature(SignatureVersion version) throws Exception {
    try (BiliLiveClient versioned = builder().signatureVersion(version).build()) {
      versioned.heartbeat(versioned.start().getConnId());
    }

    assertThat(sandbox.requests()).hasSize(2);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void aConnectionLives30SecondsFromItsLastHeartbeat() throws Exception {
    String connId = client.start().getConnId();
    clock.advance(Duration.ofSeconds(29));
    client.heartbeat(connId);
    clock.advance(Duration.ofSeconds(29));
    client.heartbeat(connId);
    clock.advance(Duration.ofSeconds(30));

    PlatformException error = refusal(() -> client.heartbeat(connId));

    assertThat(error.getKnownCode()).isEqualTo(PlatformCode.HEARTBEAT_EXPIRED);
    assertThat(error.getRemedy()).isEqualTo(Remedy.START_AGAIN);
    assertThat(error.getOperation()).isEqualTo("heartbeat");
    assertThat(error.getRequestId()).isNotEmpty();
  }

  @Test
  void aBatchAnswersWithThoseThatHaveExpired() throws Exception {
    List<String> connIds = sandbox.startConnections(3);
    sandbox.expire(connIds.get(1));

    assertThat(client.batchHeartbeat(connIds)).containsExactly(connIds.get(1));

    assertThat(beatsOf(connIds.get(0))).isEqualTo(1);
    assertThat(beatsOf(connIds.get(2))).isEqualTo(1);
  }

  @Test
  void aBatchOf200IsAccepted() throws Exception {
    assertThat(client.batchHeartbeat(sandbox.startConnections(200))).isEmpty();
  }

  @Test
  void aSixthConnectionToOneRoomIsRefusedWithTheTimeToWait() throws Exception {
    for (int i = 0; i < 5; i++) {
      client.start();
    }

    PlatformException error = refusal(client::start);

    assertThat(error.getKnownCode()).isEqualTo(PlatformCode.TOO_MANY_CONNECTIONS);
    assertThat(error.getRemedy()).isEqualTo(Remedy.WAIT);
    assertThat(error.getRetryAfterMillis()).isEqualTo(30_000);
    clock.advance(Duration.ofMillis(error.getRetryAfterMillis()));
    assertThat(client.start().getConnId()).isNotEmpty();
  }

  @Test
  void aWrongSecretAndAWrongTokenAreToldApart() {
    try (BiliLiveClient wrong =
        builder().credentials(Credentials.of(sandbox.clientId(), "hush-wrong")).build()) {
      PlatformException error = refusal(wrong::start);
      assertThat(error.getKnownCode()).isEqualTo(PlatformCode.SIGNATURE_WRONG);
      assertThat(error.getRemedy()).isEqualTo(Remedy.GIVE_UP);
      Leaks.assertHidesSecrets(error);
    }
    PlatformException error = refusal(() -> client.start("hush-wrong"));
    assertThat(error.getKnownCode()).isEqualTo(PlatformCode.TOKEN_INVALID);
    assertThat(error.getRemedy()).isEqualTo(Remedy.SIGN_IN_AGAIN);
    Leaks.assertHidesSecrets(error);
  }

  @Test
  void requestsThatAreCutAfterTheyWereProcessedAreSentAgainWithAnotherNonce() throws Exception {
    String connId = client.start().getConnId();
    for (Fault fault : List.of(Fault.reset(), Fault.reset().afterProcessing())) {
      sandbox.faults().next(fault);
      client.heartbeat(connId);
      sandbox.faults().next(fault);
      client.batchHeartbeat(List.of(connId));
    }

    assertThat(sandbox.requestCount()).as("each of the four sent twice").isEqualTo(1 + 4 * 2);
    assertThat(sandbox.requests()).extracting(SeenRequest::nonce).doesNotHaveDuplicates();
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void theGeneratedInterfaceReachesThePlatformSigned() throws Exception {
    String connId = client.start().getConnId();

    HeartbeatResponse envelope =
        client
            .api()
            .heartbeat(sandbox.clientId(), HeartbeatRequest.builder().connId(connId).build())
            .execute()
            .body();

    assertThat(Objects.requireNonNull(envelope).getCode()).isZero();
    assertThat(sandbox.requests().get(1).headers().get("access-token")).isEqualTo("hush-first");
    assertThat(beatsOf(connId)).isEqualTo(1);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void anIdThatIsKeptAliveIsReportedWhenItExpiresAndTheOthersGoOn() throws Exception {
    BlockingQueue<String> expired = new LinkedBlockingQueue<>();
    List<KeepAlive> heartbeats = new ArrayList<>();
    try (BiliLiveClient quick = builder().heartbeatInterval(20, MILLISECONDS).build()) {
      List<String> connIds = List.of(quick.start().getConnId(), quick.start().getConnId());
      for (String connId : connIds) {
        heartbeats.add(
            quick.keepAlive(
                connId,
                (id, state, cause) -> {
                  if (state == HeartbeatState.EXPIRED) {
                    expired.add(id);
                  }
                }));
      }
      sandbox.awaitRequests(2, request -> request.endpoint() != Endpoint.START, ofTest());

      sandbox.expire(connIds.get(0));

      assertThat(expired.poll(60, SECONDS)).isEqualTo(connIds.get(0));
      assertThat(heartbeats.get(0).getState()).isEqualTo(HeartbeatState.EXPIRED);
      long seen = sandbox.requestCount();
      sandbox.awaitRequests((int) seen + 3, ofTest());
      assertThat(heartbeats.get(1).getState()).isEqualTo(HeartbeatState.ALIVE);
      assertThat(expired).isEmpty();
    }
  }

  private BiliLiveClientBuilder builder() {
    BiliLiveClientBuilder builder =
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .accessToken("hush-first")
            .baseUrl(sandbox.baseUrl());
    builder.settings.wallClock = clock::wallMillis;
    return builder;
  }

  private interface Refused {
    void call() throws Exception;
  }

  private static PlatformException refusal(Refused call) {
    PlatformException error = catchThrowableOfType(PlatformException.class, call::call);
    assertThat(error).isNotNull();
    return error;
  }

  private long beatsOf(StartedConnection started) {
    return beatsOf(started.getConnId());
  }

  private long beatsOf(String connId) {
    SeenConnection seen = Objects.requireNonNull(sandbox.connection(connId));
    return seen.beats();
  }

  private static Duration ofTest() {
    return Duration.ofSeconds(60);
  }
}
