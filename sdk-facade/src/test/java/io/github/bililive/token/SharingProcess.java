package io.github.bililive.token;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.Databases;
import io.github.bililive.Heard;
import io.github.bililive.error.AuthorisationRequiredException;
import io.github.bililive.hook.TokenEvents;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;

/**
 * A process of its own, one of several on one store: {@link KilledSharersTest} starts them and
 * kills some. Prints each pair that it has saved, and ends when all broadcasters' pairs are new or
 * lost.
 */
final class SharingProcess {
  /** When the pairs to be renewed expire. */
  static final long OLD = 1;

  private SharingProcess() {}

  static TokenStore store(String place) {
    return place.startsWith("jdbc:")
        ? JdbcTokenStore.in(Databases.source(place))
        : FileTokenStore.in(Path.of(place));
  }

  /** Arguments: the store's place, the sandbox's address, and how many broadcasters there are. */
  public static void main(String[] args) throws Exception {
    Set<String> lost = ConcurrentHashMap.newKeySet();
    OkHttpClient hasty = // So that leases of 40 s are enough.
        new OkHttpClient.Builder().callTimeout(10, TimeUnit.SECONDS).build();
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of("sandbox-client", "sandbox-app-secret-not-real"))
            .oauthBaseUrl(args[1])
            .okHttpClient(hasty)
            .tokenStore(new WatchedStore(store(args[0]), SharingProcess::tell))
            .tokenEvents(
                new TokenEvents() {
                  @Override
                  public void authorisationRequired(
                      String broadcaster, AuthorisationRequiredException cause) {
                    lost.add(broadcaster);
                  }
                })
            .build()) {
      Set<RefreshingTokenProvider> waiting = new HashSet<>();
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        waiting.add(client.oauth().provider("b" + i));
      }
      while (!waiting.isEmpty()) {
        for (RefreshingTokenProvider each : waiting) {
          each.accessToken(new Heard<>());
        }
        waiting.removeIf(
            each ->
                lost.contains(each.getBroadcaster())
                    || (each.getToken() != null && each.getToken().getExpiresAtSeconds() != OLD));
        new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS);
      }
    }
  }

  private static void tell(String point, String broadcaster) {
    if (point.equals("after the save")) {
      System.out.println(broadcaster);
    }
  }
}
