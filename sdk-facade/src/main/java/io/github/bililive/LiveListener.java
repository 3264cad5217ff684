package io.github.bililive;

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

/**
 * Hears one live room: in the order in which the platform sent things, one call at a time, on the
 * executor of the connection. Override what is of use; the rest does nothing.
 *
 * <p>An event goes to {@link #onEvent}, and then to the one method that is for its kind, be it
 * {@link #onRawEvent}.
 *
 * <p>A method may take its time: then the {@link Overflow} says what becomes of the events that
 * come meanwhile. What it throws is logged and ends nothing. After a {@link #onStateChanged} with
 * {@code CLOSED} it hears nothing more.
 */
public interface LiveListener {
  /**
   * An event came, of whatever kind: called once for each, before the method that is for its kind.
   */
  default void onEvent(LiveEvent event) {}

  /** Someone wrote a chat message (弹幕). */
  default void onDanmaku(Danmaku message) {}

  /** A chat message is mirrored from a linked room (跨房弹幕); it has no sender. */
  default void onDanmakuMirror(DanmakuMirror message) {}

  /** Someone sent a gift (礼物). */
  default void onGift(Gift gift) {}

  /** Someone paid for a message that stays on top for a while (醒目留言). */
  default void onSuperChat(SuperChat superChat) {}

  /** Super chats were taken down. */
  default void onSuperChatDeletion(SuperChatDeletion deletion) {}

  /** Someone became a guard (大航海) or renewed it. */
  default void onGuardPurchase(GuardPurchase purchase) {}

  /** Someone pressed like (点赞). */
  default void onLike(Like like) {}

  /** Someone came into the room. */
  default void onRoomEnter(RoomEnter enter) {}

  /** The broadcaster went live (开播). */
  default void onLiveStart(LiveStart start) {}

  /** The broadcaster ended the broadcast (下播). */
  default void onLiveEnd(LiveEnd end) {}

  /** The room's title or area changed. */
  default void onRoomChange(RoomChange change) {}

  /** A user was muted (禁言). */
  default void onUserMute(UserMute mute) {}

  /** Someone follows the broadcaster (关注). */
  default void onFollow(Follow follow) {}

  /** The platform warns the room. */
  default void onWarning(Warning warning) {}

  /**
   * The platform has ended the pushing for a {@code conn_id} or {@code game_id}. If it is this
   * connection's, the SDK starts a new one by itself.
   */
  default void onInteractionEnd(InteractionEnd end) {}

  /**
   * An event came that the SDK does not know, that has no {@code cmd}, or whose data is no object.
   * {@link LiveEvent#getJson} is what came.
   */
  default void onRawEvent(LiveEvent event) {}

  /**
   * A room by identity code was started: who its broadcaster is, before its events. Called again
   * each time that the room had to be started anew.
   */
  default void onBroadcaster(AnchorInfo broadcaster) {}

  /** The connection went from one state to another. */
  default void onStateChanged(ConnectionState state) {}

  /**
   * Events were dropped since this listener is slower than the room, under {@link
   * Overflow#DROP_OLDEST} alone, or since its executor refused tasks.
   *
   * @param count how many since the last call of this method, at least 1
   */
  default void onDropped(long count) {}
}
