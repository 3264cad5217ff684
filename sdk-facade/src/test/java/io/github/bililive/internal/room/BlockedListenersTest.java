package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.LoggedRecords;
import io.github.bililive.internal.time.CallbackThreads;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thousand rooms on the callback threads that a client has by default. */
@Timeout(120)
class BlockedListenersTest {
  private static final int ROOMS = 1_000;
  private static final int EVENTS = 20;

  private final VirtualTime time = new VirtualTime();
  private final CallbackThreads threads = new CallbackThreads(time);
  private final CountDownLatch never = new CountDownLatch(1);
  private final List<EventQueue> rooms = new ArrayList<>();
  private final LiveSocket socket = new FakeRoomIo().new Socket("wss://x.test", null);

  @AfterEach
  void end() {
    never.countDown();
    threads.close();
  }

  private EventQueue room(LiveListener listener) {
    String name = "r" + rooms.size();
    EventQueue room =
        new EventQueue(
            name, listener, threads, ConnectionOptions.DEFAULT, time, new RoomCounters(time));
    room.state(ConnectionState.of(Phase.OPEN));
    room.listenTo(socket);
    room.opened();
    rooms.add(room);
    return room;
  }

  /** Connects rooms whose listeners block for good, each on a thread of its own. */
  private void block(int count) throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      room(
          new LiveListener() {
            @Override
            public void onStateChanged(ConnectionState state) {
              blocked.countDown();
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }
          });
    }
    blocked.await();
  }

  @Test
  void with63BlockedForGoodAllOthersHearAllOfTheirEventsInOrder() throws Exception {
    block(63);
    CountDownLatch all = new CountDownLatch((ROOMS - 63) * EVENTS);
    List<List<String>> heard = new ArrayList<>();
    for (int i = 63; i < ROOMS; i++) {
      List<String> its = new ArrayList<>(); // One call at a time.
      heard.add(its);
      room(
          new LiveListener() {
            @Override
            public void onEvent(LiveEvent event) {
              its.add(event.getMsgId());
              all.countDown();
            }
          });
    }
    List<String> sent = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String id = "e" + i;
      sent.add(id);
      for (EventQueue room : rooms) {
        room.offer(socket, LiveEvent.builder().msgId(id).build());
      }
    }

    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(heard).allMatch(sent::equals);
  }

  @Test
  void whatIsGivenWhileTasksAreHeldBackBeginsAfterwards() throws Exception {
    List<Integer> begun = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch all = new CountDownLatch(ROOMS);
    threads.hold();
    for (int i = 0; i < ROOMS; i++) {
      int number = i;
      threads.execute(
          () -> {
            begun.add(number);
            all.countDown();
          });
    }
    assertThat(begun).isEmpty();
    threads.release();

    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(begun).hasSize(ROOMS).doesNotHaveDuplicates();
  }

  @Test
  void the64thThatBlocksIsAWarningThatNamesTheRoomsAndOneIsHeardAgainOnceAThreadIsFree()
      throws Exception {
    try (LoggedRecords log = new LoggedRecords()) {
      block(63);
      time.advance(Duration.ofSeconds(2));
      assertThat(log.messages(Level.WARNING)).isEmpty();
      block(1);
      CountDownLatch heard = new CountDownLatch(1);
      room(
          new LiveListener() {
            @Override
            public void onStateChanged(ConnectionState state) {
              heard.countDown();
            }
          });
      time.advance(Duration.ofMinutes(5));

      assertThat(log.messages(Level.WARNING))
          .singleElement()
          .asString()
          .contains("1 others wait", "room r0,", "room r62,", "room r63]");
      never.countDown();
      assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }
}
