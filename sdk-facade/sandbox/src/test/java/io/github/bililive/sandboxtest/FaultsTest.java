package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

class FaultsTest extends SandboxTestCase {
  private static final Duration MOMENT = Duration.ofMillis(150);
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Sends each request once, whatever happens. */
  private final OkHttpClient once = client.newBuilder().retryOnConnectionFailure(false).build();

  private final OkHttpClient impatient = once.newBuilder().readTimeout(MOMENT).build();

  @Test
  void aResetBeforeProcessingLeavesThePlatformUnaware() {
    sandbox.faults().next(Fault.reset());

    assertThatThrownBy(() -> start().send(once)).isInstanceOf(IOException.class);

    assertThat(sandbox.connections()).isEmpty();
    assertThat(onlyRequest().code()).isNull();
    assertThat(onlyRequest().fault()).hasToString("reset");
  }

  @Test
  void aResetAfterProcessingHidesASuccess() {
    sandbox.faults().next(Fault.reset().afterProcessing());

    assertThatThrownBy(() -> start().send(once)).isInstanceOf(IOException.class);

    assertThat(sandbox.connections()).hasSize(1);
    assertThat(onlyRequest().code()).isZero();
    assertThat(onlyRequest().fault()).hasToString("reset after processing");
  }

  @Test
  void aClientThatLetsOkHttpResendASignedRequestRepeatsItsNonce() throws IOException {
    String id = startedId();
    sandbox.faults().next(Fault.reset().afterProcessing());

    // The pooled connection dies under the request, so OkHttp sends the same bytes again.
    assertThat(send(heartbeat(id)).code()).isEqualTo(4004);

    assertThat(sandbox.requests()).extracting(SeenRequest::code).containsExactly(0, 0, 4004);
  }

  @Test
  void aDelayedAnswerComesLateButTheRequestWasProcessedAtOnce() throws Exception {
    sandbox.faults().next(Fault.delay(LONG));
    assertThatThrownBy(() -> start().send(impatient)).isInstanceOf(InterruptedIOException.class);
    assertThat(arrived().code()).isZero();
    assertThat(sandbox.connections()).hasSize(1);

    sandbox.faults().next(Fault.delay(MOMENT));
    long before = System.nanoTime();
    assertThat(start().send(once).code()).isZero();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(MOMENT.toNanos());
  }

  @Test
  void aRequestThatIsSlowToArriveIsProcessedLate() throws Exception {
    sandbox.faults().next(Fault.delayProcessing(LONG));
    assertThatThrownBy(() -> start().send(impatient)).isInstanceOf(InterruptedIOException.class);
    assertThat(arrived().code()).isNull();
    assertThat(sandbox.connections()).isEmpty();

    sandbox.close();
    // Closing ends the pause, and the request gets through to a platform that nobody hears.
    sandbox.awaitRequests(1, request -> request.code() != null, PATIENCE);
  }

  @Test
  void aHangingRequestIsNeverAnsweredAndDoesNotHoldUpClose() throws Exception {
    sandbox.faults().next(Fault.hang());
    assertThatThrownBy(() -> start().send(impatient)).isInstanceOf(InterruptedIOException.class);
    assertThat(arrived().fault()).hasToString("hang");
    assertThat(sandbox.connections()).isEmpty();
  }

  @Test
  void anHttpStatusComesWithItsBody() throws IOException {
    sandbox.faults().next(Fault.status(500, "upstream gone"));
    Reply reply = send(start());
    assertThat(reply).isEqualTo(new Reply(500, "text/plain; charset=utf-8", "upstream gone"));
    assertThat(sandbox.connections()).isEmpty();
  }

