package io.github.bililive.internal.message;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import io.github.bililive.LiveEvent;
import io.github.bililive.LiveListener;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.DanmakuMirror;
import io.github.bililive.generated.model.Follow;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
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
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The events that are known: for each its cmd without the prefix, its model, where that has the
 * {@code msg_id}, and the listener's method. A new event is a line here and a method there.
 */
public enum EventType {
  DANMAKU("DM", Danmaku.class, Danmaku::getMsgId, LiveListener::onDanmaku),
  DANMAKU_MIRROR(
      "DM_MIRROR", DanmakuMirror.class, DanmakuMirror::getMsgId, LiveListener::onDanmakuMirror),
  GIFT("SEND_GIFT", Gift.class, Gift::getMsgId, LiveListener::onGift),
  SUPER_CHAT("SUPER_CHAT", SuperChat.class, SuperChat::getMsgId, LiveListener::onSuperChat),
  SUPER_CHAT_DELETION(
      "SUPER_CHAT_DEL",
      SuperChatDeletion.class,
      SuperChatDeletion::getMsgId,
      LiveListener::onSuperChatDeletion),
  GUARD_PURCHASE(
      "GUARD", GuardPurchase.class, GuardPurchase::getMsgId, LiveListener::onGuardPurchase),
  LIKE("LIKE", Like.class, Like::getMsgId, LiveListener::onLike),
  ROOM_ENTER("LIVE_ROOM_ENTER", RoomEnter.class, RoomEnter::getMsgId, LiveListener::onRoomEnter),
  LIVE_START("LIVE_START", LiveStart.class, LiveStart::getMsgId, LiveListener::onLiveStart),
  LIVE_END("LIVE_END", LiveEnd.class, LiveEnd::getMsgId, LiveListener::onLiveEnd),
  ROOM_CHANGE("ROOM_CHANGE", RoomChange.class, RoomChange::getMsgId, LiveListener::onRoomChange),
  USER_MUTE("ROOM_BLOCK_MSG", UserMute.class, UserMute::getMsgId, LiveListener::onUserMute),
  FOLLOW("INTERACT_WORD", Follow.class, Follow::getMsgId, LiveListener::onFollow),
  WARNING("WARNING", Warning.class, Warning::getMsgId, LiveListener::onWarning),
  INTERACTION_END(
      "INTERACTION_END",
      InteractionEnd.class,
      event -> newField(event.getAdditionalProperties()),
      LiveListener::onInteractionEnd);

  private static final Map<Class<?>, EventType> BY_MODEL = new HashMap<>();

  /** By the cmd with each of the platform's prefixes, and as an official example spells one. */
  private static final Map<String, EventType> BY_CMD = new HashMap<>();

  static {
    for (EventType type : values()) {
      BY_MODEL.put(type.kind.model, type);
      for (String cmd : type.cmds()) {
        BY_CMD.put(cmd, type);
      }
    }
    BY_CMD.put("OPEN_PLATFORM_LIVE_ROOM_ENTER", ROOM_ENTER);
  }

  /** The cmd without its prefix. */
  final String suffix;

  @SuppressWarnings("ImmutableEnumChecker") // It is: adapters have no state.
  private final Kind<?> kind;

  <T> EventType(String suffix, Class<T> model, MsgId<T> msgId, ListenerMethod<T> method) {
    this.suffix = suffix;
    kind = new Kind<>(model, msgId, method);
  }

  /** Returns the type of a cmd; null if it is not known. */
  static @Nullable EventType ofCmd(String cmd) {
    // The prefix of the cmd that ends the pushing is not documented.
    return cmd.endsWith(INTERACTION_END.suffix) ? INTERACTION_END : BY_CMD.get(cmd);
  }

  /** Returns the cmd with each of the platform's prefixes. */
  String[] cmds() {
    return new String[] {"OPEN_LIVEROOM_" + suffix, "LIVE_OPEN_PLATFORM_" + suffix};
  }

  /** Reads the model from an event's {@code data}. */
  Object read(JsonReader data) throws IOException {
    return kind.read(data);
  }

  /** Returns the model of an event without data. */
  Object empty() throws IOException {
    return kind.read(JsonReader.of(new Buffer().writeUtf8("{}")));
  }

  /** Returns the {@code msg_id} of a model of this type; empty if it has none. */
  String msgIdOf(Object model) {
    return kind.msgIdOf(model);
  }

  static EventType of(Object model) {
    EventType type = BY_MODEL.get(model.getClass());
    if (type == null) {
      throw new IllegalArgumentException("no event has this model: " + model.getClass());
    }
    return type;
  }

  /** Calls the one method of the listener that is for the kind of this event. */
  public static void deliver(LiveEvent event, LiveListener listener) {
    Object model = event.getModel();
    if (model == null) {
      listener.onRawEvent(event);
    } else {
      of(model).kind.deliver(model, listener);
    }
  }

  /** Returns the name of that method, for the log. */
  public static String callbackFor(LiveEvent event) {
    Object model = event.getModel();
    StringBuilder name = new StringBuilder("on");
    boolean isCapital = true;
    for (char each : (model == null ? "RAW_EVENT" : of(model).name()).toCharArray()) {
      if (each != '_') {
        name.append(isCapital ? each : Character.toLowerCase(each));
      }
      isCapital = each == '_';
    }
    return name.toString();
  }

  /**
   * Returns the conn_id, or game_id of the sister API, for which the platform ended the pushing;
   * null if the event is another or names none. Without a model it is left to the heartbeats to
   * find out.
   */
  public static @Nullable String endedConnId(LiveEvent event) {
    if (!(event.getModel() instanceof InteractionEnd)) {
      return null;
    }
    InteractionEnd end = (InteractionEnd) event.getModel();
    String id = end.getConnId().isEmpty() ? end.getGameId() : end.getConnId();
    return id.isEmpty() ? null : id;
  }

  /** The contract has no {@code msg_id} for this event; a platform that sends one is heard. */
  private static String newField(Map<String, @Nullable Object> fields) {
    Object msgId = fields.get("msg_id");
    return msgId instanceof String ? (String) msgId : "";
  }

  private interface MsgId<T> {
    String of(T model);
  }

  private interface ListenerMethod<T> {
    void call(LiveListener listener, T model);
  }

  /** What is known of a type, where its model's class is known as well. */
  private static final class Kind<T> {
    private static final Moshi MOSHI =
        new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

    private final Class<T> model;
    private final JsonAdapter<T> adapter;
    private final MsgId<T> msgId;
    private final ListenerMethod<T> method;

    Kind(Class<T> model, MsgId<T> msgId, ListenerMethod<T> method) {
      this.model = model;
      this.msgId = msgId;
      this.method = method;
      adapter = MOSHI.adapter(model);
    }

    Object read(JsonReader data) throws IOException {
      return adapter.fromJson(data);
    }

    String msgIdOf(Object event) {
      return msgId.of(model.cast(event));
    }

    void deliver(Object event, LiveListener listener) {
      method.call(listener, model.cast(event));
    }
  }
}
