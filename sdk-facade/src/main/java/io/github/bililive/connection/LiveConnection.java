package io.github.bililive.connection;

import io.github.bililive.call.AnswerCallback;
import io.github.bililive.call.PendingCall;
import io.github.bililive.call.StartedConnection;
import io.github.bililive.connection.ConnectionState.Phase;
import io.github.bililive.heartbeat.Heartbeat;
import io.github.bililive.heartbeat.HeartbeatState;
import io.github.bililive.token.AccessTokenProvider;
import java.io.Closeable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One live room that is heard, through every fault, until it is closed or given up.
 *
 * <p>Safe for use by several threads.
 */
public final class LiveConnection implements Closeable {
  private final LiveConnections shared;
  private final AccessTokenProvider accessToken;
  private final Delivery delivery;
  private final ConnectionMachine machine;

  /** Set by {@link #close}; null before. */
  private volatile @Nullable ConnectionState closed;

  private final String name;
  private final ReceivedFrames frames;

  LiveConnection(
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
    delivery = new Delivery(listener, executor, options, shared.scheduler);
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

  void connect() {
    machine.connect();
  }

  /**
   * Returns what {@link ConnectionEvents} call this room: the name in its {@link
   * ConnectionOptions}, else one that was made up. Not unique if the same name was given twice.
   */
  public String name() {
    return name;
  }

  /** Returns where the connection stands. */
  public ConnectionState state() {
    ConnectionState byUser = closed;
    return byUser == null ? machine.state() : byUser;
  }

  /** Returns how long each channel has been silent, and what was counted. */
  public ConnectionHealth health() {
    return new ConnectionHealth(
        state(),
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
    ConnectionState end = ConnectionState.of(Phase.CLOSED);
    closed = machine.state().phase() == Phase.CLOSED ? machine.state() : end;
    delivery.close(end);
    machine.close();
    shared.remove(this);
  }

  /** Returns name and state; no secret. */
  @Override
  public String toString() {
    return "LiveConnection{" + name + ", " + state() + "}";
  }

  /** What {@link ConnectionMachine} acts through. */
  private final class World implements Surroundings {
    @Override
    public PendingCall start(AnswerCallback<StartedConnection> callback) {
      return shared.starts.start(accessToken, callback);
    }

    @Override
    public KeptAlive keepAlive(String connId, Runnable onExpired) {
      Heartbeat heartbeat =
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
          return heartbeat.millisSinceAcknowledged();
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
      if (state.phase() == Phase.OPEN) {
        delivery.opened();
      }
      if (state.phase() == Phase.CLOSED) {
        shared.remove(LiveConnection.this);
      }
    }
  }
}
