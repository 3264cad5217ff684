package io.github.bililive;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.call.StartedConnection;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatResponse;
import io.github.bililive.heartbeat.Heartbeat;
import io.github.bililive.heartbeat.HeartbeatState;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.signing.Credentials;
import io.github.bililive.signing.SignatureVersion;
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
  void a_connection_is_started_and_kept_alive() throws Exception {
    StartedConnection first = client.start();
    StartedConnection second = client.start("hush-second");
    client.heartbeat(first.connId());
    Set<String> failed = client.batchHeartbeat(List.of(first.connId(), second.connId()));

    assertThat(failed).isEmpty();
    assertThat(beatsOf(first)).isEqualTo(2);
    assertThat(beatsOf(second)).isEqualTo(1);
    assertThat(first.wssLinks()).isNotEmpty().allMatch(link -> link.startsWith("ws://"));
    assertThat(sandbox.requests())
        .extracting(SeenRequest::endpoint)
        .containsExactly(
            Endpoint.START, Endpoint.START, Endpoint.HEARTBEAT, Endpoint.BATCH_HEARTBEAT);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void the_same_with_callbacks() throws Exception {
    Heard<StartedConnection> first = new Heard<>();
    Heard<StartedConnection> second = new Heard<>();
    client.start(first);
    client.start("hush-second", second);
    List<String> connIds = List.of(first.await().connId(), second.await().connId());
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
  void the_platform_accepts_both_versions_of_the_signature(SignatureVersion version)
      throws Exception {
    try (BiliLiveClient versioned = builder().signatureVersion(version).build()) {
      versioned.heartbeat(versioned.start().connId());
    }

    assertThat(sandbox.requests()).hasSize(2);
    assertThat(sandbox.refusals()).isEmpty();
  }

  @Test
  void a_connection_lives_30_seconds_from_its_last_heartbeat() throws Exception {
    String connId = client.start().connId();
    clock.advance(Duration.ofSeconds(29));
    client.heartbeat(connId);
    clock.advance(Duration.ofSeconds(29));
    client.heartbeat(connId);
    clock.advance(Duration.ofSeconds(30));

    PlatformException error = refusal(() -> client.heartbeat(connId));

    assertThat(error.knownCode()).isEqualTo(PlatformCode.HEARTBEAT_EXPIRED);
    assertThat(error.remedy()).isEqualTo(Remedy.START_AGAIN);
    assertThat(error.operation()).isEqualTo("heartbeat");
    assertThat(error.requestId()).isNotEmpty();
  }

  @Test
  void a_batch_answers_with_those_that_have_expired() throws Exception {
    List<String> connIds = sandbox.startConnections(3);
    sandbox.expire(connIds.get(1));

    assertThat(client.batchHeartbeat(connIds)).containsExactly(connIds.get(1));

    assertThat(beatsOf(connIds.get(0))).isEqualTo(1);
    assertThat(beatsOf(connIds.get(2))).isEqualTo(1);
  }

  @Test
  void a_batch_of_200_is_accepted() throws Exception {
    assertThat(client.batchHeartbeat(sandbox.startConnections(200))).isEmpty();
  }

  @Test
  void a_sixth_connection_to_one_room_is_refused_with_the_time_to_wait() throws Exception {
    for (int i = 0; i < 5; i++) {
      client.start();
    }

    PlatformException error = refusal(client::start);

    assertThat(error.knownCode()).isEqualTo(PlatformCode.TOO_MANY_CONNECTIONS);
    assertThat(error.remedy()).isEqualTo(Remedy.WAIT);
    assertThat(error.retryAfterMillis()).isEqualTo(30_000);
    clock.advance(Duration.ofMillis(error.retryAfterMillis()));
    assertThat(client.start().connId()).isNotEmpty();
  }

  @Test
  void a_wrong_secret_and_a_wrong_token_are_told_apart() {
    try (BiliLiveClient wrong =
        builder().credentials(Credentials.of(sandbox.clientId(), "hush-wrong")).build()) {
      PlatformException error = refusal(wrong::start);
      assertThat(error.knownCode()).isEqualTo(PlatformCode.SIGNATURE_WRONG);
      assertThat(error.remedy()).isEqualTo(Remedy.GIVE_UP);
      Leaks.assertHidesSecrets(error);
    }
    PlatformException error = refusal(() -> client.start("hush-wrong"));
    assertThat(error.knownCode()).isEqualTo(PlatformCode.TOKEN_INVALID);
    assertThat(error.remedy()).isEqualTo(Remedy.SIGN_IN_AGAIN);
    Leaks.assertHidesSecrets(error);
  }

  @Test
  void requests_that_are_cut_after_they_were_processed_are_sent_again_with_another_nonce()
      throws Exception {
    String connId = client.start().connId();
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
  void the_generated_interface_reaches_the_platform_signed() throws Exception {
    String connId = client.start().connId();

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
  void an_id_that_is_kept_alive_is_reported_when_it_expires_and_the_others_go_on()
      throws Exception {
    BlockingQueue<String> expired = new LinkedBlockingQueue<>();
    List<Heartbeat> heartbeats = new ArrayList<>();
    try (BiliLiveClient quick = builder().heartbeatInterval(20, MILLISECONDS).build()) {
      List<String> connIds = List.of(quick.start().connId(), quick.start().connId());
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
      assertThat(heartbeats.get(0).state()).isEqualTo(HeartbeatState.EXPIRED);
      long seen = sandbox.requestCount();
      sandbox.awaitRequests((int) seen + 3, ofTest());
      assertThat(heartbeats.get(1).state()).isEqualTo(HeartbeatState.ALIVE);
      assertThat(expired).isEmpty();
    }
  }

  private BiliLiveClient.Builder builder() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .accessToken("hush-first")
        .baseUrl(sandbox.baseUrl())
        .wallClock(clock::wallMillis);
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
    return beatsOf(started.connId());
  }

  private long beatsOf(String connId) {
    SeenConnection seen = Objects.requireNonNull(sandbox.connection(connId));
    return seen.beats();
  }

  private static Duration ofTest() {
    return Duration.ofSeconds(60);
  }
}
