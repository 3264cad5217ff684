package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.DanmakuMirror;
import io.github.bililive.generated.model.Follow;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.generated.model.GuardPurchase;
import io.github.bililive.generated.model.InteractionEnd;
import io.github.bililive.generated.model.Like;
import io.github.bililive.generated.model.LiveEnd;
import io.github.bililive.generated.model.LiveStart;
import io.github.bililive.generated.model.RoomChange;
import io.github.bililive.generated.model.RoomEnter;
import io.github.bililive.generated.model.SuperChat;
import io.github.bililive.generated.model.SuperChatDeletion;
import io.github.bililive.generated.model.UserMute;
import io.github.bililive.generated.model.Warning;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;

/** Writes down all that a listener hears, and lets a test wait for it. */
final class ListenerLog implements LiveListener {
  /** Guarded by this object's lock. */
  private final List<String> lines = new ArrayList<>();

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }

  List<String> events() {
    return lines().stream().filter(line -> !line.startsWith("state ")).toList();
  }

  List<String> states() {
    return lines().stream()
        .filter(line -> line.startsWith("state "))
        .map(line -> line.substring("state ".length()))
        .toList();
  }

  void await(String event, Duration patience) throws InterruptedException {
    awaitCount(event::equals, 1, patience, event);
  }

  void awaitState(String phase, int times, Duration patience) throws InterruptedException {
    awaitCount(line -> line.startsWith("state " + phase), times, patience, phase);
  }

  private synchronized void awaitCount(
      Predicate<String> fits, int times, Duration patience, String what)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (lines.stream().filter(fits).count() < times) {
      long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        Assertions.fail("not heard %d times: %s; heard %s", times, what, lines);
      }
      wait(leftMillis);
    }
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  @Override
  public void onDanmaku(Danmaku message) {
    add("danmaku " + message.getMsgId());
  }

  @Override
  public void onDanmakuMirror(DanmakuMirror message) {
    add("danmakuMirror " + message.getMsgId());
  }

  @Override
  public void onGift(Gift gift) {
    add("gift " + gift.getMsgId());
  }

  @Override
  public void onSuperChat(SuperChat superChat) {
    add("superChat " + superChat.getMsgId());
  }

  @Override
  public void onSuperChatDeletion(SuperChatDeletion deletion) {
    add("superChatDeletion " + deletion.getMsgId());
  }

  @Override
  public void onGuardPurchase(GuardPurchase purchase) {
    add("guard " + purchase.getMsgId());
  }

  @Override
  public void onLike(Like like) {
    add("like " + like.getMsgId());
  }

  @Override
  public void onRoomEnter(RoomEnter enter) {
    add("enter " + enter.getMsgId());
  }

  @Override
  public void onLiveStart(LiveStart start) {
    add("liveStart");
  }

  @Override
  public void onLiveEnd(LiveEnd end) {
    add("liveEnd");
  }

  @Override
  public void onRoomChange(RoomChange change) {
    add("roomChange " + change.getMsgId());
  }

  @Override
  public void onUserMute(UserMute mute) {
    add("mute " + mute.getMsgId());
  }

  @Override
  public void onFollow(Follow follow) {
    add("follow " + follow.getMsgId());
  }

  @Override
  public void onWarning(Warning warning) {
    add("warning " + warning.getMsgId());
  }

  @Override
  public void onInteractionEnd(InteractionEnd end) {
    add("interactionEnd");
  }

  @Override
  public void onBroadcaster(AnchorInfo broadcaster) {
    add("broadcaster " + broadcaster.getUname());
  }

  @Override
  public void onRawEvent(LiveEvent event) {
    add("raw " + event.getNoModelReason());
  }

  @Override
  public void onStateChanged(ConnectionState state) {
    add("state " + state);
  }

  @Override
  public void onDropped(long count) {
    add("dropped " + count);
  }
}
