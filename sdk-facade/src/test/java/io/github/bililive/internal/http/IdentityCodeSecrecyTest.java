package io.github.bililive.internal.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.Leaks;
import io.github.bililive.LiveListener;
import io.github.bililive.LoggedRecords;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import java.util.Objects;
import java.util.logging.Level;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** An identity code is a secret: nobody but the platform sees it. */
class IdentityCodeSecrecyTest {
  private static final String CODE = "hush-identity-\"code\"";

  private final Snooper application = new Snooper();
  private final Snooper network = new Snooper();

  @Test
  void itPrintsAsABar() {
    assertThat(IdentityCode.of(CODE, 7)).hasToString("IdentityCode{code=██, appId=7}");
    assertThatThrownBy(() -> IdentityCode.of(CODE, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("appId is 0: give")
        .hasMessageNotContaining("hush");
    for (String wrong : new String[] {"", " hush", "hush\n"}) {
      assertThatThrownBy(() -> IdentityCode.of(wrong, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("copy the identity code alone")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  @SuppressWarnings("try") // Closed early, so that its last call is seen.
  void interceptorsSeeABarAndThePlatformTheCode() throws Exception {
    try (Sandbox sandbox = platform().start();
        BiliLiveClient client = clientOf(sandbox)) {
      boolean isOpen =
          client
              .connect(IdentityCode.of(CODE, sandbox.openLive().appId()), new LiveListener() {})
              .awaitOpen(60, SECONDS);
      client.close();

      assertThat(isOpen).isTrue();
      assertThat(sandbox.refusals()).isEmpty();
      assertThat(network.seen()).contains("{\"code\":\"██\"", "v2/app/end");
      assertThat(application.seen() + network.seen())
          .doesNotContain("hush", sandbox.appSecret(), "sandbox-auth-key-");
    }
  }

  @Test
  void aPlatformThatEchoesItPutsItIntoNoMessageAndNoLog() throws Exception {
    try (Sandbox sandbox = platform().start();
        BiliLiveClient client = clientOf(sandbox);
        LoggedRecords logged = new LoggedRecords()) {
      sandbox.faults().always(Endpoint.APP_START, Fault.code(7007, "no such code: " + CODE));

      ConnectionState last =
          client
              .connect(IdentityCode.of(CODE, sandbox.openLive().appId()), new LiveListener() {})
              .awaitClosed();

      assertThat(last.toString()).contains("7007", "██").doesNotContain("hush");
      Leaks.assertHidesSecrets(Objects.requireNonNull(last.getCause()));
      assertThat(logged.messages(Level.WARNING))
          .anyMatch(message -> message.contains("7007"))
          .noneMatch(message -> message.contains("hush"));
    }
  }

  private static SandboxBuilder platform() {
    return Sandbox.builder().identityCodes(CODE);
  }

  private BiliLiveClient clientOf(Sandbox sandbox) {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .openLiveBaseUrl(sandbox.baseUrl())
        .okHttpClient(
            new OkHttpClient.Builder()
                .addInterceptor(application)
                .addNetworkInterceptor(network)
                .build())
        .build();
  }
}
