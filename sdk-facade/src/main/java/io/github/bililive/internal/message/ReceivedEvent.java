package io.github.bililive.internal.message;

import io.github.bililive.LiveListener;
import io.github.bililive.RawEvent;
import org.jspecify.annotations.Nullable;

/** A message that was read: an event with its model, or a raw one. Immutable. */
public final class ReceivedEvent {
  private final @Nullable EventType type;

  /** A model of the type, or a {@link RawEvent}. */
  private final Object content;

  private final String msgId;

  private ReceivedEvent(@Nullable EventType type, Object content, String msgId) {
    this.type = type;
    this.content = content;
    this.msgId = msgId;
  }

  static ReceivedEvent of(EventType type, Object model) {
    return new ReceivedEvent(type, model, type.msgIdOf(model));
  }

  /**
   * Makes a raw event.
   *
   * @param type what its cmd says that it is; null if that is not known
   */
  static ReceivedEvent raw(@Nullable EventType type, RawEvent raw, String msgId) {
    return new ReceivedEvent(type, raw, msgId);
  }

  /**
   * Returns what its cmd says that it is; null if that is not known. An event with a type is raw
   * all the same if its data does not fit.
   */
  public @Nullable EventType type() {
    return type;
  }

  /** Returns the model of its type, or a {@link RawEvent}. */
  public Object content() {
    return content;
  }

  /** Returns its {@code msg_id}, by which a repetition is known; empty if it has none. */
  public String msgId() {
    return msgId;
  }

  /** Calls the one method of the listener that is for it. */
  public void deliver(LiveListener listener) {
    if (type == null || content instanceof RawEvent) {
      listener.onRawEvent((RawEvent) content);
    } else {
      type.deliver(content, listener);
    }
  }
}
