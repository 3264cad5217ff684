package io.github.bililive.internal.room;

import io.github.bililive.AnswerCallback;
import io.github.bililive.ConnectionHealth;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.PendingCall;
import io.github.bililive.StartedConnection;
import io.github.bililive.hook.ConnectionTraffic;
import io.github.bililive.token.AccessTokenProvider;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One live room that is heard, through every fault, until it is closed or given up.
 *
 * <p>Safe for use by several threads.
 */
public final class RoomConnection implements LiveConnection {
  private final LiveConnections shared;
  private final AccessTokenProvider accessToken;
  private final EventQueue delivery;
  private final ConnectionMachine machine;

  /** Set by {@link #close}; null before. */
  private volatile @Nullable ConnectionState closed;

  private final String name;
  private final ReceivedFrames frames;

  RoomConnection(
      LiveConnections shared,
      String name,
      AccessTokenProvider accessToken,
      LiveListener listener,
      Executor executor,
      ConnectionOptions options) {
    this.shared = shared;
    this.name = name;
    this.accessToken = accessToken;
    frames = new ReceivedFrames(shared.scheduler);
    delivery = new EventQueue(listener, executor, options, shared.scheduler);
    machine =
        new ConnectionMachine(
            new World(),
            shared.scheduler,
            new BackOff(shared.random),
            shared.budget,
            shared.timeToLiveNanos,
            new ConnectionReport(
                name, shared.events, shared.serialCallbacks, shared.scheduler, this::traffic));
  }

  private ConnectionTraffic traffic() {
    ConnectionHealth.Counts counts = delivery.counts();
    return new ConnectionTraffic(
        frames.count(), counts.received, counts.duplicates, counts.dropped);
  }

  public void connect() {
    machine.connect();
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public ConnectionState getState() {
    ConnectionState byUser = closed;
    return byUser == null ? machine.state() : byUser;
  }

  @Override
  public ConnectionHealth health() {
    return new ConnectionHealth(
        getState(),
        machine.httpHeartbeatAgeMillis(),
        frames.ageMillis(),
        delivery.eventAgeMillis(),
        delivery.counts());
  }

  /**
   * Ends the connection, for good: its socket, its heartbeats, its attempts to come back. Events
   * that the listener has not heard yet are dropped; a last {@code onStateChanged} with {@code
   * CLOSED} is all that it hears after this, if it does not hear it already. Idempotent, any
   * thread, also in a callback; returns at once.
   */
  @Override
  public void close() {
    close("");
  }

  /** Returns whether this provider's tokens start the connection. */
  boolean isOf(AccessTokenProvider provider) {
    return accessToken == provider;
  }

  /** Ends the connection as {@link #close()} does, and says why. */
  void close(String reason) {
    ConnectionState end = new ConnectionState(Phase.CLOSED, reason, null, 0);
    closed = machine.state().getPhase() == Phase.CLOSED ? machine.state() : end;
    delivery.close(end);
    machine.close(end);
    shared.remove(this);
  }

  /** Returns name and state; no secret. */
  @Override
  public String toString() {
    return "LiveConnection{" + name + ", " + getState() + "}";
  }

  /** What {@link ConnectionMachine} acts through. */
  private final class World implements RoomIo {
    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      return shared.api.start(accessToken, callback);
    }

    @Override
    public KeptAlive keepAlive(String connId, Runnable onExpired) {
      KeepAlive heartbeat =
          shared.heartbeats.registerDirectly(
              connId,
              (id, state, cause) -> {
                if (state == HeartbeatState.EXPIRED) {
                  onExpired.run();
                }
              });
      return new KeptAlive() {
        @Override
        public void close() {
          heartbeat.close();
        }

        @Override
        public long millisSinceAcknowledged() {
          return heartbeat.getMillisSinceAcknowledged();
        }
      };
    }

    @Override
    public LiveSocket dial(String link, LiveSocket.Events events) {
      return OkHttpSocket.dial(shared, link, events, delivery, frames::add);
    }

    @Override
    public void listenTo(@Nullable LiveSocket socket) {
      delivery.listenTo(socket);
    }

    @Override
    public void stateChanged(ConnectionState state) {
      delivery.state(state);
      if (state.getPhase() == Phase.OPEN) {
        delivery.opened();
      }
      if (state.getPhase() == Phase.CLOSED) {
        shared.remove(RoomConnection.this);
      }
    }
  }
}
