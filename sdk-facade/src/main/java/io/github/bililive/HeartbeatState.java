package io.github.bililive;

/**
 * Where a {@code conn_id} that is kept alive stands, as far as is known.
 *
 * <pre>
 *          acknowledged       not for 25 s        not for 30 s
 *   NEW ───────────────▶ ALIVE ──────────▶ AT_RISK ──────────▶ UNKNOWN
 *    │                     ▲                  │                   │
 *    │                     └── acknowledged ──┴───────────────────┤
 *    └──────────▶ AT_RISK                                         │
 *                                                                 ▼
 *   any ── the platform says that it is dead ─────────────────▶ EXPIRED
 *   any ── Heartbeat.close(), or the client's ────────────────▶ CLOSED
 * </pre>
 *
 * <p>The times are those of the default {@link HeartbeatPolicy}.
 */
public enum HeartbeatState {
  /** It is registered, and the platform has not acknowledged a heartbeat yet. */
  NEW,

  /** The platform acknowledged a heartbeat lately, and has not said since that it is dead. */
  ALIVE,

  /**
   * Nothing was acknowledged for the interval and half of the time that is left after it: for 25 s
   * of 30 s by default. Attempts go on.
   */
  AT_RISK,

  /**
   * Nothing was acknowledged for the whole time to live. The platform has probably given it up, and
   * nobody knows until it answers. Attempts go on.
   */
  UNKNOWN,

  /** The platform says that it is dead. A last state. */
  EXPIRED,

  /** It was closed, by itself or with its client. A last state. */
  CLOSED;

  /** Returns whether an id never leaves this state. */
  public boolean isLast() {
    return this == EXPIRED || this == CLOSED;
  }
}
