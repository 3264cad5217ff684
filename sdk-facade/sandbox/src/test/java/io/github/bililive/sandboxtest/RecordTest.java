package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RecordTest extends SandboxTestCase {
  @Test
  void aRequestIsRecordedWithTimeNonceIdsAndCode() throws IOException {
    String id = startedId();
    clock.advance(Duration.ofSeconds(20));
    TestCall call = batch(List.of(id, "unknown"));
    Reply reply = send(call);

    SeenRequest seen = sandbox.requests().get(1);
    assertThat(seen.arrival().number()).isEqualTo(2);
    assertThat(seen.endpoint()).isEqualTo(Endpoint.BATCH_HEARTBEAT);
    assertThat(seen.arrival().target()).endsWith("/ws-batch-heartbeat?client_id=sandbox-client");
    assertThat(seen.atNanos()).isEqualTo(Duration.ofSeconds(20).toNanos());
    assertThat(seen.arrival().atWallMillis()).isEqualTo((NOW + 20) * 1000);
    assertThat(seen.nonce()).isEqualTo(call.request().header("x-bili-signature-nonce"));
    assertThat(seen.arrival().timestamp()).isEqualTo("1760000020");
    assertThat(seen.connIds()).containsExactly(id, "unknown");
    assertThat(seen.code()).isZero();
    assertThat(seen.message()).isEqualTo("0");
    assertThat(seen.requestId()).isEqualTo(reply.envelope().get("request_id"));
    assertThat(seen.fault()).isNull();
    assertThat(seen.headers().get("Accept")).isEqualTo("application/json");
    assertThat(seen.isRefused()).isFalse();
  }

  @Test
  void aRequestToNowhereIsRecordedToo() throws IOException {
    send(start().target("/nowhere").without("x-bili-signature-nonce"));
    SeenRequest seen = sandbox.refusals().get(0);
    assertThat(seen.endpoint()).isNull();
    assertThat(seen.nonce()).isNull();
    assertThat(seen.code()).isEqualTo(4010);
  }

  @Test
  void nothingThatIsPrintedHoldsASecret() throws IOException {
    TestCall call = start();
    Reply reply = send(call);
    String authorization = String.valueOf(call.request().header("Authorization"));

    String printed =
        "" + sandbox + sandbox.requests() + sandbox.connections() + sandbox.faults() + clock;
    assertThat(printed)
        .contains("access-token: ██", "Authorization: ██", sandbox.baseUrl())
        .doesNotContain(sandbox.appSecret(), sandbox.accessToken(), authorization, "auth-key");
    assertThat(reply.body()).contains("auth-key");
    assertThat(sandbox.requests().get(0).headers().get("Authorization")).isEqualTo(authorization);
  }

  @Test
  void theRecordKeepsTheNewest() throws IOException {
    try (Sandbox small = Sandbox.builder().clock(clock).recordLimit(2).start()) {
      for (int i = 0; i < 3; i++) {
        TestCall.start(small, timestamp()).send(client);
      }
      assertThat(small.requests()).extracting(r -> r.arrival().number()).containsExactly(2L, 3L);
      assertThat(small.requestCount()).isEqualTo(3);
    }
  }

  @Test
  void aTestCanWaitForRequestsWithoutSleeping() throws Exception {
    String id = startedId();
    CompletableFuture<Reply> beat =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return send(heartbeat(id));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(sandbox.awaitRequests(2, Duration.ofSeconds(60))).hasSize(2);
    assertThat(beat.get().code()).isZero();
    assertThat(
            sandbox.awaitRequests(
                1, request -> request.endpoint() == Endpoint.HEARTBEAT, Duration.ZERO))
        .hasSize(1);
    assertThatThrownBy(() -> sandbox.awaitRequests(3, Duration.ofMillis(1)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("for 3 requests; 2 came");
  }

  @Test
  void closingTwiceIsClosingOnceAndTheRecordCanStillBeRead() throws IOException {
    startedId();
    sandbox.close();
    sandbox.close();
    assertThat(sandbox.requests()).hasSize(1);
    assertThatThrownBy(() -> send(start())).isInstanceOf(ConnectException.class);
  }

  @Test
  void anErrorOfTheSandboxItselfIsAnsweredKeptAndThrownOnClose() throws IOException {
    IllegalStateException bug = new IllegalStateException("a bug");
    Sandbox broken = Sandbox.builder().clock(clock).start();
    broken
        .faults()
        .always(
            arrival -> {
              throw bug;
            },
            Fault.hang());

    Reply reply = TestCall.start(broken, timestamp()).send(client);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.code()).isEqualTo(5002);
    assertThat(broken.failure()).isSameAs(bug);
    assertThatThrownBy(broken::close).isInstanceOf(IllegalStateException.class).hasCause(bug);
    broken.close();
    assertThat(sandbox.failure()).isNull();
  }

  @Test
  void bothClocksMoveTogetherButForAShift() {
    ManualClock manual = ManualClock.startingAt(1000);
    manual.advance(Duration.ofMillis(500));
    manual.shiftWall(Duration.ofSeconds(-1));
    assertThat(manual.wallMillis()).isEqualTo(500);
    assertThat(manual.nanos()).isEqualTo(500_000_000);
  }

  @Test
  void theDefaultClockIsTheMachines() throws IOException {
    try (Sandbox real = Sandbox.start()) {
      long now = System.currentTimeMillis() / 1000;
      assertThat(TestCall.start(real, now).send(client).code()).isZero();
      assertThat(TestCall.start(real, now - 700).send(client).code()).isEqualTo(4003);
      assertThat(real.accessTokens()).containsExactly(real.accessToken());
    }
  }
}
