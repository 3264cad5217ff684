package io.github.bililive;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.LiveEvent.NoModelReason;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.hook.ConnectionEvents;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.hook.TokenEvents;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a user's test makes by hand: every value that a listener is handed, and a room. */
class HandmadeValuesTest {
  /** A room of a user's test, without the sandbox. */
  private static final class FakeRoom implements LiveConnection {
    private ConnectionState state = ConnectionState.of(Phase.OPEN);
    int redials;

    @Override
    public String getName() {
      return "fake";
    }

    @Override
    public ConnectionState getState() {
      return state;
    }

    @Override
    public ConnectionHealth health() {
      return ConnectionHealth.builder(state).received(3).build();
    }

    @Override
    public boolean awaitOpen(long time, TimeUnit unit) {
      return state.getPhase() == Phase.OPEN;
    }

    @Override
    public ConnectionState awaitClosed() {
      return state;
    }

    @Override
    public void redial() {
      redials++;
    }

    @Override
    public void close() {
      state = ConnectionState.builder(Phase.CLOSED).reason(Reason.CLOSED_BY_USER).build();
    }
  }

  /** Metrics of a user's, in one class. */
  private static final class Metrics
      implements RequestEvents, HeartbeatEvents, TokenEvents, ConnectionEvents, LiveListener {
    int opened;

    @Override
    public void stateChanged(String room, ConnectionState state) {
      opened += state.getPhase() == Phase.OPEN ? 1 : 0;
    }
  }

  /** A program of a user's, which redials a quiet room and closes it. */
  private static ConnectionState tend(LiveConnection room) throws InterruptedException {
    if (room.awaitOpen(1, SECONDS) && room.health().getEventAgeMillis() == null) {
      room.redial();
    }
    room.close();
    return room.awaitClosed();
  }

  @Test
  void aProgramIsTestedWithARoomThatIsMadeByHand() throws Exception {
    FakeRoom room = new FakeRoom();

    assertThat(tend(room).getReason()).isEqualTo(Reason.CLOSED_BY_USER);
    assertThat(room.redials).isOne();
  }

  @Test
  void oneClassMayBeAllFourHooksAndTheListener() {
    Metrics metrics = new Metrics();
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of("id", "secret-of-app"))
            .requestEvents(metrics)
            .heartbeatEvents(metrics)
            .tokenEvents(metrics)
            .connectionEvents(metrics)
            .build()) {
      assertThat(client.connections()).isEmpty();
    }
    metrics.stateChanged("alice", ConnectionState.of(Phase.OPEN));
    metrics.onEvent(LiveEvent.builder().build());

    assertThat(metrics.opened).isOne();
  }

  @Test
  void aStateHasWhatItWasGiven() {
    BiliLiveException refused = new PlatformException("start", 4002, "sign error", null);
    ConnectionState state =
        ConnectionState.builder(Phase.BACKING_OFF)
            .reason(Reason.SOCKET_LOST)
            .message("gone")
            .cause(refused)
            .socketCloseCode(1001)
            .retryIn(2, SECONDS)
            .build();

    assertThat(state.getPhase()).isEqualTo(Phase.BACKING_OFF);
    assertThat(state.getReason()).isEqualTo(Reason.SOCKET_LOST);
    assertThat(state.getCause()).isSameAs(refused);
    assertThat(state.getSocketCloseCode()).isEqualTo(1001);
    assertThat(state.getRetryInMillis()).isEqualTo(2_000);
    assertThat(state).hasToString("BACKING_OFF (gone), next attempt in 2000 ms");
    assertThat(ConnectionState.of(Phase.OPEN)).hasToString("OPEN");
    assertThat(ConnectionState.builder(Phase.CLOSED).reason(Reason.CLIENT_CLOSED).build())
        .hasToString("CLOSED (CLIENT_CLOSED)");
  }

  @Test
  void aHealthHasNoAgeOfWhatHasNotHappened() {
    ConnectionHealth fresh =
        ConnectionHealth.builder(ConnectionState.of(Phase.OPEN)).eventAgeMillis(5L).build();

    assertThat(fresh.getEventAgeMillis()).isEqualTo(5);
    assertThat(fresh.getHttpHeartbeatAgeMillis()).isNull();
    assertThat(fresh.getSocketReplyAgeMillis()).isNull();
    assertThat(fresh.getPopularity()).isNull();
    assertThat(ConnectionHealth.builder(fresh.getState()).popularity(7L).build().getPopularity())
        .isEqualTo(7);
    assertThat(fresh)
        .hasToString(
            "ConnectionHealth{OPEN, httpHeartbeatAge=none, socketReplyAge=none, eventAge=5 ms,"
                + " reconnects=0, received=0, delivered=0, dropped=0, duplicates=0}");
  }

  @Test
  void trafficAndOptionsHaveWhatTheyWereGiven() {
    ConnectionTraffic traffic = ConnectionTraffic.builder().frames(1).events(2).build();
    ConnectionOptions options =
        ConnectionOptions.builder()
            .overflow(Overflow.DROP_OLDEST)
            .bufferSize(7)
            .duplicateWindow(0)
            .build();

    assertThat(traffic)
        .hasToString("ConnectionTraffic{frames=1, events=2, duplicates=0, dropped=0}");
    assertThat(options.newBuilder().name("alice").build())
        .hasToString(
            "ConnectionOptions{overflow=DROP_OLDEST, bufferSize=7, duplicateWindow=0, name=alice,"
                + " takenOver=null}");
    assertThat(options.getOverflow()).isEqualTo(Overflow.DROP_OLDEST);
    assertThat(options.getBufferSize()).isEqualTo(7);
    assertThat(options.getDuplicateWindow()).isZero();
    assertThat(options.getName()).isNull();
  }

  @Test
  void anEventHasItsModelOrWhyItHasNone() {
    Danmaku hello = Danmaku.builder().msg("hello").build();
    LiveEvent danmaku =
        LiveEvent.builder()
            .cmd("OPEN_LIVEROOM_DM")
            .msgId("m-1")
            .json("{\"cmd\":\"OPEN_LIVEROOM_DM\"}")
            .model(hello)
            .build();
    LiveEvent unknown =
        LiveEvent.builder().cmd("NEW").noModel(NoModelReason.UNKNOWN_CMD, "").build();

    assertThat(danmaku.getModel()).isSameAs(hello);
    assertThat(danmaku.getJson()).isEqualTo("{\"cmd\":\"OPEN_LIVEROOM_DM\"}");
    assertThat(danmaku.getNoModelReason()).isNull();
    assertThat(danmaku).hasToString("LiveEvent{cmd=OPEN_LIVEROOM_DM, msgId=m-1}");
    assertThat(unknown.getModel()).isNull();
    assertThat(unknown.getNoModelReason()).isEqualTo(NoModelReason.UNKNOWN_CMD);
    assertThat(unknown.getJson()).isEmpty();
    assertThat(unknown.getCmd()).isEqualTo("NEW");
  }
}
