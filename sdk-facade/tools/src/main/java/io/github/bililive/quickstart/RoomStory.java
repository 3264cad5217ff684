package io.github.bililive.quickstart;

import io.github.bililive.ConnectionState;
import io.github.bililive.ConnectionState.Phase;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells what one room says and how its connection fares. */
final class RoomStory implements LiveListener {
  private final String name;
  private final Narrator narrator;

  /** Whether this room is one of the few that are shown. */
  private final boolean shown;

  private volatile boolean openOrOver;
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

  private void say(String what, String text) {
    if (shown) {
      narrator.say(what, name + text);
    }
  }

  @Override
  public void onStateChanged(ConnectionState state) {
    switch (state.getPhase()) {
      case STARTING -> say("starting", "asking the platform for a conn_id");
      case OPEN -> say("open", "authenticated, listening");
      case BACKING_OFF ->
          say("lost", state.getMessage() + "; next attempt in " + state.getRetryInMillis() + " ms");
      case CLOSED -> {
        if (!state.getMessage().isEmpty()) {
          narrator.say("given up", name + state.getMessage());
        }
      }
      case IDLE, CONNECTING, AUTHENTICATING -> {}
    }
    if (state.getPhase() == Phase.OPEN || state.getPhase() == Phase.CLOSED) {
      openOrOver = true;
    }
    if (state.getPhase() == Phase.CLOSED) {
      over.countDown();
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
