package io.github.bililive.internal.room;

import io.github.bililive.ConnectionOptions;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.internal.time.CallbackThreads;
import io.github.bililive.internal.time.SystemScheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long after its arrival an event is heard, over 1,000 rooms of which 63 have a
 * listener that blocks for good: each of the others gets an event a second.
 */
public final class DeliveryMeasurement {
  private static final int ROOMS = 1_000;
  private static final int BLOCKED = 63;
  private static final int WARM_UP_SECONDS = 5;
  private static final int SECONDS = 20;

  private DeliveryMeasurement() {}

  public static void main(String[] args) throws Exception {
    SystemScheduler time = new SystemScheduler("measured-scheduler");
    CallbackThreads threads = new CallbackThreads(time);
    LiveSocket socket = new FakeRoomIo().new Socket("wss://x.test", null);
    CountDownLatch never = new CountDownLatch(1);
    List<EventQueue> rooms = new ArrayList<>();
    int events = (WARM_UP_SECONDS + SECONDS) * (ROOMS - BLOCKED);
    long[] arrivedAtNanos = new long[events];
    long[] tookNanos = new long[events];
    CountDownLatch heard = new CountDownLatch(events);
    for (int i = 0; i < ROOMS; i++) {
      boolean blocks = i < BLOCKED;
      EventQueue room =
          new EventQueue(
              "r" + i,
              new LiveListener() {
                @Override
                public void onEvent(LiveEvent event) {
                  if (blocks) {
                    await(never);
                    return;
                  }
                  int number = Integer.parseInt(event.getMsgId());
                  tookNanos[number] = System.nanoTime() - arrivedAtNanos[number];
                  heard.countDown();
                }
              },
              threads,
              ConnectionOptions.DEFAULT,
              time,
              new RoomCounters(time));
      room.listenTo(socket);
      room.opened();
      rooms.add(room);
      if (blocks) {
        room.offer(socket, LiveEvent.builder().msgId("blocks").build());
      }
    }
    CountDownLatch tick = new CountDownLatch(1);
    long beganAtNanos = System.nanoTime();
    for (int i = 0; i < events; i++) {
      long dueNanos = beganAtNanos + i * TimeUnit.SECONDS.toNanos(1) / (ROOMS - BLOCKED);
      while (System.nanoTime() - dueNanos < 0) {
        tick.await(1, TimeUnit.MILLISECONDS);
      }
      arrivedAtNanos[i] = System.nanoTime();
      LiveEvent event = LiveEvent.builder().msgId(Integer.toString(i)).build();
      rooms.get(BLOCKED + i % (ROOMS - BLOCKED)).offer(socket, event);
    }
    heard.await();
    long[] measured =
        Arrays.copyOfRange(tookNanos, WARM_UP_SECONDS * (ROOMS - BLOCKED), tookNanos.length);
    Arrays.sort(measured);
    System.out.printf(
        "%,d events of %d rooms, %d others blocked: half are heard within %.3f ms, 99%% within %.3f"
            + " ms, all within %.3f ms%n",
        measured.length,
        ROOMS - BLOCKED,
        BLOCKED,
        measured[measured.length / 2] / 1e6,
        measured[measured.length * 99 / 100] / 1e6,
        measured[measured.length - 1] / 1e6);
    System.exit(0);
  }

  private static void await(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
