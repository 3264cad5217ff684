package io.github.bililive.internal.room;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.store.FileConnectionStore;
import io.github.bililive.store.HandOverPolicy;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A process that hears a room until it is killed; prints its conn_id. {@link HandOverTest}. */
final class KilledRoom {
  private KilledRoom() {}

  /** Arguments: base URL, client id, app secret, access token, and the store's directory. */
  public static void main(String[] args) throws Exception {
    BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(args[1], args[2]))
            .accessToken(args[3])
            .baseUrl(args[0])
            .connectionStore(FileConnectionStore.in(Path.of(args[4])))
            .handOver(
                HandOverPolicy.builder().predecessorTimeout(300, TimeUnit.MILLISECONDS).build())
            .build();
    LiveConnection room =
        client.connect(new LiveListener() {}, ConnectionOptions.builder().name("alice").build());
    room.awaitOpen(1, TimeUnit.MINUTES);
    System.out.println(Objects.requireNonNull(room.getStartedConnection()).getConnId());
    room.awaitClosed();
  }
}
