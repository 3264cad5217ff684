package io.github.bililive.connection;

import org.jspecify.annotations.Nullable;

/** A message that was read: an event with its model, or a raw one. Immutable. */
final class Event {
  private final @Nullable EventType type;

  /** A model of the type, or a {@link RawEvent}. */
  private final Object content;

  private final String msgId;

  private Event(@Nullable EventType type, Object content, String msgId) {
    this.type = type;
    this.content = content;
    this.msgId = msgId;
  }

  static Event of(EventType type, Object model) {
    return new Event(type, model, type.msgIdOf(model));
  }

  /**
   * Makes a raw event.
   *
   * @param type what its cmd says that it is; null if that is not known
   */
  static Event raw(@Nullable EventType type, RawEvent raw, String msgId) {
    return new Event(type, raw, msgId);
  }

  /**
   * Returns what its cmd says that it is; null if that is not known. An event with a type is raw
   * all the same if its data does not fit.
   */
  @Nullable EventType type() {
    return type;
  }

  /** Returns the model of its type, or a {@link RawEvent}. */
  Object content() {
    return content;
  }

  /** Returns its {@code msg_id}, by which a repetition is known; empty if it has none. */
  String msgId() {
    return msgId;
  }

  /** Calls the one method of the listener that is for it. */
  void deliver(LiveListener listener) {
    if (type == null || content instanceof RawEvent) {
      listener.onRawEvent((RawEvent) content);
    } else {
      type.deliver(content, listener);
    }
  }
}
