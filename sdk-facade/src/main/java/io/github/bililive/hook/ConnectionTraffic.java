package io.github.bililive.hook;

/**
 * How much came to one room over a time. Immutable.
 *
 * <p>The SDK makes them; {@link #builder} makes one by hand, for your tests.
 */
public final class ConnectionTraffic {
  private final long frames;
  private final long events;
  private final long duplicates;
  private final long dropped;

  private ConnectionTraffic(Builder builder) {
    frames = builder.frames;
    events = builder.events;
    duplicates = builder.duplicates;
    dropped = builder.dropped;
  }

  /** Returns a builder of no traffic at all. */
  public static Builder builder() {
    return new Builder();
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

  /** Traffic in the making. Not safe for use by several threads. */
  public static final class Builder {
    private long frames;
    private long events;
    private long duplicates;
    private long dropped;

    private Builder() {}

    /** Sets how many WebSocket frames came. */
    public Builder frames(long count) {
      frames = count;
      return this;
    }

    /** Sets how many events came. */
    public Builder events(long count) {
      events = count;
      return this;
    }

    /** Sets how many events were left out as duplicates. */
    public Builder duplicates(long count) {
      duplicates = count;
      return this;
    }

    /** Sets how many events were dropped. */
    public Builder dropped(long count) {
      dropped = count;
      return this;
    }

    /** Returns the traffic. */
    public ConnectionTraffic build() {
      return new ConnectionTraffic(this);
    }
  }
}
