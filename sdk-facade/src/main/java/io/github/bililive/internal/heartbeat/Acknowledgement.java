package io.github.bililive.internal.heartbeat;

/**
 * When ids were last surely alive: the beginning of their last acknowledged request, at first their
 * registration. All ids of a batch share one object, so that an answer for 200 ids is one write.
 */
final class Acknowledgement {
  /** When the acknowledged request began. Written by the plan, read by any thread. */
  volatile long atNanos;

  Acknowledgement(long atNanos) {
    this.atNanos = atNanos;
  }
}
