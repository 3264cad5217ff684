package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.Leaks;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.TokenException;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers to a refresh that say nothing about the broadcaster, in virtual time. */
class NotLostTest {
  private final FakeTokenWorld world = new FakeTokenWorld();

  static Stream<BiliLiveException> answers() {
    IntStream codes =
        IntStream.of(
            122_000,
            122_001,
            122_002,
            122_003,
            122_004,
            122_005,
            122_006,
            122_008,
            127_000,
            127_001,
            127_004,
            127_011,
            4001,
            4002,
            4008,
            -400,
            -101,
            -1,
            Integer.MIN_VALUE,
            999);
    return Stream.concat(
        codes.mapToObj(code -> new PlatformException("refreshToken", code, "", null)),
        Stream.of(
            new InvalidResponseException(
                "refreshToken", "p", 200, "text/html", "<html>", null, null),
            new InvalidResponseException("refreshToken", "p", 401, null, "", null, null),
            new InvalidResponseException("refreshToken", "p", 503, null, "", null, null),
            new NetworkException("refreshToken", "host", new IOException("reset"))));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void thePairIsKeptAndTriedAgainAndRoomsAreToldToWait(BiliLiveException answer) {
    world.stored.put("alice", world.token(1));
    world.askAndWork();
    for (int i = 0; i < 100_000; i++) {
      world.scripts.add(
          present -> {
            throw answer;
          });
    }
    world.refresher.invalidate(AccessToken.of("hush-access-1"));
    BiliLiveException told = world.askAndWork().error;
    world.advance(Duration.ofHours(12), Duration.ofSeconds(10));

    assertThat(told).isInstanceOf(TokenException.class);
    assertThat(told.getRemedy()).isEqualTo(Remedy.WAIT);
    assertThat(told).hasMessageContaining("could not be renewed: " + answer.getMessage());
    Leaks.assertHidesSecrets(told);
    assertThat(world.log).doesNotContain("authorisation required");
    assertThat(world.renewals).isBetween(200, 1_000);
    assertThat(world.stored.get("alice").getRefreshToken()).isEqualTo("hush-refresh-1");

    world.scripts.clear(); // The app secret is back, say.
    world.advance(Duration.ofMinutes(3), Duration.ofSeconds(10));
    assertThat(world.ask().token).startsWith("hush-access-").isNotEqualTo("hush-access-1");
  }
}
