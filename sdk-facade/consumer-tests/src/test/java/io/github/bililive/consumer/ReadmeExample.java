package io.github.bililive.consumer;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionState;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.token.AuthorizationRequest;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.RefreshingTokenProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;

/** The examples that README.md shows, compiled; {@link ReadmeTest} compares them. */
final class ReadmeExample {
  private ReadmeExample() {}

  static void hearARoom(String clientId, String appSecret, String accessToken)
      throws InterruptedException {
    // README: begin
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(clientId, appSecret))
            .accessToken(accessToken)
            .build()) {
      LiveConnection room =
          client.connect(
              new LiveListener() {
                @Override
                public void onDanmaku(Danmaku message) {
                  System.out.println(message.getUname() + ": " + message.getMsg());
                }

                @Override
                public void onGift(Gift gift) {
                  System.out.println(gift.getUname() + " sends " + gift.getGiftName());
                }

                @Override
                public void onStateChanged(ConnectionState state) {
                  System.out.println(state);
                }
              });
      ConnectionState last = room.awaitClosed(); // until it is closed, or given up
      System.out.println(last + ": " + room.health());
    }
    // README: end
  }

  static BiliLiveClient overWeeks(
      String clientId,
      String appSecret,
      Path directory,
      boolean isNew,
      UnaryOperator<String> browser,
      LiveListener listener)
      throws BiliLiveException {
    // README tokens: begin
    BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of(clientId, appSecret))
            .tokenStore(FileTokenStore.in(directory))
            .build();
    RefreshingTokenProvider alice = client.oauth().provider("alice"); // a name of your own
    if (isNew) { // once: she authorises the app on a page
      AuthorizationRequest request =
          client.oauth().authorizationUrl("https://example.com/callback");
      String cameBackTo = browser.apply(request.getUrl()); // the address at which it ended
      alice.replaceToken(client.oauth().exchange(request.codeFrom(cameBackTo)));
    }
    client.connect(alice, listener); // from then on, over weeks and restarts
    // README tokens: end
    return client;
  }

  /** Counters and a log line out of two of the four hooks. */
  static BiliLiveClient.Builder observed(
      BiliLiveClient.Builder builder, Map<String, Long> counters, Logger log) {
    // README metrics: begin
    builder
        .requestEvents(
            new RequestEvents() {
              @Override
              public void requestAnswered(String operation, int code, long tookMillis) {
                counters.merge(operation + " answered " + code, 1L, Long::sum);
              }
            })
        .connectionEvents(
            new ConnectionEvents() {
              @Override
              public void received(String room, ConnectionTraffic traffic) {
                counters.merge("events", traffic.getEvents(), Long::sum);
              }

              @Override
              public void stateChanged(String room, ConnectionState state) {
                log.info(room + " is " + state + "; so far " + counters);
              }
            });
    // README metrics: end
    return builder;
  }
}
