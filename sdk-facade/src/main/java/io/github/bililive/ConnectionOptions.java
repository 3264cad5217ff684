package io.github.bililive;

import static java.util.Objects.requireNonNull;

import io.github.bililive.hook.ConnectionEvents;
import org.jspecify.annotations.Nullable;

/**
 * How one connection delivers its events, and what it is called. Immutable.
 *
 * <p>The defaults suit a room of any size: see each setting.
 */
public final class ConnectionOptions {
  /** The defaults. */
  public static final ConnectionOptions DEFAULT = new Builder().build();

  private final Overflow overflow;
  private final int bufferSize;
  private final int duplicateWindow;
  private final @Nullable String name;
  private final @Nullable StartedConnection takenOver;

  private ConnectionOptions(Builder builder) {
    overflow = builder.overflow;
    bufferSize = builder.bufferSize;
    duplicateWindow = builder.duplicateWindow;
    name = builder.name;
    takenOver = builder.takenOver;
  }

  /** Returns a builder with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder with these options. */
  public Builder newBuilder() {
    Builder builder = new Builder();
    builder.overflow = overflow;
    builder.bufferSize = bufferSize;
    builder.duplicateWindow = duplicateWindow;
    builder.name = name;
    builder.takenOver = takenOver;
    return builder;
  }

  /** Returns what happens when the buffer is full. */
  public Overflow getOverflow() {
    return overflow;
  }

  /** Returns how many events wait for the listener at most. */
  public int getBufferSize() {
    return bufferSize;
  }

  /** Returns how many {@code msg_id}s are remembered to leave out duplicates; 0 for none. */
  public int getDuplicateWindow() {
    return duplicateWindow;
  }

  /** Returns the room's name; null if the SDK gives it one. */
  public @Nullable String getName() {
    return name;
  }

  /** Returns the living connection that the room begins with; null if it starts one. */
  public @Nullable StartedConnection getTakenOver() {
    return takenOver;
  }

  /** Returns the options on one line; no secret. */
  @Override
  public String toString() {
    return String.format(
        "ConnectionOptions{overflow=%s, bufferSize=%s, duplicateWindow=%s, name=%s, takenOver=%s}",
        overflow, bufferSize, duplicateWindow, name, takenOver);
  }

  /** Options of a connection. Not safe for use by several threads. */
  public static final class Builder {
    private Overflow overflow = Overflow.BACKPRESSURE;
    private int bufferSize = 1_024;
    private int duplicateWindow = 1_024;
    private @Nullable String name;
    private @Nullable StartedConnection takenOver;

    private Builder() {}

    /** Sets what happens when the buffer is full. {@link Overflow#BACKPRESSURE} by default. */
    public Builder overflow(Overflow overflow) {
      this.overflow =
          requireNonNull(overflow, "overflow is null: give BACKPRESSURE or DROP_OLDEST");
      return this;
    }

    /**
     * Sets how many events wait for the listener at most, by default 1,024: several seconds of the
     * busiest rooms. It bounds memory, too, to 8 KB for each: events that take more fill it sooner
     * ({@link LiveEvent#getMemoryBytes}).
     *
     * @throws IllegalArgumentException if it is not above 0
     */
    public Builder bufferSize(int events) {
      if (events <= 0) {
        throw new IllegalArgumentException("bufferSize is " + events + ": it must be above 0");
      }
      bufferSize = events;
      return this;
    }

    /**
     * Sets how many {@code msg_id}s are remembered to leave out events that come twice, by default
     * 1,024; 0 delivers duplicates too. Each takes 32 bytes at most, however long it is, and none
     * before it comes.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder duplicateWindow(int ids) {
      if (ids < 0) {
        throw new IllegalArgumentException(
            "duplicateWindow is " + ids + ": it must be 0, for none, or above");
      }
      duplicateWindow = ids;
      return this;
    }

    /**
     * Sets what {@link ConnectionEvents} call the room, such as the broadcaster's name. It comes
     * into your metrics and logs, so it must not be a secret. By default {@code "room-1"}, {@code
     * "room-2"} and so on. With a {@link BiliLiveClientBuilder#connectionStore} it is required: the
     * room's key there, of at most 200 characters.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public Builder name(String name) {
      requireNonNull(name, "name is null: give the room a name, or leave it to the SDK");
      if (name.isEmpty()) {
        throw new IllegalArgumentException(
            "name is empty: give the room a name, or leave it to the SDK");
      }
      this.name = name;
      return this;
    }

    /**
     * Sets a connection that lives, such as that of {@link LiveConnection#getStartedConnection} in
     * a process that has ended, or of {@link BiliLiveClient#start}: the room begins with it in
     * place of a start. A heartbeat is sent for it at once; if it is dead, the room starts another.
     * For one room, opened by the same token, identity code or source. A client with a {@link
     * BiliLiveClientBuilder#connectionStore} remembers connections by itself, and refuses this.
     */
    public Builder takeOver(StartedConnection connection) {
      takenOver =
          requireNonNull(connection, "connection is null: give one that lives, or leave it out");
      return this;
    }

    /** Returns the options. */
    public ConnectionOptions build() {
      return new ConnectionOptions(this);
    }
  }
}
