package io.github.bililive.internal.heartbeat;

/**
 * When the platform last surely kept ids alive. All ids of a batch share one, so that an answer for
 * 200 of them is one write. New ids share what says when they were registered.
 */
public final class Acknowledgement {
  /** When the acknowledged request began. Written by the plan, read by any thread. */
  volatile long atNanos;

  Acknowledgement(long atNanos) {
    this.atNanos = atNanos;
  }
}
