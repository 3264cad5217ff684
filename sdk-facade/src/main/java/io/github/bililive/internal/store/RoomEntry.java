package io.github.bililive.internal.store;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import io.github.bililive.StartedConnection;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.generated.openlive.model.GeneratedJsonAdapterFactory;
import io.github.bililive.store.StoredConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a room's entry in a store says. A process is written {@code name#id}, where the id is
 * another for each client. Immutable.
 */
public final class RoomEntry {
  private static final JsonAdapter<AnchorInfo> ANCHOR =
      new Moshi.Builder()
          .add(GeneratedJsonAdapterFactory.INSTANCE)
          .build()
          .adapter(AnchorInfo.class);

  private static final JsonReader.Options NAMES =
      JsonReader.Options.of(
          "conn_id",
          "auth_body",
          "wss_link",
          "anchor_info",
          "lease_id",
          "owner",
          "successor",
          "released",
          "last_msg_id");

  /** The connection that lives, as far as the store knows. */
  public final StartedConnection connection;

  /** The process that hears the room, or did. */
  public final String owner;

  /** The process that has asked for the room; null if none has. */
  public final @Nullable String successor;

  /** Whether the owner has closed its socket. */
  public final boolean isReleased;

  /** The {@code msg_id} that the owner delivered last; empty if it is not known. */
  public final String lastMsgId;

  private RoomEntry(
      StartedConnection connection,
      String owner,
      @Nullable String successor,
      boolean isReleased,
      String lastMsgId) {
    this.connection = connection;
    this.owner = owner;
    this.successor = successor;
    this.isReleased = isReleased;
    this.lastMsgId = lastMsgId;
  }

  /** Returns the entry of a room that a process hears. */
  public static RoomEntry of(StartedConnection connection, String owner) {
    return new RoomEntry(connection, owner, null, false, "");
  }

  /** Returns this entry with a process that asks for the room. */
  public RoomEntry askedFor(String process) {
    return new RoomEntry(connection, owner, process, isReleased, lastMsgId);
  }

  /** Returns this entry of a room that its owner hears no more. */
  public RoomEntry released(StartedConnection present, String lastDelivered) {
    return new RoomEntry(present, owner, successor, true, lastDelivered);
  }

  /** Returns a process's name. */
  public static String nameOf(String process) {
    int end = process.lastIndexOf('#');
    return end < 0 ? process : process.substring(0, end);
  }

  /** Returns what a store keeps. */
  public StoredConnection stored(long counter) {
    Buffer text = new Buffer();
    try {
      JsonWriter writer = JsonWriter.of(text);
      writer.beginObject();
      writer.name("conn_id").value(connection.getConnId());
      writer.name("auth_body").value(connection.getAuthBody());
      writer.name("wss_link").beginArray();
      for (String link : connection.getWssLinks()) {
        writer.value(link);
      }
      writer.endArray();
      if (connection.getBroadcaster() != null) {
        ANCHOR.toJson(writer.name("anchor_info"), connection.getBroadcaster());
      }
      writer.name("lease_id").value(connection.getLease());
      writer.name("owner").value(owner);
      writer.name("successor").value(successor);
      writer.name("released").value(isReleased);
      writer.name("last_msg_id").value(lastMsgId);
      writer.endObject();
    } catch (IOException e) {
      throw new AssertionError(e); // A buffer takes everything.
    }
    return StoredConnection.of(counter, text.readUtf8());
  }

  /**
   * Reads what a store has kept.
   *
   * @throws IOException if it is no entry; the message holds nothing of it
   */
  public static RoomEntry read(StoredConnection stored) throws IOException {
    try {
      RoomEntry entry = readObject(JsonReader.of(new Buffer().writeUtf8(stored.getText())));
      if (entry != null) {
        return entry;
      }
    } catch (IOException | JsonDataException e) {
      // Why not is left unsaid: the exceptions quote what they read.
    }
    throw new IOException(
        "the entry with counter " + stored.getCounter() + " was not written by this SDK");
  }

  private static @Nullable RoomEntry readObject(JsonReader reader) throws IOException {
    String connId = null;
    String authBody = null;
    List<String> links = new ArrayList<>();
    AnchorInfo broadcaster = null;
    String lease = null;
    String owner = null;
    String successor = null;
    boolean isReleased = false;
    String lastMsgId = "";
    reader.beginObject();
    while (reader.hasNext()) {
      int name = reader.selectName(NAMES);
      if (name < 0) { // A later release's.
        reader.skipName();
        reader.skipValue();
      } else if (reader.peek() == JsonReader.Token.NULL) {
        reader.skipValue();
      } else if (name == 2) {
        reader.beginArray();
        while (reader.hasNext()) {
          links.add(reader.nextString());
        }
        reader.endArray();
      } else if (name == 3) {
        broadcaster = ANCHOR.fromJson(reader);
      } else if (name == 7) {
        isReleased = reader.nextBoolean();
      } else {
        String text = reader.nextString();
        connId = name == 0 ? text : connId;
        authBody = name == 1 ? text : authBody;
        lease = name == 4 ? text : lease;
        owner = name == 5 ? text : owner;
        successor = name == 6 ? text : successor;
        lastMsgId = name == 8 ? text : lastMsgId;
      }
    }
    reader.endObject();
    return connId == null || authBody == null || owner == null
        ? null
        : new RoomEntry(
            new StartedConnection(connId, authBody, links, broadcaster, lease),
            owner,
            successor,
            isReleased,
            lastMsgId);
  }
}
