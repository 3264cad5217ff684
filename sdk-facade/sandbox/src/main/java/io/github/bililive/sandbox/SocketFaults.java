package io.github.bililive.sandbox;

import java.util.function.Predicate;

/**
 * The plan of what goes wrong when sockets authenticate. As with {@link Faults}, each socket takes
 * the oldest rule for the next sockets that fits it; if there is none, the oldest permanent one.
 *
 * <p>Safe for use from any thread.
 */
public final class SocketFaults {
  private final FaultPlan<SeenSocket, SocketFault> plan = new FaultPlan<>(SocketFault.NONE);

  SocketFaults() {}

  /**
   * Lets the next socket meet a fault.
   *
   * @param fault which
   */
  public void next(SocketFault fault) {
    next(1, fault);
  }

  /**
   * Lets the next sockets meet a fault.
   *
   * @param count how many
   * @param fault which
   */
  public void next(int count, SocketFault fault) {
    next(count, socket -> true, fault);
  }

  /**
   * Lets the next sockets that fit meet a fault.
   *
   * @param count how many
   * @param fits which sockets, by conn_id, room or path; called with a lock held
   * @param fault which
   */
  public void next(int count, Predicate<? super SeenSocket> fits, SocketFault fault) {
    plan.next(count, "SOCKET", fits, fault);
  }

  /**
   * Lets every socket meet a fault until {@link #clear}.
   *
   * @param fault which
   */
  public void always(SocketFault fault) {
    always(socket -> true, fault);
  }

  /**
   * Lets every socket that fits meet a fault until {@link #clear}.
   *
   * @param fits which sockets, by conn_id, room or path; called with a lock held
   * @param fault which
   */
  public void always(Predicate<? super SeenSocket> fits, SocketFault fault) {
    plan.always("SOCKET", fits, fault);
  }

  /** Forgets the whole plan. Sockets that met a fault already are not spared. */
  public void clear() {
    plan.clear();
  }

  /**
   * Returns how many faults are still to come, permanent ones not counted.
   *
   * @return 0 when every planned fault has struck
   */
  public long pending() {
    return plan.pending();
  }

  SocketFault take(SeenSocket socket) {
    return plan.take(socket);
  }
}
