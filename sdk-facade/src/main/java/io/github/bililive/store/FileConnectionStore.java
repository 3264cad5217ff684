package io.github.bililive.store;

import io.github.bililive.internal.store.ConnectionDirectory;
import io.github.bililive.internal.store.NotOnAndroid21;
import io.github.bililive.internal.store.PlainFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rooms' connections in a directory, a file for each room, which the owner alone may read: as
 * safe as {@link io.github.bililive.token.FileTokenStore}, in whose directory it may be, too.
 *
 * <p>An entry is written to a new file, forced to the disk, and moved over the old one in one step:
 * when the process is killed, the file holds the old entry or the new one. Files and directory get
 * the permissions that those of tokens get; what others may write is refused.
 *
 * <p>Safe for use by several threads, and by several processes on one machine: the file {@code
 * connections.lock} keeps them apart. Once a second each process reads the files of all its rooms,
 * which suits some hundred rooms; for more, and for several machines, take a {@link
 * JdbcConnectionStore}.
 */
public final class FileConnectionStore implements ConnectionStore {
  private final ConnectionDirectory directory;

  private FileConnectionStore(File directory) {
    this.directory = new ConnectionDirectory(directory, PlainFiles.present());
  }

  /**
   * Returns a store in this directory, which is made when the first entry is saved. Touches no file
   * by itself.
   */
  public static FileConnectionStore in(File directory) {
    return new FileConnectionStore(
        Objects.requireNonNull(directory, "directory is null: give one for the connection files"));
  }

  /**
   * Returns a store as {@link #in(File)} does. Not for Android before 8.0.
   *
   * @throws UnsupportedOperationException if the path is not of the machine's own file system
   */
  @NotOnAndroid21
  public static FileConnectionStore in(Path directory) {
    Objects.requireNonNull(directory, "directory is null: give one for the connection files");
    return in(directory.toFile());
  }

  /**
   * Returns the entry of a room; null if there is none.
   *
   * @throws IOException if the file cannot be read, is damaged, or others may write it or the
   *     directory; names the file, and nothing of what is in it
   * @throws IllegalArgumentException if the room's name is too long for a file's
   */
  @Override
  public @Nullable StoredConnection load(String room) throws IOException {
    return directory.load(requireName(room));
  }

  @Override
  public Map<String, StoredConnection> loadAll(Collection<String> rooms) throws IOException {
    return directory.loadAll(
        Objects.requireNonNull(rooms, "rooms is null: give an empty list for none"));
  }

  /**
   * Writes a room's entry in place of another.
   *
   * @throws IOException if it cannot be written, as for {@link #load}; the one before stays
   * @throws IllegalArgumentException if the room's name is too long for a file's
   */
  @Override
  public boolean save(String room, StoredConnection connection, long replaced) throws IOException {
    requireName(room);
    Objects.requireNonNull(connection, "connection is null: to remove an entry, call remove");
    return directory.save(room, connection, replaced);
  }

  @Override
  public boolean remove(String room, long counter) throws IOException {
    return directory.remove(requireName(room), counter);
  }

  private static String requireName(String room) {
    return Objects.requireNonNull(room, "room is null: give the name in its ConnectionOptions");
  }

  /** Returns the directory. */
  @Override
  public String toString() {
    return "FileConnectionStore{" + directory + "}";
  }
}
