package io.github.bililive;

/**
 * What is known of a {@code conn_id} that is kept alive.
 *
 * <pre>
 *          acknowledged       not for 25 s        not for 30 s
 *   NEW ───────────────▶ ALIVE ──────────▶ AT_RISK ──────────▶ UNKNOWN
 *    │                     ▲                  │                   │
 *    │                     └── acknowledged ──┴───────────────────┤
 *    └──────────▶ AT_RISK                                         │
 *                                                                 ▼
 *   any ── the platform says that it is dead ─────────────────▶ EXPIRED
 *   any ── KeepAlive.close(), or the client's ────────────────▶ CLOSED
 * </pre>
 *
 * <p>The times are those of the default {@link HeartbeatPolicy}.
 */
public enum HeartbeatState {
  /** The platform has not acknowledged a heartbeat for it yet. */
  NEW,

  /** The platform acknowledged a heartbeat for it recently. */
  ALIVE,

  /**
   * No heartbeat was acknowledged until halfway between interval and time to live: for 25 s by
   * default. Attempts go on.
   */
  AT_RISK,

  /**
   * No heartbeat was acknowledged for the whole time to live, 30 s by default. The platform has
   * probably given the id up; its next answer tells. Attempts go on.
   */
  UNKNOWN,

  /** The platform says that it is dead. A final state. */
  EXPIRED,

  /** The {@link KeepAlive} or its client was closed. A final state. */
  CLOSED;

  /** Returns whether this state is never left. */
  public boolean isFinal() {
    return this == EXPIRED || this == CLOSED;
  }
}
