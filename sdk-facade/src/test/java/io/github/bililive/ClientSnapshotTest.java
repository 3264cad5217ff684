package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ClientSnapshotTest {
  @Test
  void aClientThatHasDoneNothingSaysSo() {
    try (BiliLiveClient client =
        BiliLiveClient.builder().credentials(Credentials.of("id", "secret-of-app")).build()) {
      assertThat(client.snapshot())
          .hasToString(
              "ClientSnapshot{rooms={}, queuedAttempts=0, attemptsPerSecond="
                  + client.snapshot().getAttemptsPerSecond()
                  + ", callbackLagMillis=0, bufferedBytes=0, fullestBufferBytes=0, retriesLeft=10,"
                  + " droppedHookEvents=0, ConnectionTraffic{frames=0, events=0, duplicates=0,"
                  + " dropped=0}, "
                  + client.heartbeatStatistics()
                  + "}");
    }
  }

  @Test
  void whatCameIsInItAtOnceAndStaysWhenTheRoomIsClosed() throws Exception {
    CountDownLatch heard = new CountDownLatch(2);
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .baseUrl(sandbox.baseUrl())
                .build()) {
      LiveConnection connection =
          client.connect(
              sandbox.accessToken(),
              new LiveListener() {
                @Override
                public void onDanmaku(Danmaku message) {
                  heard.countDown();
                }
              });
      assertThat(connection.awaitOpen(60, TimeUnit.SECONDS)).isTrue();
      SandboxRoom room = sandbox.room(0);
      for (String msgId : new String[] {"m1", "m1", "m2"}) {
        room.send(SampleEvents.openLive().danmaku(room.id(), msgId, "hello"));
      }
      assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();

      ClientSnapshot open = client.snapshot();
      assertThat(open.getRooms()).isEqualTo(Map.of(Phase.OPEN, 1));
      assertThat(open.getHeartbeats().getIds().values()).containsExactly(1);
      assertThat(open.getTraffic().getEvents()).isEqualTo(3);
      assertThat(open.getTraffic().getDuplicates()).isEqualTo(1);
      connection.close();
      connection.awaitClosed();
      assertThat(client.snapshot().getRooms()).isEmpty();
      assertThat(client.snapshot().getTraffic().getEvents()).isEqualTo(3);
    }
  }

  @Test
  void aRetryLeavesOneLess() {
    try (Sandbox sandbox = Sandbox.builder().start();
        BiliLiveClient client =
            BiliLiveClient.builder()
                .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
                .baseUrl(sandbox.baseUrl())
                .accessToken(sandbox.accessToken())
                .retryPolicy(
                    RetryPolicy.DEFAULT
                        .newBuilder()
                        .retries(3)
                        .firstPause(1, TimeUnit.MILLISECONDS)
                        .build())
                .build()) {
      sandbox.faults().next(3, Fault.status(503, ""));
      client.heartbeat(sandbox.startConnections(1).get(0));

      assertThat(client.snapshot().getRetriesLeft()).isBetween(7, 9);
    }
  }

  @Test
  void oneThatIsMadeByHandHasWhatItWasGiven() {
    HeartbeatStatistics heartbeats = HeartbeatStatistics.builder().attempts(9).build();
    ConnectionTraffic traffic = ConnectionTraffic.builder().events(8).build();
    ClientSnapshot snapshot =
        ClientSnapshot.builder()
            .rooms(Map.of(Phase.OPEN, 1))
            .queuedAttempts(2)
            .attemptsPerSecond(3.5)
            .callbackLagMillis(4)
            .bufferedBytes(5)
            .fullestBufferBytes(6)
            .retriesLeft(7)
            .traffic(traffic)
            .heartbeats(heartbeats)
            .droppedHookEvents(10)
            .build();

    assertThat(snapshot.getRooms()).isEqualTo(Map.of(Phase.OPEN, 1));
    assertThat(snapshot.getQueuedAttempts()).isEqualTo(2);
    assertThat(snapshot.getAttemptsPerSecond()).isEqualTo(3.5);
    assertThat(snapshot.getCallbackLagMillis()).isEqualTo(4);
    assertThat(snapshot.getBufferedBytes()).isEqualTo(5);
    assertThat(snapshot.getFullestBufferBytes()).isEqualTo(6);
    assertThat(snapshot.getRetriesLeft()).isEqualTo(7);
    assertThat(snapshot.getTraffic()).isSameAs(traffic);
    assertThat(snapshot.getHeartbeats()).isSameAs(heartbeats);
    assertThat(snapshot.getDroppedHookEvents()).isEqualTo(10);
  }
}
