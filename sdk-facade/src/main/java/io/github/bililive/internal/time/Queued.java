package io.github.bililive.internal.time;

/** What waits in a queue, and since when. */
public final class Queued<T> {
  public final T item;
  private final long sinceNanos;

  public Queued(T item, long nowNanos) {
    this.item = item;
    sinceNanos = nowNanos;
  }

  /** Returns how long it has waited. */
  public long nanos(long nowNanos) {
    return Math.max(0, nowNanos - sinceNanos);
  }
}
