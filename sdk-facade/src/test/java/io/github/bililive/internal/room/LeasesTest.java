package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.AnswerCallback;
import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformException;
import io.github.bililive.generated.relay.model.LeaseAction;
import io.github.bililive.generated.relay.model.LeaseRequest;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a server stops keeping a connection for an app, in virtual time. */
class LeasesTest {
  private static final Duration LEASE = Duration.ofSeconds(60);
  private static final Duration TICK = Duration.ofNanos(1);

  private final VirtualTime time = new VirtualTime();
  private final FakeDoor door = new FakeDoor();
  private final Leases leases = new Leases(time, 60);
  private final List<String> answers = new ArrayList<>();

  /** A platform that answers starts when the test says so. */
  private static final class FakeDoor implements Door {
    final List<AnswerCallback<StartedConnection>> starts = new ArrayList<>();
    final List<String> beating = new ArrayList<>();
    final List<String> ended = new ArrayList<>();
    @Nullable Runnable expire;
    boolean isKeptElsewhere;

    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      starts.add(callback);
      return () -> {};
    }

    @Override
    public KeepAlive keepAlive(StartedConnection started, HeartbeatListener listener) {
      if (isKeptElsewhere) {
        throw new IllegalStateException("kept alive already");
      }
      beating.add(started.getConnId());
      expire = () -> listener.onStateChanged(started.getConnId(), HeartbeatState.EXPIRED, null);
      return new KeepAlive() {
        @Override
        public String getConnId() {
          return started.getConnId();
        }

        @Override
        public HeartbeatState getState() {
          return HeartbeatState.ALIVE;
        }

        @Override
        public long getMillisSinceAcknowledged() {
          return 0;
        }

        @Override
        public void close() {
          beating.remove(started.getConnId());
        }
      };
    }

    @Override
    public boolean end(StartedConnection started) {
      return ended.add(started.getConnId());
    }

    @Override
    public long timeToLiveNanos() {
      return 0;
    }

    @Override
    public WssLinks links() {
      return new WssLinks("127.0.0.1", Set.of());
    }

    @Override
    public Object api() {
      return "the API";
    }

    @Override
    public Object key() {
      return this;
    }
  }

  private final class Answers implements AnswerCallback<String> {
    @Override
    public void onSuccess(String answer) {
      answers.add(answer);
    }

    @Override
    public void onFailure(BiliLiveException error) {
      throw new AssertionError(error);
    }
  }

  private String ask(LeaseAction action, String lease) {
    int before = answers.size();
    LeaseRequest request = LeaseRequest.builder().version(1).leaseId(lease).action(action).build();
    leases.answer(request, door, new Answers());
    return answers.size() == before ? "" : answers.get(before);
  }

  private void startedWith(String connId) {
    ask(LeaseAction.START, "lease");
    answerStart(connId);
  }

  private void answerStart(String connId) {
    door.starts
        .get(door.starts.size() - 1)
        .onSuccess(new StartedConnection(connId, "auth", List.of("wss://x.example/")));
  }

  @Test
  void aConnectionIsKeptToTheEndOfItsLeaseAndNoLonger() {
    startedWith("c1");
    time.advance(LEASE.minus(TICK));
    assertThat(door.beating).containsExactly("c1");

    time.advance(TICK);

    assertThat(door.beating).isEmpty();
    assertThat(door.ended).containsExactly("c1");
    assertThat(ask(LeaseAction.RENEW, "lease")).isEqualTo("{\"version\":1}");
    assertThat(time.pending()).isZero();
  }

  @Test
  void aRenewalBeginsTheLeaseAnew() {
    startedWith("c1");
    for (int i = 0; i < 10; i++) {
      time.advance(LEASE.minus(TICK));
      assertThat(ask(LeaseAction.RENEW, "lease")).isEqualTo("{\"version\":1,\"lease_seconds\":60}");
    }
    assertThat(door.beating).containsExactly("c1");
    time.advance(LEASE);

    assertThat(door.beating).isEmpty();
  }

  @Test
  void aStartThatNobodyHeardOfEndsWithItsLeaseAlso() {
    ask(LeaseAction.START, "lease");
    time.advance(LEASE.multipliedBy(2)); // The app is long gone.
    answerStart("c1");
    time.advance(LEASE);

    assertThat(door.ended).containsExactly("c1");
  }

  @Test
  void theSameLeaseIsAnsweredWithTheSameConnectionHoweverOftenItIsAskedFor() {
    ask(LeaseAction.START, "lease");
    ask(LeaseAction.START, "lease");
    answerStart("c1");
    String third = ask(LeaseAction.START, "lease");

    assertThat(door.starts).hasSize(1);
    assertThat(answers).hasSize(3).containsOnly(third);
    assertThat(third).contains("\"conn_id\":\"c1\"", "\"auth_body\":\"auth\"");
    ask(LeaseAction.START, "another");
    assertThat(door.starts).hasSize(2);
  }

  @Test
  void anEndIsOneAtOnceAndForGood() {
    startedWith("c1");
    ask(LeaseAction.END, "lease");
    ask(LeaseAction.END, "lease");

    assertThat(door.beating).isEmpty();
    assertThat(door.ended).containsExactly("c1");
    assertThat(time.pending()).isZero();
  }

  @Test
  void anEndDuringTheStartGivesTheConnectionBackWhenItComes() {
    ask(LeaseAction.START, "lease");
    ask(LeaseAction.END, "lease");
    answerStart("c1");

    assertThat(door.beating).isEmpty();
    assertThat(door.ended).containsExactly("c1");
    assertThat(answers).last().asString().contains("\"remedy\":\"RETRY\"");
  }

  @Test
  void aConnectionThatThePlatformGaveUpIsRenewedNoMore() {
    startedWith("c1");
    door.expire.run();

    assertThat(ask(LeaseAction.RENEW, "lease")).isEqualTo("{\"version\":1}");
  }

  @Test
  void aRefusalIsToldToAllAndTheNextQuestionStartsAnew() {
    ask(LeaseAction.START, "lease");
    ask(LeaseAction.START, "lease");
    door.starts.get(0).onFailure(new PlatformException("start", 7010, "hush", null));

    assertThat(answers)
        .hasSize(2)
        .containsOnly(
            "{\"version\":1,\"failure\":{\"remedy\":\"WAIT\",\"code\":7010,"
                + "\"retry_after_millis\":30000,\"not_carried_out\":true}}");
    ask(LeaseAction.START, "lease");
    assertThat(door.starts).hasSize(2);
  }

  @Test
  void anIdThatIsKeptAliveElsewhereIsAFailureOfThisLeaseAlone() {
    door.isKeptElsewhere = true;
    startedWith("c1");

    assertThat(answers).last().asString().contains("\"failure\":{\"remedy\":\"RETRY\"");
    assertThat(door.ended).isEmpty();
    door.isKeptElsewhere = false;
    startedWith("c2");
    assertThat(answers).last().asString().contains("\"conn_id\":\"c2\"");
  }
}
