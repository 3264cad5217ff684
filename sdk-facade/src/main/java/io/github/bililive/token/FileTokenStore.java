package io.github.bililive.token;

import io.github.bililive.internal.store.NotOnAndroid21;
import io.github.bililive.internal.store.PlainFiles;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.internal.token.TokenDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens in a directory, a file for each broadcaster, which the owner alone may read.
 *
 * <p>A pair is written to a new file, forced to the disk, and moved over the old one in one step:
 * when the process is killed, the file holds the old pair or the new one. A new file that was
 * written whole and not moved is found by the next {@link #load} and used, since the platform has
 * spent the old pair by then.
 *
 * <p>On systems with POSIX permissions the files are made with mode 600, and the directory, if it
 * is not there yet, with 700. A directory or file that others may write, or that belongs to another
 * user than this program's and root, is refused. On Windows the files get an access list with their
 * owner alone, where the file system has such lists.
 *
 * <p>On Android the directory must be one of the app's private ones, such as that of {@code
 * Context.getFilesDir()}: before Android 8.0 nothing is checked, and moves are not forced to the
 * disk.
 *
 * <p>Safe for use by several threads, and by several processes on one machine, each of which may
 * renew tokens. The file {@code tokens.lock} in the directory, which is empty, keeps them apart for
 * the moment of a read or write; who renews a pair stands in a file beside it, {@code
 * token-….json.lease}. A lease lasts by the machine's clock; it ends early if that is set forward,
 * or back by more than a minute.
 */
public final class FileTokenStore implements TokenStore {
  private final TokenDirectory directory;

  FileTokenStore(File directory, PlainFiles files, WallClock clock) {
    this.directory = new TokenDirectory(directory, files, clock);
  }

  /**
   * Returns a store in this directory, which is made when the first pair is saved. Touches no file
   * by itself.
   */
  public static FileTokenStore in(File directory) {
    Objects.requireNonNull(directory, "directory is null: give one for the token files");
    return new FileTokenStore(directory, PlainFiles.present(), WallClock.SYSTEM);
  }

  /**
   * Returns a store as {@link #in(File)} does. Not for Android before 8.0.
   *
   * @throws UnsupportedOperationException if the path is not of the machine's own file system
   */
  @NotOnAndroid21
  public static FileTokenStore in(Path directory) {
    Objects.requireNonNull(directory, "directory is null: give one for the token files");
    return in(directory.toFile());
  }

  /**
   * Returns the pair that was saved last.
   *
   * @return null if there is none
   * @throws IOException if the file cannot be read, is damaged or another broadcaster's, is larger
   *     than a token file can be or no file at all, if others may write it or the directory, or if
   *     the thread is interrupted while another process is at work; names the file, and nothing of
   *     what is in it
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    return directory.load(requireName(broadcaster));
  }

  /**
   * Saves a pair in place of the one before.
   *
   * @throws IOException if it cannot be written, if others may write the directory, or if the
   *     thread is interrupted while another process is at work; the one before stays
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public void save(String broadcaster, OAuthToken token) throws IOException {
    requireName(broadcaster);
    Objects.requireNonNull(token, "token is null: to remove a pair, call remove");
    directory.save(broadcaster, token, null);
  }

  /**
   * Saves a pair in place of another. A file that is damaged is replaced, too.
   *
   * @return false if the file holds another pair by now, or there is none
   * @throws IOException as for {@link #save(String, OAuthToken)}
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public boolean save(String broadcaster, OAuthToken token, OAuthToken replaced)
      throws IOException {
    requireName(broadcaster);
    Objects.requireNonNull(token, "token is null: to remove a pair, call remove");
    Objects.requireNonNull(replaced, "replaced is null: give the pair that was renewed");
    return directory.save(broadcaster, token, replaced);
  }

  /**
   * Removes the pair and the lease on it. The pair goes in one step: when the process is killed,
   * the pair is there as it was, or gone. Forced to the disk.
   *
   * @throws IOException if it cannot be deleted, as for {@link #save(String, OAuthToken)}
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public void remove(String broadcaster) throws IOException {
    directory.remove(requireName(broadcaster));
  }

  /**
   * Lets one owner alone renew a pair until a time, by the machine's clock.
   *
   * @return false if another owner has the lease, or there is no pair
   * @throws IOException as for {@link #save(String, OAuthToken)}
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public boolean lease(String broadcaster, String owner, long millis) throws IOException {
    return directory.lease(requireName(broadcaster), requireOwner(owner), millis);
  }

  /**
   * Ends a lease, if it is this owner's.
   *
   * @throws IOException as for {@link #save(String, OAuthToken)}
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public void release(String broadcaster, String owner) throws IOException {
    directory.release(requireName(broadcaster), requireOwner(owner));
  }

  private static String requireOwner(String owner) {
    return Objects.requireNonNull(owner, "owner is null: give a name that no other client has");
  }

  private static String requireName(String broadcaster) {
    return Objects.requireNonNull(
        broadcaster, "broadcaster is null: give the name that the app uses");
  }

  /** Returns the directory. */
  @Override
  public String toString() {
    return "FileTokenStore{" + directory + "}";
  }
}
