package io.github.bililive;

import static java.util.Objects.requireNonNull;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.store.HandOverPolicy;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The state of a connection, and why it came to it. Immutable.
 *
 * <p>The SDK makes them; {@link #builder} makes one by hand, for your tests.
 */
public final class ConnectionState {
  /** The states of a connection. */
  public enum Phase {
    /** It has not begun. */
    IDLE,
    /** The platform is asked for a {@code conn_id}. */
    STARTING,
    /** The WebSocket is being opened. */
    CONNECTING,
    /** The WebSocket is open and the auth body is sent; the platform has not accepted it yet. */
    AUTHENTICATING,
    /**
     * Events arrive; with {@link Reason#HEARTBEATS_UNACKNOWLEDGED}, for how much longer is not
     * known.
     */
    OPEN,
    /**
     * There is no socket and no attempt to have one: {@link LiveConnection#pause} was called, or
     * the room was handed over.
     */
    PAUSED,
    /** Something failed; the next attempt waits for its time. */
    BACKING_OFF,
    /** It is over, for good: {@link #getReason} says why. */
    CLOSED
  }

  /**
   * Why a connection is closed, backs off or is not plainly open. More may be added in later
   * releases.
   */
  public enum Reason {
    /** Nothing happened that needs a reason: most often every phase but the two last. */
    NONE,

    // Of OPEN.

    /**
     * The socket is open, but no HTTP heartbeat was acknowledged for as long as the platform keeps
     * a {@code conn_id} without one, 30 s by default: it may end the events at any time. Heartbeats
     * go on. Plain OPEN follows once one is acknowledged, BACKING_OFF if the id has expired.
     */
    HEARTBEATS_UNACKNOWLEDGED,

    // Of CLOSED.

    /** {@link LiveConnection#close} was called. */
    CLOSED_BY_USER,
    /** The client was closed. */
    CLIENT_CLOSED,
    /** The platform refused the start, and waiting does not help: {@link #getCause} says more. */
    REFUSED,
    /** The broadcaster must authorise the app anew: {@link #getCause} says more. */
    AUTHORISATION_REQUIRED,
    /** The broadcaster was forgotten: {@code RefreshingTokenProvider.forget()} was called. */
    BROADCASTER_FORGOTTEN,
    /** Your program keeps this {@code conn_id} alive by itself, so the room cannot. */
    KEPT_ALIVE_ELSEWHERE,
    /**
     * A successor hears the room from now on: {@link HandOverPolicy} says how that goes. Also of
     * PAUSED, while the heartbeats go on.
     */
    HANDED_OVER,
    /** The platform packs its messages by brotli, and the optional decoder is missing. */
    BROTLI_MISSING,

    // Of BACKING_OFF.

    /** The start failed, and the next may succeed: {@link #getCause} says more. */
    START_FAILED,
    /** The start's answer has no address that may be dialled. */
    NO_USABLE_ADDRESS,
    /** The socket did not open in time. */
    DIAL_TIMEOUT,
    /** The socket broke, was closed or was refused; {@link #getSocketCloseCode} may say more. */
    SOCKET_LOST,
    /** The socket carried something that is not of the protocol. */
    FRAME_UNREADABLE,
    /** The platform refused the auth body. */
    AUTHENTICATION_REFUSED,
    /** The platform did not answer the auth body in time. */
    AUTHENTICATION_TIMEOUT,
    /** A heartbeat on the socket was not answered. */
    SOCKET_SILENT,
    /** The {@code conn_id} is dead: the platform said so, or this machine slept for too long. */
    CONN_ID_EXPIRED,
    /**
     * {@link LiveConnection#redial}, {@code restart} or {@code resume} was called, and the attempt
     * waits for its turn, or for a slot of the room.
     */
    REDIALLED,
    /**
     * Nothing failed: many rooms connect at once, and this one waits for its turn, as {@link
     * BiliLiveClientBuilder#connectPace} has it.
     */
    PACED
  }

  private final Phase phase;
  private final Reason reason;
  private final String message;
  private final @Nullable BiliLiveException cause;
  private final @Nullable Integer socketCloseCode;
  private final long retryInMillis;

  private ConnectionState(Builder builder) {
    phase = builder.phase;
    reason = builder.reason;
    message = builder.message;
    cause = builder.cause;
    socketCloseCode = builder.socketCloseCode;
    retryInMillis = builder.retryInMillis;
  }

  /** Returns a state that needs no reason. */
  public static ConnectionState of(Phase phase) {
    return builder(phase).build();
  }

  /** Returns a builder of a state. */
  public static Builder builder(Phase phase) {
    return new Builder(phase);
  }

  /** Returns the state's name. */
  public Phase getPhase() {
    return phase;
  }

  /** Returns why it came to this, as a value; {@link Reason#NONE} where that needs no reason. */
  public Reason getReason() {
    return reason;
  }

  /** Returns why it came to this, in words; empty where that needs no words. Holds no secret. */
  public String getMessage() {
    return message;
  }

  /**
   * Returns the failed call that led here, or null if it was none. In {@link Phase#CLOSED} its
   * {@code getRemedy()} says what has to happen before a new connection makes sense.
   */
  public @Nullable BiliLiveException getCause() {
    return cause;
  }

  /**
   * Returns the code with which the platform closed the WebSocket (RFC 6455, such as 1001); null if
   * it did not.
   */
  public @Nullable Integer getSocketCloseCode() {
    return socketCloseCode;
  }

  /**
   * Returns how long it is until the next attempt, in milliseconds, from when this state was told
   * or asked for; 0 unless it is backing off. It counts the room's own pause and its wait for its
   * turn among all rooms, as far as that can be foreseen: ask {@link LiveConnection#getState} again
   * to see what has changed since.
   */
  public long getRetryInMillis() {
    return retryInMillis;
  }

  /** Returns the state on one line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(phase.toString());
    if (!message.isEmpty()) {
      text.append(" (").append(message).append(')');
    } else if (reason != Reason.NONE) {
      text.append(" (").append(reason).append(')');
    }
    if (phase == Phase.BACKING_OFF) {
      text.append(", next attempt in ").append(retryInMillis).append(" ms");
    }
    return text.toString();
  }

  /** A state in the making. Not safe for use by several threads. */
  public static final class Builder {
    private final Phase phase;
    private Reason reason = Reason.NONE;
    private String message = "";
    private @Nullable BiliLiveException cause;
    private @Nullable Integer socketCloseCode;
    private long retryInMillis;

    private Builder(Phase phase) {
      this.phase = requireNonNull(phase, "phase is null: give one of ConnectionState.Phase");
    }

    /** Sets why, as a value. */
    public Builder reason(Reason reason) {
      this.reason = requireNonNull(reason, "reason is null: give one of ConnectionState.Reason");
      return this;
    }

    /** Sets why, in words. */
    public Builder message(String message) {
      this.message = requireNonNull(message, "message is null: give \"\" for no words");
      return this;
    }

    /** Sets the failed call; null for none. */
    public Builder cause(@Nullable BiliLiveException cause) {
      this.cause = cause;
      return this;
    }

    /** Sets the code with which the platform closed the WebSocket; null for none. */
    public Builder socketCloseCode(@Nullable Integer code) {
      socketCloseCode = code;
      return this;
    }

    /** Sets the pause before the next attempt. */
    public Builder retryIn(long pause, TimeUnit unit) {
      retryInMillis =
          requireNonNull(unit, "unit is null: give a TimeUnit, such as MILLISECONDS")
              .toMillis(pause);
      return this;
    }

    /** Returns the state. */
    public ConnectionState build() {
      return new ConnectionState(this);
    }
  }
}
