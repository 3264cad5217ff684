package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.AnswerCallback;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.Heard;
import io.github.bililive.LiveListener;
import io.github.bililive.StartedConnection;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Null for each argument of each public method about tokens. */
class NullArgumentsTest {
  private static final OAuthToken PAIR = OAuthToken.of("hush-a", "hush-r", 0, List.of());

  @TempDir Path directory;
  private BiliLiveClient client;

  @AfterEach
  void close() {
    if (client != null) {
      client.close();
    }
  }

  @Test
  void aFixedTokenAndAFunctionNameWhatIsNull() {
    assertRefused(
        () -> AccessTokenProvider.fixed(null),
        "accessToken is null: is the environment variable set?");
    assertRefused(
        () -> AccessTokenProvider.from(null),
        "function is null: give one that returns the access token");
  }

  @Test
  void aPairNamesWhatIsNull() {
    assertRefused(
        () -> OAuthToken.of(null, "hush-r", 0, List.of()),
        "accessToken is null: give the broadcaster's token");
    assertRefused(
        () -> OAuthToken.of("hush-a", null, 0, List.of()),
        "refreshToken is null: give the one that came with the access token");
    assertRefused(
        () -> OAuthToken.of("hush-a", "hush-r", 0, null),
        "scopes is null: give an empty list if they are not known");
  }

  @Test
  void aFileStoreNamesWhatIsNull() {
    FileTokenStore store = FileTokenStore.in(directory);
    String broadcaster = "broadcaster is null: give the name that the app uses";
    assertRefused(() -> FileTokenStore.in(null), "directory is null: give one for the token files");
    assertRefused(() -> store.load(null), broadcaster);
    assertRefused(() -> store.save(null, PAIR), broadcaster);
    assertRefused(() -> store.save("alice", null), "token is null: to remove a pair, call remove");
    assertRefused(() -> store.remove(null), broadcaster);
  }

  @Test
  void theOAuthSideNamesWhatIsNull() {
    OAuth oauth = open().oauth();
    String code = "code is null: give the one that the broadcaster's authorisation brought";
    assertRefused(() -> oauth.exchange(null), code);
    assertRefused(() -> oauth.exchange(null, new Heard<>()), code);
    assertRefused(
        () -> oauth.exchange("code", null),
        "callback is null: give the one that hears of the tokens");
    assertRefused(() -> oauth.refresh(null), "token is null: give the pair to renew");
    assertRefused(
        () -> oauth.provider(null),
        "broadcaster is null: give a name of your own for them, such as their open_id");
  }

  @Test
  void aRefreshingProviderNamesWhatIsNull() {
    RefreshingTokenProvider alice = open().oauth().provider("alice");
    assertRefused(
        () -> alice.accessToken(null), "callback is null: give the one that hears of the token");
    assertRefused(
        () -> alice.invalidate(null), "token is null: give the one that the platform refused");
    assertRefused(
        () -> alice.replaceToken(null), "token is null: give what OAuth.exchange(code) returned");
  }

  @Test
  void readyProvidersNameWhatIsNull() {
    for (AccessTokenProvider provider :
        List.of(AccessTokenProvider.fixed("hush"), AccessTokenProvider.from(refused -> "hush"))) {
      assertRefused(
          () -> provider.accessToken(null),
          "callback is null: give the one that hears of the token");
      assertRefused(
          () -> provider.invalidate(null), "token is null: give the one that the platform refused");
    }
  }

  @Test
  void theBuilderNamesWhatIsNull() {
    BiliLiveClient.Builder builder = BiliLiveClient.builder();
    assertRefused(
        () -> builder.accessToken(null), "accessToken is null: is the environment variable set?");
    assertRefused(
        () -> builder.accessTokenProvider(null),
        "accessTokenProvider is null: give one, or set accessToken");
    assertRefused(
        () -> builder.broadcaster(null),
        "broadcaster is null: give a name of your own for them, such as their open_id");
    assertRefused(
        () -> builder.tokenStore(null),
        "tokenStore is null: give one, such as FileTokenStore.in(directory)");
    assertRefused(
        () -> builder.tokenEvents(null), "tokenEvents is null: give TokenEvents.NONE for none");
    assertRefused(
        () -> builder.oauthBaseUrl(null),
        "oauthBaseUrl is null: give an address such as https://api.bilibili.com/");
  }

  @Test
  void aClientNamesAProviderThatIsNull() {
    AccessTokenProvider none = null;
    AnswerCallback<StartedConnection> callback = new Heard<>();
    String message = "accessToken is null: give a provider, such as client.oauth().provider(name)";
    open();
    assertRefused(() -> client.start(none), message);
    assertRefused(() -> client.start(none, callback), message);
    assertRefused(() -> client.connect(none, new LiveListener() {}), message);
  }

  private BiliLiveClient open() {
    client =
        BiliLiveClient.builder()
            .credentials(Credentials.of("test-client", "hush-app-secret"))
            .tokenStore(FileTokenStore.in(directory))
            .build();
    return client;
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(message);
  }
}
