package io.github.bililive.sandbox;

/** The sandbox's clock, whose wall time can be set off from that of the clock it was built with. */
final class OffsetClock implements SandboxClock {
  final SandboxClock base;
  private volatile long offsetMillis;

  OffsetClock(SandboxClock base) {
    this.base = base;
  }

  long offsetMillis() {
    return offsetMillis;
  }

  void offsetMillis(long millis) {
    offsetMillis = millis;
  }

  @Override
  public long wallMillis() {
    return base.wallMillis() + offsetMillis;
  }

  @Override
  public long nanos() {
    return base.nanos();
  }
}
