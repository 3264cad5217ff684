package io.github.bililive.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NonceSourceTest {
  private static final String UUID_SHAPE =
      "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  @Test
  void aNonceHasTheShapeOfAUuid() {
    NonceSource nonces = new NonceSource();

    assertThat(Stream.generate(nonces::next).limit(100))
        .allMatch(nonce -> nonce.matches(UUID_SHAPE));
  }

  @Test
  void aNonceIsTheRandomPrefixAndThenTheCounter() {
    NonceSource nonces = new NonceSource(0x0123456789abcdefL, 0x1122334455667788L);

    assertThat(nonces.next()).isEqualTo("01234567-89ab-cdef-1122-334455667788");
    assertThat(nonces.next()).isEqualTo("01234567-89ab-cdef-1122-334455667789");
  }

  @Test
  void theCounterRunsOnWhenItOverflows() {
    NonceSource nonces = new NonceSource(-1, Long.MAX_VALUE);

    assertThat(nonces.next()).isEqualTo("ffffffff-ffff-ffff-7fff-ffffffffffff");
    assertThat(nonces.next()).isEqualTo("ffffffff-ffff-ffff-8000-000000000000");
    assertThat(new NonceSource(0, -1).next()).isEqualTo("00000000-0000-0000-ffff-ffffffffffff");
  }

  @Test
  void aSourceNeverRepeatsANonce() {
    NonceSource nonces = new NonceSource();

    assertThat(Stream.generate(nonces::next).limit(20_000).distinct()).hasSize(20_000);
  }

  @Test
  void severalThreadsNeverGetTheSameNonce() throws Exception {
    NonceSource nonces = new NonceSource();
    Callable<List<String>> draw = () -> Stream.generate(nonces::next).limit(5_000).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      Set<String> drawn = new HashSet<>();
      for (Future<List<String>> part : threads.invokeAll(List.of(draw, draw, draw, draw))) {
        drawn.addAll(part.get());
      }
      assertThat(drawn).hasSize(20_000);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void twoSourcesShareNeitherPrefixNorNonces() {
    assertThat(
            IntStream.range(0, 1_000)
                .mapToObj(i -> new NonceSource().next().substring(0, 18))
                .distinct())
        .hasSize(1_000);
  }
}
