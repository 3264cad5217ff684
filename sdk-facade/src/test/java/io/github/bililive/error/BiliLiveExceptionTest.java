package io.github.bililive.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BiliLiveExceptionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5001|5001 timeout inside the platform («busy»), request_id r-1 (for its support); try again;"
            + " check: with the platform's support, if it goes on",
        "7001|7001 cooling down («busy»), request_id r-1 (for its support); try again in 10 s; check:"
            + " whether the program starts the room too often; it passes in about 10 s",
        "7003|7003 heartbeat expired or id unknown («busy»), request_id r-1 (for its support); start a new"
            + " connection; check: whether heartbeats left at least every 20 s, if it happens"
            + " again and again",
        "127001|127001 access token invalid («busy»), request_id r-1 (for its support); refresh the"
            + " access token or let the broadcaster sign in again; check: whether the token has"
            + " expired or was revoked: refresh it, else let the broadcaster authorise the app anew",
        "4007|4007 IP not on the allow list of the app («busy»), request_id r-1 (for its"
            + " support); trying again will not help until this is put right; check: the IP allow list in the app's"
            + " settings on the open platform: add the address that this machine is seen with from"
            + " outside",
        "-101|-101 («busy»), request_id r-1 (for its support); the code is not known to this SDK; try"
            + " again; check: with the platform's support what it means",
      })
  void aRefusalSaysCodeMeaningPlatformsWordsRequestIdAndAdvice(int code, String text) {
    PlatformException error = new PlatformException("heartbeat", code, "busy", "r-1");

    assertThat(error).hasMessage("heartbeat refused by the platform: " + text).hasNoCause();
    assertThat(error.getOperation()).isEqualTo("heartbeat");
    assertThat(error.getCode()).isEqualTo(code);
    assertThat(error.getPlatformMessage()).isEqualTo("busy");
    assertThat(error.getRequestId()).isEqualTo("r-1");
  }

  @Test
  void aRefusalWithoutWordsAndRequestIdLeavesThemOut() {
    PlatformException error = new PlatformException("start", 5000, "", null);

    assertThat(error)
        .hasMessage(
            "start refused by the platform: 5000 service error; try again; check: with the platform's support, if it goes on");
    assertThat(error.getRequestId()).isNull();
    assertThat(error.getPlatformMessage()).isEmpty();
  }

  @Test
  void anUnknownCodeIsKeptAsItsNumberAndMayBeTriedAgain() {
    PlatformException error = new PlatformException("start", 99999, "new", null);

    assertThat(error.getCode()).isEqualTo(99999);
    assertThat(error.getKnownCode()).isNull();
    assertThat(error.getRemedy()).isEqualTo(Remedy.RETRY);
    assertThat(error.getRetryAfterMillis()).isZero();
  }

  @Test
  void anAnswerNotUnderstoodSaysWhatCame() {
    IOException cause = new EOFException();
    InvalidResponseException error =
        new InvalidResponseException("start", "it is no JSON", 502, "text/html", "<html>", cause);

    assertThat(error)
        .hasMessage(
            "start: answer not understood: it is no JSON; HTTP 502 (the gateway, or the service"
                + " behind it, failed), text/html, body begins «<html>»; try again; check: with the"
                + " platform's support, if it goes on")
        .hasCause(cause);
    assertThat(error.getHttpStatus()).isEqualTo(502);
    assertThat(error.getContentType()).isEqualTo("text/html");
    assertThat(error.getBodyStart()).isEqualTo("<html>");
    assertThat(error.getRemedy()).isEqualTo(Remedy.RETRY);
  }

  @Test
  void anEmptyAnswerOfNoTypeSaysSo() {
    assertThat(new InvalidResponseException("start", "it is no JSON", 204, null, "", null))
        .hasMessage(
            "start: answer not understood: it is no JSON; HTTP 204 (success, but not with the platform's JSON), no Content-Type, empty body; try again; check: whether a proxy or a login page answers in the platform's place, and the base URL")
        .hasNoCause();
  }

  @Test
  void aNetworkFailureSaysWhereToAndWhatHappened() {
    IOException cause = new SocketTimeoutException("timeout");
    NetworkException error = new NetworkException("batchHeartbeat", "127.0.0.1", cause);

    assertThat(error)
        .hasMessage("batchHeartbeat: no answer from 127.0.0.1: SocketTimeoutException (timeout)")
        .hasCause(cause);
    assertThat(error.getRemedy()).isEqualTo(Remedy.RETRY);
    assertThat(error.getRetryAfterMillis()).isZero();
    assertThat(new NetworkException("start", "host", new EOFException()))
        .hasMessage("start: no answer from host: EOFException");
  }
}
