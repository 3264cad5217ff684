package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.call.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.heartbeat.Heartbeat;
import io.github.bililive.signing.Credentials;

/** The example that README.md shows, compiled; {@code ReadmeTest} compares the two. */
final class ReadmeExample {
  private ReadmeExample() {}

  static void keepARoomAlive(String clientId, String appSecret, String accessToken)
      throws InterruptedException {
    // README: begin
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(clientId, appSecret))
            .accessToken(accessToken)
            .build()) {
      StartedConnection room = client.start();
      Heartbeat heartbeat =
          client.keepAlive(
              room.connId(), connId -> System.out.println(connId + " is dead: start again"));
      System.out.println("alive: " + heartbeat.connId() + " at " + room.wssLinks());
      Thread.currentThread().join(60_000); // your program
    } catch (PlatformException e) {
      System.err.println("refused with code " + e.code() + ", what to do: " + e.remedy());
    } catch (BiliLiveException e) {
      System.err.println("no answer, or none that makes sense: " + e.getMessage());
    }
    // README: end
  }
}
