package io.github.bililive.kafka;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * Which rooms there are. Each task asks every {@code rooms.poll.ms} and hears those of its buckets:
 * it connects to rooms that are new, closes those that are gone, and touches no other.
 *
 * <p>A class of yours is named by {@code rooms.class}: public, with a public constructor without
 * arguments, in a jar in the plugin's folder. Each task has an instance of its own, which is called
 * on one thread.
 */
public interface RoomSource extends Closeable {
  /**
   * Hears the connector's configuration, once, before anything else. Secrets that the configuration
   * takes from config providers are in it.
   *
   * @param configuration every option as text, those that are your own included
   */
  default void configure(Map<String, String> configuration) {}

  /**
   * Returns all rooms, those of other tasks too. May block.
   *
   * @return each key once; a room that has the key of another is left out
   * @throws IOException if they cannot be read; the rooms stay as they are, and it is asked again
   */
  Collection<Room> rooms() throws IOException;

  /** Is called once, when the task ends. */
  @Override
  default void close() throws IOException {}
}
