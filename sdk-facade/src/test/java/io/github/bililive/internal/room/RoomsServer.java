package io.github.bililive.internal.room;

import io.github.bililive.sandbox.Frames;
import io.github.bililive.sandbox.Packing;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import okhttp3.mockwebserver.MockWebServer;
import okio.ByteString;

/**
 * The platform of a {@link RoomsMeasurement}: a sandbox in a process of its own, which does what
 * the lines of its standard input say, and answers each with one.
 */
final class RoomsServer {
  private static final int EVENTS_IN_FRAME = 50;
  private static final int RECORDS = 100;

  /**
   * It warns of each socket that is given up while it is dialled. Held, or it would be forgotten.
   */
  private static final Logger OF_SERVER = Logger.getLogger(MockWebServer.class.getName());

  private final Sandbox sandbox;
  private final int rooms;

  /** Events in a second over all rooms; 0 for none. */
  private volatile int rate;

  private final AtomicLong sent = new AtomicLong();

  private RoomsServer(int rooms) {
    this.rooms = rooms;
    sandbox =
        Sandbox.builder()
            .authenticationTimeout(Duration.ofMinutes(1))
            .recordLimit(RECORDS)
            .packing(Packing.ZLIB)
            .accessTokens(
                IntStream.range(0, rooms).mapToObj(RoomsServer::token).toArray(String[]::new))
            .start();
  }

  static String token(int room) {
    return "token-of-room-" + room;
  }

  /** Takes the number of rooms, and runs until its standard input ends. */
  public static void main(String[] args) throws IOException {
    OF_SERVER.setLevel(Level.OFF);
    RoomsServer server = new RoomsServer(Integer.parseInt(args[0]));
    Thread sender = new Thread(server::sendForEver, "sender");
    sender.setDaemon(true);
    sender.start();
    System.out.println(server.sandbox.baseUrl());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println(server.answer(line.split(" ")));
      }
    }
    System.exit(0);
  }

  private long answer(String[] command) {
    switch (command[0]) {
      case "rate":
        rate = Integer.parseInt(command[1]);
        break;
      case "drop":
        sandbox.sockets().dropAll();
        break;
      case "fill":
        fill(Integer.parseInt(command[1]));
        break;
      default:
        break;
    }
    return sent.get();
  }

  /** Sends this many events with different ids to each room, the same to all. */
  private void fill(int events) {
    List<SandboxSocket> sockets = sandbox.sockets().open();
    for (int i = 0; i < events; i += EVENTS_IN_FRAME) {
      List<String> messages = new ArrayList<>();
      for (int j = 0; j < EVENTS_IN_FRAME; j++) {
        messages.add(event(0));
      }
      ByteString frame = Frames.messages(Packing.ZLIB, messages.toArray(String[]::new));
      sockets.forEach(socket -> socket.sendFrame(frame));
    }
  }

  /** Its text is when it was sent. */
  private static String event(long roomId) {
    return SampleEvents.openLive()
        .danmaku(roomId, UUID.randomUUID().toString(), String.valueOf(System.nanoTime()));
  }

  /** Sends one event to one room after the other, at the rate. */
  private void sendForEver() {
    CountDownLatch never = new CountDownLatch(1);
    long beganAtNanos = System.nanoTime();
    long due = 0;
    for (int room = 0; ; ) {
      if (rate == 0 || due > (System.nanoTime() - beganAtNanos) / 1e9 * rate) {
        if (rate == 0) {
          beganAtNanos = System.nanoTime();
          due = 0;
        }
        try {
          never.await(1, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
          return;
        }
        continue;
      }
      due++;
      sent.incrementAndGet();
      sandbox.room(room).send(event(sandbox.room(room).id()));
      room = (room + 1) % rooms;
    }
  }
}
