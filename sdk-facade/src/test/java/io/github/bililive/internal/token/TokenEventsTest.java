package io.github.bililive.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ClientThreads;
import io.github.bililive.Credentials;
import io.github.bililive.Leaks;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthTest;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import io.github.bililive.token.TokenStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the user's hook hears of a token's life, on a real client. */
@Timeout(120)
class TokenEventsTest {
  private final ClientThreads threads = ClientThreads.from();
  private final Sandbox sandbox = Sandbox.start();
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  @TempDir Path directory;

  @AfterEach
  void close() throws InterruptedException {
    sandbox.close();
    threads.awaitTokensStored();
  }

  @Test
  void theHookHearsATokensLifeInOrderOnTheCallbackExecutor() throws Exception {
    List<String> expected =
        List.of(
            "stored",
            "refresh began",
            "refresh failed 5001",
            "refresh began",
            "refreshed",
            "store failed",
            "stored",
            "refresh began",
            "authorisation required",
            "forgotten");
    FailingOnce store = new FailingOnce();
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .baseUrl(sandbox.baseUrl())
            .oauthBaseUrl(sandbox.baseUrl())
            .tokenStore(store)
            .tokenEvents(new Log())
            .build()) {
      RefreshingTokenProvider alice = client.oauth().provider("alice");
      alice.replaceToken(OAuthTest.token(sandbox.oauth().grant(0)));
      sandbox.faults().next(1, Endpoint.REFRESH_TOKEN, Fault.code(5001, "busy"));
      store.failsNext = true;
      sandbox.oauth().revoke(0);
      assertThatThrownBy(() -> client.start(alice)).isInstanceOf(BiliLiveException.class);
      List<String> order = new ArrayList<>();
      for (String line = take(); !line.equals("stored") || order.size() < 6; line = take()) {
        order.add(line);
      }
      order.add("stored");
      sandbox.oauth().deauthorise(0);
      assertThatThrownBy(() -> client.start(alice))
          .isInstanceOf(AuthorisationRequiredException.class);
      order.add(take());
      order.add(take());
      alice.forget();
      order.add(take());

      assertThat(order).isEqualTo(expected);
    }
  }

  private String take() throws InterruptedException {
    return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
  }

  private final class FailingOnce implements TokenStore {
    private final FileTokenStore files = FileTokenStore.in(directory);
    volatile boolean failsNext;

    @Override
    public @Nullable OAuthToken load(String broadcaster) throws IOException {
      return files.load(broadcaster);
    }

    @Override
    public void save(String broadcaster, OAuthToken token) throws IOException {
      if (failsNext) {
        failsNext = false;
        throw new IOException("disk full of " + token.getAccessToken());
      }
      files.save(broadcaster, token);
    }

    @Override
    public void remove(String broadcaster) throws IOException {
      files.remove(broadcaster);
    }
  }

  private final class Log implements TokenEvents {
    @Override
    public void refreshBegan(String broadcaster) {
      add("refresh began");
    }

    @Override
    public void refreshed(String broadcaster, long expiresAtSeconds) {
      assertThat(broadcaster).isEqualTo("alice");
      assertThat(expiresAtSeconds).isGreaterThan(1_760_000_000);
      add("refreshed");
    }

    @Override
    public void refreshFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
      add("refresh failed " + (cause.getMessage().contains("5001") ? "5001" : cause));
    }

    @Override
    public void stored(String broadcaster) {
      add("stored");
    }

    @Override
    public void storeFailed(String broadcaster, BiliLiveException cause, long retryInMillis) {
      add(
          Leaks.everythingOf(cause).contains("sandbox-granted")
              ? "store failed and leaked"
              : "store failed");
    }

    @Override
    public void authorisationRequired(String broadcaster, AuthorisationRequiredException cause) {
      add("authorisation required");
    }

    @Override
    public void forgotten(String broadcaster) {
      add("forgotten");
    }

    private void add(String line) {
      assertThat(Thread.currentThread().getName()).startsWith("bililive-callbacks");
      heard.add(line);
    }
  }
}
