package io.github.bililive.token;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.internal.http.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A process of its own that dies on purpose, as if the power were cut: {@link KillTest} starts it
 * and looks at what it leaves.
 */
final class KilledProcess {
  private KilledProcess() {}

  /** Arguments: what to do, the directory, and for a refresh the address and where to die. */
  public static void main(String[] args) throws Exception {
    FileTokenStore files = FileTokenStore.in(Path.of(args[1]));
    if (args[0].equals("save")) {
      saveForEver(files);
    } else {
      refresh(files, args[2], args[3]);
    }
  }

  /** Prints the number of each pair once it is saved. */
  private static void saveForEver(FileTokenStore files) throws IOException {
    for (int number = 1; ; number++) {
      files.save("alice", OAuthToken.of("a" + number, "r".repeat(5000), number, List.of()));
      System.out.println(number);
    }
  }

  private static void refresh(FileTokenStore files, String address, String point) throws Exception {
    OkHttpClient dying =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain -> {
                  dieIf(point, "before the request");
                  Response response = chain.proceed(chain.request());
                  dieIf(point, "after the answer");
                  return response;
                })
            .build();
    TokenStore store = new WatchedStore(files, (here, broadcaster) -> dieIf(point, here));
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of("sandbox-client", "sandbox-app-secret-not-real"))
            .oauthBaseUrl(address)
            .okHttpClient(dying)
            .tokenStore(store)
            .build()) {
      Waiting.forToken(client.oauth().provider("alice"), Long.MAX_VALUE);
    }
  }

  private static void dieIf(String point, String here) {
    if (point.equals(here)) {
      Runtime.getRuntime().halt(9);
    }
  }
}
