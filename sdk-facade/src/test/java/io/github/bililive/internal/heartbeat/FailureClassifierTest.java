package io.github.bililive.internal.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.hook.FailureKind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassifierTest {
  @ParameterizedTest
  @CsvSource({
    "5001, PLATFORM_ERROR",
    "4009, RATE_LIMITED",
    "127009, RATE_LIMITED",
    "7004, BATCH_TOO_LARGE",
    "7003, INVALID_ID_IN_BATCH",
    "7005, INVALID_ID_IN_BATCH",
    "4002, REFUSED",
    "4003, REFUSED",
    "4008, REFUSED"
  })
  void aCodeOfThePlatformTellsWhatToDo(int code, FailureKind kind) {
    assertThat(
            FailureClassifier.kindOf(
                new PlatformException("batchHeartbeat", code, "refused", null)))
        .isEqualTo(kind);
  }

  @Test
  void anAnswerOfAGatewayIsNotThePlatforms() {
    assertThat(
            FailureClassifier.kindOf(
                new InvalidResponseException(
                    "batchHeartbeat", "no JSON", 502, null, "<html>", null)))
        .isEqualTo(FailureKind.INVALID_RESPONSE);
    assertThat(
            FailureClassifier.kindOf(
                new NetworkException("batchHeartbeat", "platform.test", new IOException("reset"))))
        .isEqualTo(FailureKind.NETWORK);
  }
}
