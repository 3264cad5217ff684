package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Credentials;
import io.github.bililive.Leaks;
import io.github.bililive.RetryPolicy;
import io.github.bililive.ServerTestCase;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.internal.time.InstantTime;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each refusal of the table, provoked once on the sandbox, and what the user reads of it. */
class RefusalsTest {
  private static final String TOKEN = "hush-token";

  private final ManualClock clock = ManualClock.startingAt(1_760_000_000_000L);
  private final Sandbox sandbox =
      Sandbox.builder().clock(clock).appSecret("hush-secret").accessTokens(TOKEN).start();
  private final BiliLiveClient client = builder().build();

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalSaysWhatHappenedWhomToAskWhatToDoAndWhatToCheck(PlatformCode code) {
    sandbox.faults().always(Fault.code(code.getNumber(), "平台的话 " + TOKEN));

    PlatformException error = refusal(client::start);

    assertThat(error.getKnownCode()).isSameAs(code);
    assertThat(error)
        .hasMessageStartingWith(
            "start refused by the platform: "
                + code.getNumber()
                + " "
                + code.getMeaning()
                + " («平台的话 ██»), ")
        .hasMessageContaining(", request_id " + error.getRequestId() + " (for its support); ")
        .hasMessageContaining("; check: " + code.getCheck());
    assertThat(code.getCheck()).isNotBlank();
    assertThat(error.getRemedy()).isEqualTo(code.getRemedy());
    assertThat(error.isNotCarriedOut()).isEqualTo(code.isNotCarriedOut());
    Leaks.assertHidesSecrets(error);
  }

  @Test
  void aWrongSignatureShowsTheTextThatWasSignedAndNoSecret() {
    try (BiliLiveClient wrong =
        builder().credentials(Credentials.of(sandbox.clientId(), "hush-wrong")).build()) {
      PlatformException error = refusal(wrong::start);

      SeenRequest request = sandbox.requests().get(0);
      assertThat(error.getKnownCode()).isEqualTo(PlatformCode.SIGNATURE_WRONG);
      assertThat(error)
          .hasMessageEndingWith(
              "; signed was, with line feeds as \\n: «x-bili-accesskeyid:██"
                  + "\\nx-bili-content-md5:d41d8cd98f00b204e9800998ecf8427e"
                  + "\\nx-bili-signature-method:HMAC-SHA256\\nx-bili-signature-nonce:"
                  + request.nonce()
                  + "\\nx-bili-signature-version:2.0\\nx-bili-timestamp:1760000000»");
      assertThat(error.getMessage())
          .doesNotContain(String.valueOf(request.headers().get("Authorization")));
      Leaks.assertHidesSecrets(error);
    }
  }

  @ParameterizedTest
  @CsvSource({"-7200, 7200 s behind", "7200, 7200 s ahead"})
  void aRefusedTimeSaysHowFarTheClockIsOff(long seconds, String measured) {
    sandbox.faults().always(Fault.code(4003, "expired"));
    try (BiliLiveClient off = builder(() -> clock.wallMillis() + seconds * 1_000).build()) {
      PlatformException error = refusal(() -> off.heartbeat("c1"));

      assertThat(error.getMessage().replace("7199 s", "7200 s"))
          .contains("check: this machine's clock")
          .endsWith("; by the answer's Date it is " + measured);
    }
  }

  @Test
  void aRefusedTimeWithoutADateSaysThatNothingWasMeasured() {
    sandbox.faults().always(Fault.code(4003, "expired").withHeader("Date", "yesterday"));

    assertThat(refusal(client::start))
        .hasMessageContaining("the answer does not tell the platform's time");
    assertThat(sandbox.requestCount()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|the gateway did not understand the request|WAIT|whether a proxy or an interceptor",
        "401|the gateway wants another authentication|WAIT|the base URL",
        "403|the gateway does not let this machine in|WAIT|whether the address",
        "404|there is nothing at this address|WAIT|the base URL",
        "408|the request did not arrive whole in time|RETRY|the upload of this network",
        "412|the gateway blocks this request by a rule of its own|WAIT|how many requests leave",
        "413|the gateway finds the request too large|WAIT|whether a proxy or an interceptor",
        "418|the gateway refused the request|WAIT|the base URL",
        "429|the gateway has had too many requests|WAIT|how many requests leave the address",
        "500|the gateway, or the service behind it, failed|RETRY|with the platform's support, if it goes on",
        "502|the gateway, or the service behind it, failed|RETRY|with the platform's support, if it goes on",
        "503|the service is overloaded or down for a moment|RETRY|with the platform's support, if it goes on",
        "504|the gateway, or the service behind it, failed|RETRY|with the platform's support, if it goes on",
        "599|the gateway, or the service behind it, failed|RETRY|with the platform's support, if it goes on",
      })
  void anHttpErrorSaysWhatItMeansAndWhatToCheck(
      int status, String meaning, Remedy remedy, String check) {
    sandbox.faults().always(Fault.html(status));

    InvalidResponseException error =
        catchThrowableOfType(InvalidResponseException.class, client::start);

    assertThat(error.getHttpStatus()).isEqualTo(status);
    assertThat(error)
        .hasMessageContaining("HTTP " + status + " (" + meaning + "), text/html")
        .hasMessageContaining("; check: " + check);
    assertThat(error.getRemedy()).isEqualTo(remedy);
    Leaks.assertHidesSecrets(error);
  }

  @Test
  void theTimeThatAnAnswerAsksForIsTheOneToWait() {
    sandbox.faults().next(Fault.html(503).withHeader("Retry-After", "120"));
    sandbox
        .faults()
        .next(Fault.html(429).withHeader("Retry-After", "Thu, 09 Oct 2025 08:54:20 GMT"));
    sandbox.faults().next(Fault.code(127009, "quota").withHeader("Retry-After", "600"));
    sandbox.faults().next(Fault.code(4002, "wrong").withHeader("Retry-After", "600"));

    for (long millis : List.of(120_000L, 60_000L, 600_000L)) {
      BiliLiveException error = catchThrowableOfType(BiliLiveException.class, client::start);
      assertThat(error.getRemedy()).isEqualTo(Remedy.WAIT);
      assertThat(error.getRetryAfterMillis()).isEqualTo(millis);
      assertThat(error).hasMessageContaining("; try again in " + millis / 1_000 + " s; ");
    }
    assertThat(refusal(client::start).getRetryAfterMillis()).as("waiting does not help").isZero();
  }

  private BiliLiveClientBuilder builder() {
    return builder(clock::wallMillis);
  }

  private BiliLiveClientBuilder builder(WallClock wallClock) {
    return ServerTestCase.withTime(
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .accessToken(TOKEN)
            .retryPolicy(RetryPolicy.NONE)
            .baseUrl(sandbox.baseUrl()),
        new InstantTime(),
        wallClock);
  }

  private interface Refused {
    void call() throws Exception;
  }

  private static PlatformException refusal(Refused call) {
    PlatformException error = catchThrowableOfType(PlatformException.class, call::call);
    assertThat(error).isNotNull();
    return error;
  }
}
