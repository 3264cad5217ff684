package io.github.bililive.quickstart;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.generated.model.GuardPurchase;
import io.github.bililive.generated.model.Like;
import io.github.bililive.generated.model.LiveEnd;
import io.github.bililive.generated.model.LiveStart;
import io.github.bililive.generated.model.RoomEnter;
import io.github.bililive.generated.model.SuperChat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells what one room says and how its connection fares. */
final class RoomStory implements LiveListener {
  private final String name;
  private final Narrator narrator;

  /** Whether this room is one of the few that are shown. */
  private final boolean shown;

  private volatile boolean openOrOver;

  // Written on the callback thread, read at the end.

  private volatile boolean everOpen;
  private volatile int failedStarts;
  private volatile int failedSockets;

  /** What the attempt that is under way has come to. */
  private Phase reached = Phase.IDLE;

  private final CountDownLatch over = new CountDownLatch(1);

  RoomStory(int number, boolean shown, Narrator narrator) {
    name = "room " + number + ": ";
    this.shown = shown;
    this.narrator = narrator;
  }

  /** Whether the room was open once, or was given up. */
  boolean isOpenOrOver() {
    return openOrOver;
  }

  /** Waits until nothing more is heard of the room. */
  void awaitOver(long millis) throws InterruptedException {
    over.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Says of all rooms what came in the way. */
  static String sumUp(List<RoomStory> rooms) {
    return String.format(
        "%d starts and %d sockets failed, %d rooms never opened",
        rooms.stream().mapToInt(room -> room.failedStarts).sum(),
        rooms.stream().mapToInt(room -> room.failedSockets).sum(),
        rooms.stream().filter(room -> !room.everOpen).count());
  }

  private void say(String what, String text) {
    if (shown) {
      narrator.say(what, name + text);
    }
  }

  @Override
  public void onStateChanged(ConnectionState state) {
    Phase phase = state.getPhase();
    if (phase == Phase.BACKING_OFF || (phase == Phase.CLOSED && !state.getMessage().isEmpty())) {
      countFailure();
    }
    switch (phase) {
      case STARTING -> say("starting", "asking the platform for a conn_id");
      case OPEN ->
          say(
              "open",
              state.getMessage().isEmpty() ? "authenticated, listening" : state.getMessage());
      case BACKING_OFF ->
          say(
              reached == Phase.OPEN ? "lost" : "failed",
              state.getMessage() + "; next attempt in " + state.getRetryInMillis() + " ms");
      case CLOSED -> {
        if (!state.getMessage().isEmpty()) {
          boolean byLogin = state.getReason() == Reason.AUTHORISATION_REQUIRED;
          narrator.say(
              "given up", name + state.getMessage() + (byLogin ? "; login does that" : ""));
        }
      }
      case IDLE, CONNECTING, AUTHENTICATING, PAUSED -> {}
    }
    everOpen |= phase == Phase.OPEN;
    openOrOver |= phase == Phase.OPEN || phase == Phase.CLOSED;
    if (phase == Phase.CLOSED) {
      over.countDown();
    }
    reached = phase;
  }

  /** A socket that was open and is lost is no failure: the reconnects count it. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
  private void countFailure() {
    if (reached == Phase.STARTING) {
      failedStarts++;
    } else if (reached == Phase.CONNECTING || reached == Phase.AUTHENTICATING) {
      failedSockets++;
    }
  }

  @Override
  public void onDanmaku(Danmaku message) {
    say("danmaku", message.getUname() + ": " + message.getMsg());
  }

  @Override
  public void onGift(Gift gift) {
    say("gift", gift.getUname() + " sends " + gift.getGiftNum() + " × " + gift.getGiftName());
  }

  @Override
  public void onSuperChat(SuperChat superChat) {
    say(
        "superchat",
        superChat.getUname() + " for " + superChat.getRmb() + " yuan: " + superChat.getMessage());
  }

  @Override
  public void onGuardPurchase(GuardPurchase purchase) {
    say("guard", "somebody became a guard of level " + purchase.getGuardLevel());
  }

  @Override
  public void onLike(Like like) {
    say("like", like.getUname() + " likes it");
  }

  @Override
  public void onRoomEnter(RoomEnter enter) {
    say("enter", enter.getUname() + " comes in");
  }

  @Override
  public void onLiveStart(LiveStart start) {
    say("live", "the broadcast begins: " + start.getTitle());
  }

  @Override
  public void onLiveEnd(LiveEnd end) {
    say("live", "the broadcast ends: " + end.getTitle());
  }

  @Override
  public void onRawEvent(LiveEvent event) {
    say("raw", event.toString());
  }
}
