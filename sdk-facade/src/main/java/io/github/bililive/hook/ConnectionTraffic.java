package io.github.bililive.hook;

/** How much came to one room over a time. Immutable. */
public final class ConnectionTraffic {
  public static final ConnectionTraffic NONE = new ConnectionTraffic(0, 0, 0, 0);

  private final long frames;
  private final long events;
  private final long duplicates;
  private final long dropped;

  public ConnectionTraffic(long frames, long events, long duplicates, long dropped) {
    this.frames = frames;
    this.events = events;
    this.duplicates = duplicates;
    this.dropped = dropped;
  }

  public ConnectionTraffic since(ConnectionTraffic earlier) {
    return new ConnectionTraffic(
        frames - earlier.frames,
        events - earlier.events,
        duplicates - earlier.duplicates,
        dropped - earlier.dropped);
  }

  public boolean isNone() {
    return frames == 0 && events == 0 && duplicates == 0 && dropped == 0;
  }

  /** Returns how many WebSocket frames came, replies to heartbeats included. */
  public long getFrames() {
    return frames;
  }

  /** Returns how many events came, duplicates and dropped ones included. */
  public long getEvents() {
    return events;
  }

  /** Returns how many events were left out since one with their {@code msg_id} had come before. */
  public long getDuplicates() {
    return duplicates;
  }

  /** Returns how many events were dropped since the listener was slower than the room. */
  public long getDropped() {
    return dropped;
  }

  /** Returns the counts on one line. */
  @Override
  public String toString() {
    return "ConnectionTraffic{frames="
        + frames
        + ", events="
        + events
        + ", duplicates="
        + duplicates
        + ", dropped="
        + dropped
        + "}";
  }
}
