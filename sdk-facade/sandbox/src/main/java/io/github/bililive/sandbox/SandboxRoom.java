package io.github.bililive.sandbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A room, in which things happen. Its events go to every authenticated socket of every living
 * connection to the room, as they do on the platform.
 *
 * <p>Safe for use from any thread.
 */
public final class SandboxRoom {
  private final SocketHub hub;
  private final long id;
  private final AtomicLong frames = new AtomicLong();

  SandboxRoom(SocketHub hub, long id) {
    this.hub = hub;
    this.id = id;
  }

  /**
   * Returns the room's number.
   *
   * @return its {@code room_id}
   */
  public long id() {
    return id;
  }

  /**
   * Lets events happen, packed as {@link SandboxBuilder#packing} says.
   *
   * @param events JSON texts, such as {@link SampleEvents}'; all go into one frame
   * @return how many sockets they were put on
   */
  public int send(String... events) {
    return send(hub.settings.packing(), events);
  }

  /**
   * Lets events happen.
   *
   * @param packing how they are packed
   * @param events JSON texts, such as {@link SampleEvents}'; all go into one frame
   * @return how many sockets they were put on
   */
  public int send(Packing packing, String... events) {
    return hub.push(
        id, packing, frames.getAndIncrement(), Stream.of(events).map(EventText::of).toList());
  }

  /**
   * Returns the room's authenticated sockets, the oldest first.
   *
   * @return a copy
   */
  public List<SandboxSocket> sockets() {
    return hub.authenticated(id);
  }

  /** Hangs up on all of them, as {@link SandboxSocket#drop} does. */
  public void drop() {
    sockets().forEach(SandboxSocket::drop);
  }

  /** Silences all of them, as {@link SandboxSocket#goSilent} does. */
  public void goSilent() {
    sockets().forEach(SandboxSocket::goSilent);
  }

  /**
   * Names the room.
   *
   * @return with its number
   */
  @Override
  public String toString() {
    return "SandboxRoom[" + id + "]";
  }
}
