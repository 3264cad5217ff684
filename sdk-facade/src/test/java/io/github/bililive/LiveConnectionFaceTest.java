package io.github.bililive;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.generated.model.Sender;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user does with a room, and hears of it. */
@Timeout(120)
class LiveConnectionFaceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sandbox sandbox = Sandbox.builder().accessTokens("first", "second").start();
  private final BiliLiveClient client =
      BiliLiveClient.builder()
          .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
          .accessToken(sandbox.accessToken())
          .baseUrl(sandbox.baseUrl())
          .build();
  private final SampleEvents samples = SampleEvents.openLive();
  private final SandboxRoom alices = sandbox.room(0);
  private final LiveListener silent = new LiveListener() {};

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  @Test
  void aListenerHearsEachEventOnceAsItCameBeforeTheMethodOfItsKind() throws Exception {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    LiveConnection room =
        client.connect(
            new LiveListener() {
              @Override
              public void onEvent(LiveEvent event) {
                heard.add(event.getCmd() + " " + event.getMsgId() + " " + event.getJson());
                if (event.getModel() instanceof Gift gift) {
                  heard.add("model " + gift.getGiftName());
                }
                if (event.getModel() instanceof Sender sender) {
                  heard.add("sender " + sender.getUname());
                }
                if (event.getNoModelReason() != null) {
                  heard.add("no model: " + event.getNoModelReason());
                }
              }

              @Override
              public void onDanmaku(Danmaku message) {
                heard.add("danmaku " + message.getMsg());
              }

              @Override
              public void onRawEvent(LiveEvent event) {
                heard.add("raw " + event.getMsgId());
              }
            });
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    String danmaku = samples.danmaku(alices.id(), "1", "hello");
    String gift = samples.gift(alices.id(), "2", "辣条", 1);
    String unknown = samples.unknown(alices.id(), "3");
    alices.send(danmaku, gift, unknown);

    assertThat(take(heard, 9))
        .containsExactly(
            "OPEN_LIVEROOM_DM 1 " + danmaku,
            "sender sample user",
            "danmaku hello",
            "OPEN_LIVEROOM_SEND_GIFT 2 " + gift,
            "model 辣条",
            "sender sample user",
            cmdOf(unknown) + " 3 " + unknown,
            "no model: UNKNOWN_CMD",
            "raw 3");
  }

  @Test
  void awaitOpenIsFalseWhenTheTimeIsUpAndTheRoomGoesOn() throws Exception {
    sandbox.faults().next(Fault.hang());
    LiveConnection room = client.connect(silent);

    assertThat(room.awaitOpen(20, MILLISECONDS)).isFalse();
    assertThat(room.awaitOpen(0, SECONDS)).isFalse();
    assertThat(room.getState().getPhase()).isNotEqualTo(Phase.CLOSED);
  }

  @Test
  void awaitOpenFailsAtOnceWithTheReasonIfTheRoomIsGivenUp() {
    sandbox.faults().always(Fault.code(4002, "sign error"));
    try (WarningLog log = WarningLog.open()) {
      LiveConnection room =
          client.connect(silent, ConnectionOptions.builder().name("alice's").build());

      assertThatThrownBy(() -> room.awaitOpen(1, DAYS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("room alice's is CLOSED")
          .hasMessageContaining("4002")
          .hasCauseInstanceOf(PlatformException.class);
      assertThat(room.getState().getReason()).isEqualTo(Reason.REFUSED);
      assertThat(log.of("alice's")).hasSize(1).allMatch(line -> line.contains("4002"));
    }
  }

  @Test
  void awaitClosedReturnsTheLastStateWhoeverClosesTheRoom() throws Exception {
    LiveConnection byUser = client.connect(silent);
    LiveConnection byClient = client.connect("second", silent);
    AtomicReference<ConnectionState> last = new AtomicReference<>();
    CountDownLatch returned = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                last.set(byClient.awaitClosed());
                returned.countDown();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    waiting.start();

    byUser.close();
    assertThat(byUser.awaitClosed().getReason()).isEqualTo(Reason.CLOSED_BY_USER);
    assertThat(returned.getCount()).isOne();
    client.close();
    assertThat(returned.await(60, SECONDS)).isTrue();
    assertThat(last.get().getPhase()).isEqualTo(Phase.CLOSED);
    assertThat(last.get().getReason()).isEqualTo(Reason.CLIENT_CLOSED);
  }

  @Test
  void whoeverWaitsForARoomCanBeInterrupted() throws Exception {
    LiveConnection room = client.connect(silent);
    CountDownLatch interrupted = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              try {
                room.awaitClosed();
              } catch (InterruptedException e) {
                interrupted.countDown();
              }
            });
    waiting.start();
    waiting.interrupt();
    assertThat(interrupted.await(60, SECONDS)).isTrue();

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> room.awaitOpen(60, SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(room.getState().getPhase()).isNotEqualTo(Phase.CLOSED);
  }

  @Test
  void redialTakesANewSocketForTheSameConnIdWithoutAPause() throws Exception {
    BlockingQueue<Phase> phases = new LinkedBlockingQueue<>();
    LiveConnection room =
        client.connect(
            new LiveListener() {
              @Override
              public void onStateChanged(ConnectionState state) {
                phases.add(state.getPhase());
              }
            });
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    take(phases, 4);
    room.redial();

    assertThat(take(phases, 3)).containsExactly(Phase.CONNECTING, Phase.AUTHENTICATING, Phase.OPEN);
    sandbox.sockets().await(2, socket -> socket.wasAuthenticated(), PATIENCE);
    assertThat(sandbox.connections()).hasSize(1);
    assertThat(room.health().getReconnects()).isOne();
  }

  @Test
  void aSocketThatThePlatformClosedSaysItsCode() throws Exception {
    BlockingQueue<ConnectionState> lost = new LinkedBlockingQueue<>();
    LiveConnection room =
        client.connect(
            new LiveListener() {
              @Override
              public void onStateChanged(ConnectionState state) {
                if (state.getPhase() == Phase.BACKING_OFF) {
                  lost.add(state);
                }
              }
            });
    assertThat(room.awaitOpen(60, SECONDS)).isTrue();
    sandbox.sockets().closeAll(1001, "going away");

    ConnectionState state = take(lost, 1).get(0);
    assertThat(state.getReason()).isEqualTo(Reason.SOCKET_LOST);
    assertThat(state.getSocketCloseCode()).isEqualTo(1001);
    assertThat(state.getCause()).isNull();
  }

  @Test
  void aClientListsItsRoomsInTheirOrderUntilTheyAreClosed() {
    LiveConnection first = client.connect(silent, ConnectionOptions.builder().name("a").build());
    LiveConnection second = client.connect("second", silent);
    List<LiveConnection> both = client.connections();
    first.close();

    assertThat(both).containsExactly(first, second);
    assertThatThrownBy(() -> both.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(client.connections()).containsExactly(second);
    assertThat(first.getName()).isEqualTo("a");
    client.close();
    assertThat(client.connections()).isEmpty();
  }

  private static String cmdOf(String json) {
    return json.replaceAll(".*\"cmd\":\"(\\w+)\".*", "$1");
  }

  private static <T> List<T> take(BlockingQueue<T> queue, int count) throws InterruptedException {
    List<T> taken = new ArrayList<>();
    while (taken.size() < count) {
      T next = queue.poll(60, SECONDS);
      assertThat(next).as("what follows %s", taken).isNotNull();
      taken.add(next);
    }
    return taken;
  }
}
