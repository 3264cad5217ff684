package io.github.bililive.doctor;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveListener;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Follows one connection from its start to the moment when its room is heard. */
final class RoomChecks implements LiveListener {
  /** Longer than any state of a connection lasts that is on its way to {@code OPEN}. */
  private static final long LIMIT_SECONDS = 45;

  private static final String CHECK_SOCKET =
      "; check: whether this network, or its proxy, lets WebSockets through to the hosts that a"
          + " start names";
  private static final String CHECK_AUTHENTICATION =
      "; check: run this again; if it happens each time, ask the platform's support";

  private final BlockingQueue<ConnectionState> states = new LinkedBlockingQueue<>();

  /** What the attempt ended with; null as long as it goes on. */
  private @Nullable ConnectionState setback;

  /** Who the platform says that the broadcaster is, which it does by identity code alone. */
  private volatile @Nullable AnchorInfo broadcaster;

  /** How far it has come. */
  private Phase reached = Phase.IDLE;

  @Override
  public void onStateChanged(ConnectionState state) {
    states.add(state);
  }

  @Override
  public void onBroadcaster(AnchorInfo anchor) {
    broadcaster = anchor; // Before it is CONNECTING.
  }

  /** Takes the start, which has just begun, for the first request: nothing else can be asked. */
  Probe probe(LongSupplier nanoTime) throws InterruptedException {
    long beganAtNanos = nanoTime.getAsLong();
    reach(Phase.CONNECTING);
    return Probe.since(beganAtNanos, nanoTime, startFailure());
  }

  String broadcaster() throws NotCheckedException {
    AnchorInfo anchor = known();
    return "the code is of «" + anchor.getUname() + "», open_id «" + anchor.getOpenId() + "»";
  }

  String room() throws NotCheckedException {
    return "room " + known().getRoomId();
  }

  private AnchorInfo known() throws NotCheckedException {
    AnchorInfo anchor = broadcaster;
    if (anchor == null) {
      throw new NotCheckedException("not told: that comes with a start");
    }
    return anchor;
  }

  String token() throws CheckFailedException, NotCheckedException, InterruptedException {
    reach(Phase.CONNECTING);
    BiliLiveException failure = startFailure();
    if (failure == null) {
      return broadcaster == null
          ? "accepted, and its scope is enough for a start"
          : "the identity code is accepted";
    }
    if (Refusals.isOfToken(failure)) {
      throw new CheckFailedException(failure.getMessage());
    }
    if (Refusals.isOfRoom(failure)) {
      return "accepted: the platform knows the room";
    }
    return "not refused, as far as the answer tells";
  }

  String start() throws CheckFailedException {
    BiliLiveException failure = startFailure();
    if (failure != null) {
      throw new CheckFailedException(failure.getMessage());
    }
    return "the platform gave a " + (broadcaster == null ? "conn_id" : "game_id");
  }

  private @Nullable BiliLiveException startFailure() {
    return setback == null ? null : setback.getCause();
  }

  String socket() throws CheckFailedException, InterruptedException {
    return reach(Phase.AUTHENTICATING, "open", CHECK_SOCKET);
  }

  String authentication() throws CheckFailedException, InterruptedException {
    return reach(Phase.OPEN, "accepted: the room is heard", CHECK_AUTHENTICATION);
  }

  /** Whether heartbeats go on: a {@code conn_id} outlives its socket, but not its refusal. */
  boolean keepsConnId() {
    return setback == null || reached == Phase.CONNECTING;
  }

  private String reach(Phase phase, String success, String advice)
      throws CheckFailedException, InterruptedException {
    reach(phase);
    if (setback != null) {
      throw new CheckFailedException(setback.getMessage() + advice);
    }
    return success;
  }

  /** Waits until the connection is there, or suffers a setback. */
  private void reach(Phase phase) throws InterruptedException {
    while (setback == null && reached.compareTo(phase) < 0) {
      ConnectionState next = states.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException("no " + phase + " within " + LIMIT_SECONDS + " s");
      }
      if (next.getPhase() == phase) {
        reached = phase;
        return;
      }
      if (next.getPhase() == Phase.BACKING_OFF || next.getPhase() == Phase.CLOSED) {
        setback = next;
      }
    }
  }
}
