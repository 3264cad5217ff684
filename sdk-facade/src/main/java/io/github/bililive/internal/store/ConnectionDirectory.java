package io.github.bililive.internal.store;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import io.github.bililive.store.StoredConnection;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A directory of files with the connections of rooms. What a killed process has not moved into its
 * place was never told to be saved, so it is left out.
 */
public final class ConnectionDirectory {
  private static final JsonReader.Options NAMES = JsonReader.Options.of("counter", "connection");

  private final StoreDirectory directory;

  public ConnectionDirectory(File directory, PlainFiles files) {
    this.directory = new StoreDirectory(directory, files, "connection");
  }

  private File fileOf(String room) {
    return directory.file("room", room);
  }

  public @Nullable StoredConnection load(String room) throws IOException {
    File file = fileOf(room);
    return directory.exists() ? directory.locked(() -> read(file)) : null;
  }

  /**
   * Reads the entries of several rooms. One whose file cannot be read is left out, so that it does
   * not keep the others from theirs: its next save says why.
   *
   * @throws IOException if none of them can be read
   */
  public Map<String, StoredConnection> loadAll(Collection<String> rooms) throws IOException {
    Map<String, StoredConnection> found = new HashMap<>();
    if (rooms.isEmpty() || !directory.exists()) {
      return found;
    }
    directory.locked(
        () -> {
          int failures = 0;
          for (String room : rooms) {
            try {
              StoredConnection entry = read(fileOf(room));
              if (entry != null) {
                found.put(room, entry);
              }
            } catch (IOException | IllegalArgumentException e) {
              failures++;
              if (failures == rooms.size()) {
                throw e;
              }
            }
          }
          return null;
        });
    return found;
  }

  public boolean save(String room, StoredConnection next, long replaced) throws IOException {
    File file = fileOf(room);
    byte[] text = write(next);
    if (text.length > StoreDirectory.MAX_BYTES) {
      throw new IOException(
          "the entry takes "
              + text.length
              + " bytes: a connection file has at most "
              + StoreDirectory.MAX_BYTES);
    }
    directory.create();
    return done(
        () -> {
          boolean isAsExpected = counterOf(read(file)) == replaced;
          if (isAsExpected) {
            directory.write(file, text);
          }
          return isAsExpected;
        });
  }

  public boolean remove(String room, long counter) throws IOException {
    File file = fileOf(room);
    return directory.exists()
        && done(
            () -> {
              StoredConnection present = read(file);
              boolean isThere = present != null && present.getCounter() == counter;
              if (isThere) {
                directory.delete(file);
              }
              return isThere;
            });
  }

  private boolean done(StoreDirectory.Work<Boolean> work) throws IOException {
    return Boolean.TRUE.equals(directory.locked(work));
  }

  private static long counterOf(@Nullable StoredConnection entry) {
    return entry == null ? 0 : entry.getCounter();
  }

  private static byte[] write(StoredConnection entry) throws IOException {
    Buffer buffer = new Buffer();
    JsonWriter writer = JsonWriter.of(buffer);
    writer.beginObject();
    writer.name("counter").value(entry.getCounter());
    writer.name("connection").value(entry.getText());
    writer.endObject();
    return buffer.writeByte('\n').readByteArray();
  }

  private @Nullable StoredConnection read(File file) throws IOException {
    byte[] text = directory.read(file);
    StoredConnection entry = text == null ? null : parse(text);
    if (text != null && entry == null) {
      throw new IOException(
          file
              + " is damaged: it is not a whole connection file ("
              + file.length()
              + " bytes); delete it, and the room starts anew");
    }
    return entry;
  }

  private static @Nullable StoredConnection parse(byte[] text) {
    try {
      JsonReader reader = JsonReader.of(new Buffer().write(text));
      long counter = 0;
      String connection = null;
      reader.beginObject();
      while (reader.hasNext()) {
        int name = reader.selectName(NAMES);
        if (name == 0) {
          counter = reader.nextLong();
        } else if (name == 1) {
          connection = reader.nextString();
        } else {
          reader.skipName();
          reader.skipValue();
        }
      }
      reader.endObject();
      return connection == null ? null : StoredConnection.of(counter, connection);
    } catch (IOException | JsonDataException | IllegalArgumentException e) {
      return null; // Why not is left unsaid: the exceptions quote what they read.
    }
  }

  /** Returns the directory. */
  @Override
  public String toString() {
    return directory.toString();
  }
}
