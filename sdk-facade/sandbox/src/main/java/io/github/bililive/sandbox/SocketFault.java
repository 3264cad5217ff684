package io.github.bililive.sandbox;

import java.time.Duration;

/**
 * Something that goes wrong when a socket authenticates, to be planned with {@link
 * SandboxSockets#faults}. What goes wrong with the upgrade before is a {@link Fault} of {@link
 * Endpoint#SOCKET}; what goes wrong later is a method of {@link SandboxSocket}. Immutable.
 */
public final class SocketFault {
  /** The fault that is none. */
  static final SocketFault NONE = new SocketFault("none", (hub, socket, judge) -> judge.run());

  /** Called with the monitor held. */
  @FunctionalInterface
  private interface Effect {
    void strike(SocketHub hub, SandboxSocket socket, Runnable judge);
  }

  private final String name;
  private final Effect effect;

  private SocketFault(String name, Effect effect) {
    this.name = name;
    this.effect = effect;
  }

  /**
   * The authentication is refused, whatever the auth body, and the socket closed.
   *
   * @param code such as -101
   * @return the fault
   */
  public static SocketFault refuseAuthentication(int code) {
    return new SocketFault(
        "refuseAuthentication " + code, (hub, socket, judge) -> socket.refuse(code));
  }

  /**
   * The authentication is judged and answered late.
   *
   * @param pause how late, in real time
   * @return the fault
   */
  public static SocketFault delayAuthentication(Duration pause) {
    return new SocketFault(
        "delayAuthentication " + pause.toMillis() + " ms",
        (hub, socket, judge) -> hub.later(pause, () -> hub.monitor.change(judge)));
  }

  /**
   * The authentication is never answered, and the socket stays open.
   *
   * @return the fault
   */
  public static SocketFault ignoreAuthentication() {
    return new SocketFault("ignoreAuthentication", (hub, socket, judge) -> {});
  }

  /**
   * The authentication is answered with any body, such as a code that is a text, or none; the
   * sandbox itself takes the socket for unauthenticated.
   *
   * @param json the body of the reply
   * @return the fault
   */
  public static SocketFault answerAuthentication(String json) {
    return new SocketFault(
        "answerAuthentication", (hub, socket, judge) -> socket.transmit(Frames.authReply(json)));
  }

  /**
   * The sandbox hangs up instead of an answer.
   *
   * @return the fault
   */
  public static SocketFault dropOnAuthentication() {
    return new SocketFault("dropOnAuthentication", (hub, socket, judge) -> socket.drop());
  }

  /**
   * The authentication succeeds, and the sandbox hangs up right after the answer.
   *
   * @return the fault
   */
  public static SocketFault dropAfterAuthentication() {
    return new SocketFault(
        "dropAfterAuthentication",
        (hub, socket, judge) -> {
          judge.run();
          socket.drop();
        });
  }

  /**
   * The authentication succeeds, and the socket then answers heartbeats but has no events.
   *
   * @return the fault
   */
  public static SocketFault deafAfterAuthentication() {
    return new SocketFault(
        "deafAfterAuthentication",
        (hub, socket, judge) -> {
          judge.run();
          socket.goDeaf();
        });
  }

  /**
   * Names the fault.
   *
   * @return such as {@code refuseAuthentication -101}
   */
  @Override
  public String toString() {
    return name;
  }

  void strike(SocketHub hub, SandboxSocket socket, Runnable judge) {
    effect.strike(hub, socket, judge);
  }
}
