package io.github.bililive.kafka;

/**
 * What a task can be asked through JMX, as {@code
 * io.github.bililive:type=RoomsTask,connector=NAME,task=NUMBER}. Counters begin with the task.
 */
public interface RoomsTaskMXBean {
  /** Returns the task's buckets. */
  String getBuckets();

  /** Returns how many rooms the task hears or tries to hear. */
  int getRooms();

  /** Returns how many of them are open. */
  int getRoomsOpen();

  /** Returns how many of them were given up, and wait for {@code rooms.retry.ms}. */
  int getRoomsGivenUp();

  /** Returns how many events wait in the rooms' buffers for a poll. */
  long getEventsWaiting();

  /** Returns how many events were handed to Connect. */
  long getRecordsPolled();

  /** Returns how many of those Kafka has, or a transformation has dropped. */
  long getRecordsProduced();

  /** Returns how many times the source of rooms has failed. */
  long getRoomSourceFailures();
}
