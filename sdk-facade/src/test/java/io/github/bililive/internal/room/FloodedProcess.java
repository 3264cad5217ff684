package io.github.bililive.internal.room;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.Overflow;
import io.github.bililive.internal.room.HostileGateway.Flood;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A program with a small heap: {@link FloodTest} starts it. */
final class FloodedProcess {
  /** Two megabytes. With the default, eight rooms would fill all of the heap. */
  private static final int BUFFER_SIZE = 256;

  private static final int HONEST_EVENTS = 20;

  private FloodedProcess() {}

  /**
   * Takes the gateway's address and the floods; prints what became of the honest room, and what
   * nobody caught.
   */
  public static void main(String[] args) throws Exception {
    List<String> uncaught = Collections.synchronizedList(new ArrayList<>());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, e) -> uncaught.add(thread.getName() + " died: " + e));
    CountDownLatch never = new CountDownLatch(1);
    try (BiliLiveClient client =
        BiliLiveClient.builder()
            .credentials(Credentials.of("test-client", "hush-app-secret"))
            .baseUrl(args[0])
            .build()) {
      List<LiveConnection> hostile = new ArrayList<>();
      for (int i = 1; i < args.length; i++) {
        for (Overflow overflow : Overflow.values()) {
          ConnectionOptions options =
              ConnectionOptions.builder().overflow(overflow).bufferSize(BUFFER_SIZE).build();
          hostile.add(client.connect(args[i], blocking(never), options));
        }
      }
      await(() -> hostile.stream().allMatch(FloodedProcess::isFlooded));
      LiveConnection honest = client.connect(Flood.HONEST.name(), new LiveListener() {});
      await(() -> honest.health().getDelivered() >= HONEST_EVENTS);
      System.out.println("the honest room is heard");
      uncaught.forEach(System.out::println);
    }
    System.exit(0);
  }

  private static boolean isFlooded(LiveConnection room) {
    return room.getState().getReason() == Reason.FRAME_UNREADABLE
        || room.health().getReceived() > 2;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    while (!condition.getAsBoolean()) {
      never.await(5, TimeUnit.MILLISECONDS);
    }
  }

  private static LiveListener blocking(CountDownLatch never) {
    return new LiveListener() {
      @Override
      public void onEvent(LiveEvent event) {
        try {
          never.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
