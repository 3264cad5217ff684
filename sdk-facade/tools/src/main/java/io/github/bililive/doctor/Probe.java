package io.github.bililive.doctor;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.error.BiliLiveException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One signed request that takes no place in any room: a heartbeat for a {@code conn_id} that does
 * not exist. A platform that has nothing against the request answers with code 7003. By identity
 * code it is the start of the room.
 *
 * @param failure what came of it, null for code 0
 * @param tookMillis how long that took
 */
record Probe(@Nullable BiliLiveException failure, long tookMillis) {
  static Probe of(BiliLiveClient client, LongSupplier nanoTime) {
    long beganAtNanos = nanoTime.getAsLong();
    BiliLiveException failure = null;
    try {
      client.heartbeat(UUID.randomUUID().toString());
    } catch (BiliLiveException e) {
      failure = e;
    }
    return since(beganAtNanos, nanoTime, failure);
  }

  static Probe since(
      long beganAtNanos, LongSupplier nanoTime, @Nullable BiliLiveException failure) {
    return new Probe(failure, TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - beganAtNanos));
  }

  /** Returns the failure in words, or what is known instead. */
  String problem(String instead) {
    return failure == null ? instead : failure.getMessage();
  }
}
