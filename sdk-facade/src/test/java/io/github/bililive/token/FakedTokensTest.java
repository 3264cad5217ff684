package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Code of a user's that works with the interfaces of this package, and fakes of them. */
@Timeout(120)
class FakedTokensTest {
  /** What an app has for the page to which its broadcasters come back. */
  private static void broadcasterCameBack(OAuth oauth, String name, String code) {
    oauth.provider(name).replaceToken(oauth.exchange(code));
  }

  private static void broadcasterLeft(OAuth oauth, String name) {
    oauth.provider(name).forget();
  }

  @Test
  void anAppIsTestedWithoutAPlatform() {
    FakeOAuth oauth = new FakeOAuth();

    broadcasterCameBack(oauth, "alice", "code-1");
    assertThat(oauth.provider("alice").getToken().getAccessToken()).isEqualTo("access-of-code-1");

    broadcasterLeft(oauth, "alice");
    assertThat(oauth.provider("alice").getToken()).isNull();
  }

  @Test
  void aFakedProviderStartsConnections() {
    try (Sandbox sandbox = Sandbox.start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .baseUrl(sandbox.baseUrl())
                .build()) {
      FakeProvider alice = new FakeProvider("alice");
      alice.replaceToken(OAuthToken.of("wrong", "r", 0, List.of()));
      alice.next = OAuthToken.of(sandbox.accessToken(), "r", 0, List.of());

      assertThat(client.start(alice).getConnId()).isNotEmpty();
      assertThat(alice.invalid).containsExactly(AccessToken.of("wrong"));
    }
  }

  private static final class FakeOAuth implements OAuth {
    private final Map<String, RefreshingTokenProvider> providers = new HashMap<>();

    @Override
    public OAuthToken exchange(String code) {
      return OAuthToken.of("access-of-" + code, "refresh-of-" + code, 0, List.of());
    }

    @Override
    public PendingCall exchange(String code, AnswerCallback<OAuthToken> callback) {
      callback.onSuccess(exchange(code));
      return () -> {};
    }

    @Override
    public OAuthToken refresh(OAuthToken token) {
      return exchange(token.getRefreshToken());
    }

    @Override
    public RefreshingTokenProvider provider(String broadcaster) {
      return providers.computeIfAbsent(broadcaster, FakeProvider::new);
    }
  }

  private static final class FakeProvider implements RefreshingTokenProvider {
    private final String broadcaster;
    private final List<AccessToken> invalid = new ArrayList<>();
    private @Nullable OAuthToken token;

    /** What a renewal brings. */
    private @Nullable OAuthToken next;

    FakeProvider(String broadcaster) {
      this.broadcaster = broadcaster;
    }

    @Override
    public String getBroadcaster() {
      return broadcaster;
    }

    @Override
    public PendingCall accessToken(AnswerCallback<AccessToken> callback) {
      callback.onSuccess(AccessToken.of(token.getAccessToken()));
      return () -> {};
    }

    @Override
    public void invalidate(AccessToken refused) {
      invalid.add(refused);
      token = next;
    }

    @Override
    public void replaceToken(OAuthToken given) throws BiliLiveException {
      token = given;
    }

    @Override
    public void forget() {
      token = null;
    }

    @Override
    public @Nullable OAuthToken getToken() {
      return token;
    }
  }
}
