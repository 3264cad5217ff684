package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import java.io.UncheckedIOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {
  @Test
  void aSandboxCanBeStartedAgainOnThePortThatItHad() {
    Sandbox first = Sandbox.start();
    first.close();

    try (Sandbox second = onPortOf(first).start()) {
      assertThat(second.baseUrl()).isEqualTo(first.baseUrl());
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    try (Sandbox first = Sandbox.start()) {
      SandboxBuilder second = onPortOf(first);

      assertThatThrownBy(second::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("the sandbox cannot listen on 127.0.0.1, port " + portOf(first));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void whatIsNoPortIsRefusedAtOnce(int port) {
    SandboxBuilder builder = Sandbox.builder();

    assertThatThrownBy(() -> builder.port(port))
        .hasMessage("port must be 0 to 65535, but is " + port);
  }

  private static SandboxBuilder onPortOf(Sandbox sandbox) {
    return Sandbox.builder().port(portOf(sandbox));
  }

  private static int portOf(Sandbox sandbox) {
    return URI.create(sandbox.baseUrl()).getPort();
  }
}
