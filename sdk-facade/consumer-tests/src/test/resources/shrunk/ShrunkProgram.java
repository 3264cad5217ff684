import io.github.bililive.BiliLiveClient;
import io.github.bililive.StartedConnection;
import io.github.bililive.ConnectionState;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.generated.model.HeartbeatRequest;
import io.github.bililive.generated.model.HeartbeatResponse;
import io.github.bililive.generated.model.Sender;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.Credentials;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;

/** What ShrunkIT shrinks: it makes calls, hears a room, and prints what a user would see. */
public final class ShrunkProgram {
  /** From then on heartbeats come at any time. */
  private static volatile boolean connecting;

  public static void main(String[] args) throws Exception {
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .baseUrl(System.getenv("BILILIVE_BASE_URL"))
            .credentials(
                Credentials.of(
                    System.getenv("BILILIVE_CLIENT_ID"), System.getenv("BILILIVE_APP_SECRET")))
            .accessToken(System.getenv("BILILIVE_ACCESS_TOKEN"))
            .callbackExecutor(Runnable::run)
            .requestEvents(
                new RequestEvents() {
                  @Override
                  public void requestBegan(String operation, int attempt) {
                    if (!connecting) {
                      System.out.println(operation + " began");
                    }
                  }
                })
            .build()) {
      StartedConnection started = client.start();
      client.heartbeat(started.getConnId());
      System.out.println("started and kept alive: " + !started.getConnId().isEmpty());
      HeartbeatResponse raw =
          client
              .api()
              .heartbeat(
                  System.getenv("BILILIVE_CLIENT_ID"),
                  HeartbeatRequest.builder().connId(started.getConnId()).build())
              .execute()
              .body();
      System.out.println("raw code " + raw.getCode());
      try {
        client.heartbeat("no-such-id");
      } catch (PlatformException refused) {
        System.out.println(refused.getOperation() + " " + refused.getCode() + " " + refused.getKnownCode() + " " + refused.getRemedy());
      }
      client.batchHeartbeat(Collections.singletonList(started.getConnId()));
      connecting = true;
      CountDownLatch heard = new CountDownLatch(2);
      client.connect(
          new LiveListener() {
            @Override
            public void onEvent(LiveEvent event) {
              Sender sender = (Sender) event.getModel();
              boolean hasJson = event.getJson().contains(event.getMsgId());
              System.out.println(event.getCmd() + " of " + sender.getUname() + ", JSON " + hasJson);
            }

            @Override
            public void onDanmaku(Danmaku message) {
              System.out.println("danmaku " + message.getMsg() + " " + message.getFansMedalLevel());
              heard.countDown();
            }

            @Override
            public void onGift(Gift gift) {
              System.out.println("gift " + gift.getGiftName() + " " + gift.getAnchorInfo());
              heard.countDown();
            }

            @Override
            public void onStateChanged(ConnectionState state) {
              if (state.getPhase() == ConnectionState.Phase.OPEN) {
                System.out.println("open");
              }
            }
          });
      heard.await();
    }
    System.out.println("done");
  }
}
