package io.github.bililive.kafka;

/**
 * What a task can be asked through JMX, as {@code
 * io.github.bililive:type=RoomsTask,connector=NAME,task=NUMBER}. Counters begin with the task.
 */
public interface RoomsTaskMXBean {
  /** Returns how many buckets the task has, of how many: {@code 43 of 256}. */
  String getBuckets();

  /** Returns how many rooms the task hears or tries to hear. */
  int getRooms();

  /** Returns how many of them are open. */
  int getRoomsOpen();

  /** Returns how many of them were given up, and wait for {@code rooms.retry.ms}. */
  int getRoomsGivenUp();

  /** Returns how many rooms wait for their turn to make an attempt to connect. */
  int getQueuedAttempts();

  /** Returns how many attempts to connect the task makes in a second at most, now. */
  double getAttemptsPerSecond();

  /** Returns how many events have come over the sockets. */
  long getEventsReceived();

  /** Returns how many of those wait in the rooms' buffers for a poll. */
  long getEventsWaiting();

  /** Returns how much memory those take, in bytes. */
  long getBufferedBytes();

  /** Returns for how long the oldest of the rooms with something to say waits, in milliseconds. */
  long getCallbackLagMillis();

  /** Returns how many events were handed to Connect. */
  long getRecordsPolled();

  /** Returns how many of those Kafka has, or a transformation has dropped. */
  long getRecordsProduced();

  /** Returns how many times the source of rooms has failed. */
  long getRoomSourceFailures();
}