  @Test
  void aPageMayAnswerInPlaceOfTheApi() throws IOException {
    sandbox.faults().next(Fault.html(200));
    Reply reply = send(start());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).startsWith("text/html");
    assertThat(reply.body()).startsWith("<!DOCTYPE html>").contains("出错啦");
  }

  @Test
  void aBodyMayBeEmpty() throws IOException {
    sandbox.faults().next(Fault.emptyBody());
    assertThat(send(start()).body()).isEmpty();
  }

  @Test
  void jsonMayBeTruncated() throws IOException {
    sandbox.faults().next(Fault.truncatedJson());
    Reply reply = send(start());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).startsWith("{\"code\":0,");
    assertThatThrownBy(reply::envelope).isInstanceOf(IOException.class);

    sandbox.faults().next(Fault.truncatedJson().afterProcessing());
    assertThat(send(start()).body()).contains("conn_id");
    assertThat(sandbox.connections()).hasSize(1);
  }

  @Test
  void aBodyMayBeCutOff() {
    sandbox.faults().next(Fault.cutBody().afterProcessing());
    assertThatThrownBy(() -> start().send(once)).isInstanceOf(IOException.class);
    assertThat(sandbox.connections()).hasSize(1);
  }

  @Test
  void garbageClaimsToBeJson() throws IOException {
    sandbox.faults().next(Fault.garbage());
    Reply reply = send(start());
    assertThat(reply.contentType()).startsWith("application/json");
    assertThat(reply.body()).contains("\ufffd");
  }

  @Test
  void aRedirectLeadsElsewhere() throws IOException {
    try (Sandbox elsewhere = Sandbox.builder().clock(clock).start()) {
      sandbox.faults().next(Fault.redirect(elsewhere.baseUrl() + "gone"));
      assertThat(send(start()).code()).isEqualTo(4010);
      SeenRequest leaked = elsewhere.requests().get(0);
      assertThat(leaked.arrival().target()).isEqualTo("/gone");
      assertThat(leaked.headers().get("access-token")).isEqualTo(sandbox.accessToken());

      sandbox.faults().next(Fault.redirect(302, elsewhere.baseUrl()));
      OkHttpClient staying = client.newBuilder().followRedirects(false).build();
      try (Response response = staying.newCall(start().request()).execute()) {
        assertThat(response.code()).isEqualTo(302);
        assertThat(response.header("Location")).isEqualTo(elsewhere.baseUrl());
      }
    }
  }

  @Test
  void dataMayBeNull() throws IOException {
    sandbox.faults().next(Fault.nullData());
    Reply reply = send(start());
    assertThat(reply.code()).isZero();
    assertThat(reply.envelope()).containsEntry("data", null);
    assertThat(sandbox.connections()).hasSize(1);
  }

  @Test
  void anyBusinessCodeMayComeAndIsNoRefusalOfThePlatform() throws IOException {
    sandbox.faults().next(Fault.code(5001, "timeout"));
    Reply reply = send(start());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.code()).isEqualTo(5001);
    assertThat(reply.message()).isEqualTo("timeout");
    assertThat(sandbox.refusals()).isEmpty();
    assertThat(onlyRequest().fault()).hasToString("code 5001");
  }

  @Test
  void anyFaultMayComeLate() throws IOException {
    sandbox.faults().next(Fault.status(502, "").delayedBy(MOMENT));
    long before = System.nanoTime();
    assertThat(send(start()).status()).isEqualTo(502);
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(MOMENT.toNanos());
    assertThat(onlyRequest().fault()).hasToString("status 502 (150 ms)");
    assertThatThrownBy(() -> Fault.reset().delayedBy(MOMENT.negated()))
        .hasMessageContaining("not negative");
  }

  @Test
  void faultsStrikeInTheOrderInWhichTheyWerePlannedAndThenNoMore() throws IOException {
    sandbox.faults().next(2, Fault.code(5001, "first"));
    sandbox.faults().next(Fault.code(5000, "second"));
    assertThat(sandbox.faults().pending()).isEqualTo(3);

    assertThat(send(start()).code()).isEqualTo(5001);
    assertThat(send(start()).code()).isEqualTo(5001);
    assertThat(send(start()).code()).isEqualTo(5000);
    assertThat(send(start()).code()).isZero();
    assertThat(sandbox.faults().pending()).isZero();
    assertThatThrownBy(() -> sandbox.faults().next(0, Fault.hang()))
        .hasMessageContaining("1 or more");
  }

  @Test
  void aFaultMayBeMeantForOneCallOrForSomeRequests() throws IOException {
    String id = startedId();
    String other = startedId();
    sandbox.faults().next(1, Endpoint.BATCH_HEARTBEAT, Fault.code(5001, "batch"));
    sandbox.faults().next(1, arrival -> arrival.connIds().contains(id), Fault.code(5000, "id"));

    assertThat(send(heartbeat(other)).code()).isZero();
    assertThat(send(heartbeat(id)).code()).isEqualTo(5000);
    assertThat(send(batch(List.of(id))).code()).isEqualTo(5001);
    assertThat(send(batch(List.of(id))).code()).isZero();
  }

  @Test
  void aPermanentFaultLastsUntilItIsCleared() throws IOException {
    String id = startedId();
    sandbox.faults().always(Endpoint.HEARTBEAT, Fault.code(5001, "down"));
    sandbox.faults().next(1, Endpoint.HEARTBEAT, Fault.code(4009, "quota"));

    assertThat(send(heartbeat(id)).code()).isEqualTo(4009);
    assertThat(send(heartbeat(id)).code()).isEqualTo(5001);
    assertThat(send(heartbeat(id)).code()).isEqualTo(5001);
    assertThat(send(batch(List.of(id))).code()).isZero();
    sandbox.faults().always(Fault.status(503, ""));
    assertThat(send(batch(List.of(id))).status()).isEqualTo(503);
    sandbox.faults().clear();
    assertThat(send(heartbeat(id)).code()).isZero();
  }

  /** Returns the only request: its client may have gone before the sandbox has read it. */
  private SeenRequest arrived() throws Exception {
    sandbox.awaitRequests(1, PATIENCE);
    return onlyRequest();
  }

  private SeenRequest onlyRequest() {
    assertThat(sandbox.requests()).hasSize(1);
    return Objects.requireNonNull(sandbox.requests().get(0));
  }
}
