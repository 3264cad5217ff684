package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SocketHostsTest {
  private static final List<String> LINKS =
      List.of("wss://one.test/sub", "wss://two.test/sub", "wss://two.test:8443/sub");

  private final VirtualTime time = new VirtualTime();
  private final SocketHosts hosts = new SocketHosts(time);

  private void fail(String link, int times) {
    for (int i = 0; i < times; i++) {
      hosts.failed(link);
    }
  }

  @Test
  void aHostThatFailedThreeTimesIsPassedOverAndTriedOnceInHalfAMinute() {
    fail(LINKS.get(1), 2);
    assertThat(hosts.choose(LINKS, 1)).isEqualTo(1);
    fail(LINKS.get(1), 1);
    assertThat(hosts.choose(LINKS, 1)).isEqualTo(2); // Of the same host, but another port.
    assertThat(hosts.choose(LINKS, 3)).isZero();

    time.advance(Duration.ofSeconds(30));
    assertThat(hosts.choose(LINKS, 1)).isEqualTo(1);
    assertThat(hosts.choose(LINKS, 1)).isEqualTo(2);
  }

  @Test
  void oneThatOpensARoomIsUsedByAll() {
    fail(LINKS.get(0), 5);
    hosts.succeeded(LINKS.get(0));

    assertThat(hosts.choose(LINKS, 0)).isZero();
  }

  @Test
  void ifAllAreDownTheyAreTriedInTurn() {
    LINKS.forEach(link -> fail(link, 3));

    assertThat(hosts.choose(LINKS, 1)).isEqualTo(1);
    assertThat(hosts.choose(LINKS, 2)).isEqualTo(2);
    assertThat(hosts.choose(LINKS, 3)).isZero();
  }

  @Test
  void anyNumberOfNamesTakesLittleMemory() {
    for (int i = 0; i < 100_000; i++) {
      fail("wss://h" + i + ".test", 3);
    }

    assertThat(hosts.failing()).isLessThanOrEqualTo(100);
  }
}
