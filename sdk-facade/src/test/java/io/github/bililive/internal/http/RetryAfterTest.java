package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  /** Sun, 06 Nov 1994 08:49:37 GMT, the date of the RFC. */
  private static final long NOW = 784_111_777_000L;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|0",
        "7|7000",
        " 120 |120000",
        "3600|3600000",
        "3601|3600000",
        "99999999999999999999|3600000",
        "Sun, 06 Nov 1994 08:50:37 GMT|60000",
        "Sun, 06 Nov 1994 08:49:37 GMT|0",
        "Sun, 06 Nov 1994 08:00:00 GMT|0",
        "Sunday, 06-Nov-94 08:50:37 GMT|60000",
        "Sun Nov  6 08:50:37 1994|60000",
        "Tue, 06 Nov 2094 08:49:37 GMT|3600000",
      })
  void secondsAndDatesAreUnderstoodAndBoundedByAnHour(String header, long millis) {
    assertThat(HttpTime.retryAfterMillis(headers(header), NOW)).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "1 s", "明天", "٣"})
  void anythingElseSaysNothing(String header) {
    assertThat(HttpTime.retryAfterMillis(headers(header), NOW)).isNull();
  }

  @Test
  void withoutTheHeaderNothingIsSaid() {
    assertThat(HttpTime.retryAfterMillis(Headers.of(), NOW)).isNull();
  }

  private static Headers headers(String value) {
    return new Headers.Builder().addUnsafeNonAscii("Retry-After", value).build();
  }
}
