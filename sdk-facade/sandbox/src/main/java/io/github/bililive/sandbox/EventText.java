package io.github.bililive.sandbox;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** An event's JSON, and what the log wants to know of it. */
record EventText(String json, @Nullable String cmd, @Nullable String msgId, @Nullable String said) {
  private static final int SAID = 100;

  static EventText of(String json) {
    Map<?, ?> event = object(read(json));
    Map<?, ?> data = object(event.get("data"));
    return new EventText(json, string(event.get("cmd")), string(data.get("msg_id")), said(data));
  }

  /** Returns the event with the prefix that it has for connections of this door. */
  EventText through(Door door) {
    if (door == Door.ACCESS_TOKEN || cmd == null || !cmd.startsWith(SampleEvents.OPEN_LIVE)) {
      return this;
    }
    String sisters = SampleEvents.SISTER + cmd.substring(SampleEvents.OPEN_LIVE.length());
    return new EventText(
        json.replace("\"" + cmd + "\"", "\"" + sisters + "\""), sisters, msgId, said);
  }

  private static @Nullable Object read(String json) {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
      return reader.readJsonValue();
    } catch (IOException | JsonDataException e) {
      // A test may well send what is no JSON.
      return null;
    }
  }

  /** Returns what a person would call the event's content, if it has any. */
  private static @Nullable String said(Map<?, ?> data) {
    for (String name : List.of("msg", "gift_name", "message", "title")) {
      String text = string(data.get(name));
      if (text != null && !text.isEmpty()) {
        return text.length() > SAID ? text.substring(0, SAID) + "…" : text;
      }
    }
    return null;
  }

  private static Map<?, ?> object(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static @Nullable String string(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }
}
