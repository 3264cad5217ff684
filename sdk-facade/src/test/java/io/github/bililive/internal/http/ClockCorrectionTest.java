package io.github.bililive.internal.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Credentials;
import io.github.bililive.Heard;
import io.github.bililive.HeartbeatState;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.model.StartResponse;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.InstantTime;
import io.github.bililive.internal.time.SystemScheduler;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is wrong, here or there, costs one request at most. */
class ClockCorrectionTest {
  private final ManualClock clock = ManualClock.startingAt(1_760_000_000_000L);
  private final Sandbox sandbox = Sandbox.builder().clock(clock).start();
  private final InstantTime time = new InstantTime();
  private final List<Long> corrections = Collections.synchronizedList(new ArrayList<>());
  private long wallOffset;
  private final BiliLiveClient client =
      ServerTestCase.withTime(
              BiliLiveClient.builder()
                  .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                  .accessToken(sandbox.accessToken())
                  .baseUrl(sandbox.baseUrl())
                  // Even without retries: the platform did not carry it out.
                  .retryPolicy(RetryPolicy.NONE)
                  .callbackExecutor(Runnable::run)
                  .requestEvents(
                      new RequestEvents() {
                        @Override
                        public void clockCorrected(long offsetMillis) {
                          corrections.add(offsetMillis);
                        }
                      }),
              time,
              () -> 1_760_000_000_000L + wallOffset)
          .build();

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-36_000, 36_000, 315_360_000, -1_576_800_000, 601, -601})
  void theFirstStartWithAWrongClockCostsOneRequest(long secondsOff) throws Exception {
    wallOffset = secondsOff * 1_000;

    assertThat(client.start().getConnId()).isNotEmpty();

    assertThat(codes()).containsExactly(4003, 0);
    assertThat(sandbox.requests()).extracting(SeenRequest::nonce).doesNotHaveDuplicates();
    assertThat(corrections).hasSize(1);
    assertThat(corrections.get(0) / 1_000.0).isBetween(-secondsOff - 1.1, -secondsOff + 1.1);
  }

  @Test
  void everyKindOfCallIsSentAgainWithTheCorrectedTime() throws Exception {
    String connId = client.start().getConnId();
    jump(36_000);
    client.heartbeat(connId);
    jump(-72_000);
    Heard<Void> single = new Heard<>();
    client.heartbeat(connId, single);
    single.await();
    jump(864_000);
    client.batchHeartbeat(List.of(connId));
    jump(-1_000_000);
    Heard<StartedConnection> start = new Heard<>();
    client.start(start);
    start.await();
    jump(5_000);
    StartResponse envelope = Objects.requireNonNull(client.api().start().execute().body());

    assertThat(envelope.getCode()).isZero();
    assertThat(codes()).containsExactly(0, 4003, 0, 4003, 0, 4003, 0, 4003, 0, 4003, 0);
  }

  @Test
  void aWallClockThatJumpsCostsOneRequestMore() throws Exception {
    String connId = client.start().getConnId();

    for (long seconds : new long[] {315_360_000, -1_000_000_000, 601, 0}) {
      wallOffset = seconds * 1_000;
      client.heartbeat(connId);
    }

    assertThat(codes()).containsExactly(0, 4003, 0, 4003, 0, 4003, 0, 4003, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sun, 31 Dec 2023 23:59:59 GMT", "Fri, 01 Jan 2100 00:00:00 GMT", "soon"})
  void aTimeThatNoServerCanHaveCorrectsNothing(String date) {
    sandbox.faults().always(Fault.code(4003, "expired").withHeader("Date", date));

    assertThatThrownBy(client::start).isInstanceOf(PlatformException.class);

    assertThat(sandbox.requestCount()).isEqualTo(1);
    assertThat(corrections).isEmpty();
  }

  @Test
  void aCorrectionThatIsRefusedByAnAnswerWithoutATimeIsDropped() throws Exception {
    wallOffset = -36_000_000;
    String connId = client.start().getConnId();
    wallOffset = 0; // Somebody set the clock right.
    sandbox.faults().next(Fault.code(4003, "expired").withHeader("Date", "soon"));

    client.heartbeat(connId);

    assertThat(codes()).containsExactly(4003, 0, null, 0); // A fault's answer is not read.
    assertThat(corrections).hasSize(2).last().isEqualTo(0L);
  }

  @Test
  void whatAnAnswerTellsThatRefusesNoTimeCorrectsNothing() throws Exception {
    sandbox
        .faults()
        .always(Fault.code(4002, "wrong").withHeader("Date", "Thu, 09 Oct 2025 18:58:20 GMT"));

    assertThatThrownBy(client::start).isInstanceOf(PlatformException.class);

    assertThat(corrections).isEmpty();
  }

  @Test
  void aRefusalThatComesOutOfACacheCorrectsNothing() {
    wallOffset = -36_000_000;
    sandbox.faults().always(Fault.delay(Duration.ZERO).withHeader("Age", "3"));

    assertThatThrownBy(client::start).isInstanceOf(PlatformException.class);

    assertThat(codes()).containsExactly(4003);
    assertThat(corrections).isEmpty();
  }

  @Test
  void aPageInThePlatformsPlaceDoesNotTellItsTime() throws Exception {
    String connId = client.start().getConnId();
    for (int i = 0; i < 5; i++) {
      sandbox.faults().next(Fault.html(502).withHeader("Date", "Thu, 09 Oct 2025 08:58:20 GMT"));
      assertThatThrownBy(() -> client.heartbeat(connId)).hasMessageContaining("HTTP 502");
    }
    client.heartbeat(connId);

    assertThat(corrections).isEmpty();
    assertThat(timestamp(6)).isEqualTo(1_760_000_000);
  }

  @Test
  void aCorrectionThatDoesNotHelpIsTriedOnceAndThenTheCallers() {
    sandbox
        .faults()
        .always(Fault.code(4003, "expired").withHeader("Date", "Thu, 09 Oct 2025 18:58:20 GMT"));

    assertThatThrownBy(client::start)
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining("4003 timestamp expired");

    assertThat(sandbox.requestCount()).isEqualTo(2);
  }

  @Test
  void aConnectionThatIsKeptAliveLosesOneRequestToAJumpAndGoesOn() throws Exception {
    List<String> expired = Collections.synchronizedList(new ArrayList<>());
    BiliLiveClientBuilder beating = client.newBuilder().heartbeatInterval(20, MILLISECONDS);
    try (BiliLiveClient keeping =
        ServerTestCase.withTime(beating, new SystemScheduler("test-time"), () -> 1_760_000_000_000L)
            .build()) {
      keeping.keepAlive(
          keeping.start().getConnId(),
          (connId, state, cause) -> {
            if (state == HeartbeatState.EXPIRED) {
              expired.add(connId);
            }
          });
      for (long seconds : new long[] {36_000, -72_000, 36_000_000}) {
        jump(seconds);
        sandbox.awaitRequests((int) sandbox.requestCount() + 4, Duration.ofSeconds(60));
      }
    }

    assertThat(expired).isEmpty();
    assertThat(sandbox.refusals()).hasSize(3).allMatch(refused -> refused.code() == 4003);
  }

  private void jump(long seconds) {
    clock.shiftWall(Duration.ofSeconds(seconds));
  }

  private List<Integer> codes() {
    return sandbox.requests().stream().map(SeenRequest::code).toList();
  }

  private long timestamp(int request) {
    return Long.parseLong(
        String.valueOf(sandbox.requests().get(request).headers().get("x-bili-timestamp")));
  }
}
