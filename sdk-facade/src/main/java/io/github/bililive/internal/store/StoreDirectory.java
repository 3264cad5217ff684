package io.github.bililive.internal.store;

import io.github.bililive.internal.time.SystemScheduler;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directory of small files, one for each entry of a store, with {@code java.io.File} alone. One
 * operation at a time goes on in a directory: a lock on a file keeps other processes out, a monitor
 * other threads.
 */
public final class StoreDirectory {
  /** An entry takes some hundred bytes; no answer of the platform's is longer than this. */
  public static final int MAX_BYTES = 1 << 20;

  /** A file name has 255 bytes at most; the rest is for prefix, suffix and a temporary name. */
  private static final int MAX_NAME_LENGTH = 200;

  /** After how long, and how often at most, a lock is asked for again that the system refused. */
  private static final long RETRY_MILLIS = 5;

  private static final int MOST_RETRIES = 400;

  private static final String NEW = ".new";

  private final File directory;
  private final PlainFiles files;
  private final String what;

  /**
   * Creates the directory of files of one kind.
   *
   * @param what the kind in one word, such as {@code "token"}: it is in the files' names
   */
  public StoreDirectory(File directory, PlainFiles files, String what) {
    this.directory = directory.getAbsoluteFile();
    this.files = files;
    this.what = what;
  }

  /** What is done under the lock. */
  public interface Work<T> {
    /** Does it; nothing of the directory is read or written by others meanwhile. */
    @Nullable T run() throws IOException;
  }

  /** Tells a text that was written whole from a torn one. */
  public interface Wholeness {
    /** Returns whether it is whole. */
    boolean isWhole(byte[] text);
  }

  /** Returns whether the directory is there. */
  public boolean exists() {
    return directory.exists();
  }

  /** Makes the directory if it is not there. */
  public void create() throws IOException {
    files.createDirectory(directory);
  }

  /**
   * Returns {@code <what>-<name>.json}. Lower-case letters, digits, {@code -} and {@code _} stay;
   * every other byte is written {@code =2F}: also capitals, which some file systems do not tell
   * from small letters. Half of a surrogate pair, which UTF-8 does not have, is {@code =uD83D}.
   *
   * @param whose the kind of name, such as {@code "broadcaster"}
   * @throws IllegalArgumentException if the name is too long
   */
  public File file(String whose, String entry) {
    StringBuilder name = new StringBuilder();
    int length;
    for (int i = 0; i < entry.length(); i += length) {
      int codePoint = entry.codePointAt(i);
      length = Character.charCount(codePoint);
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        name.append(String.format(Locale.ROOT, "=u%04X", codePoint));
      } else {
        append(name, entry.substring(i, i + length).getBytes(StandardCharsets.UTF_8));
      }
    }
    if (name.length() > MAX_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "the "
              + whose
              + "'s name takes "
              + name.length()
              + " characters in a file's name: give one that takes at most "
              + MAX_NAME_LENGTH);
    }
    return new File(directory, what + "-" + name + ".json");
  }

  private static void append(StringBuilder name, byte[] bytes) {
    for (byte b : bytes) {
      boolean stays = (b >= 'a' && b <= 'z') || (b >= '0' && b <= '9') || b == '-' || b == '_';
      name.append(stays ? String.valueOf((char) b) : String.format(Locale.ROOT, "=%02X", b & 0xff));
    }
  }

  /** Does something under the lock of the directory, which must be there. */
  public <T> @Nullable T locked(Work<T> work) throws IOException {
    if (!directory.isDirectory()) {
      throw new IOException(directory + " is not a directory: give one for the " + what + " files");
    }
    files.requireOwn(directory);
    File lockFile = new File(directory, what + "s.lock");
    // All class loaders of a JVM share interned texts, as they share the locks on files.
    synchronized (("bililive " + lockFile.getCanonicalPath()).intern()) {
      files.create(lockFile);
      if (!lockFile.isFile()) {
        throw new IOException(lockFile + " is not a regular file: move it away");
      }
      try (RandomAccessFile opened = new RandomAccessFile(lockFile, "rw")) {
        lock(opened.getChannel()); // Until it is closed.
        return work.run();
      } catch (FileLockInterruptionException e) {
        throw new IOException("interrupted while waiting for the lock on " + lockFile, e);
      }
    }
  }

  /**
   * Waits for a lock. POSIX counts locks by process, not by thread: of two processes that each use
   * two directories, whose threads wait for one and hold the other, it says that they block each
   * other for good. They do not, so it is asked again.
   */
  private static void lock(FileChannel channel) throws IOException {
    for (int retries = 0; ; retries++) {
      try {
        channel.lock();
        return;
      } catch (FileLockInterruptionException e) {
        throw e;
      } catch (IOException e) { // "Resource deadlock avoided", or what does not pass.
        if (retries == MOST_RETRIES) {
          throw e;
        }
      }
      try {
        SystemScheduler.pause(RETRY_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new FileLockInterruptionException();
      }
    }
  }

  // What follows is called under the lock.

  /**
   * Returns what is in a file, up to a byte more than it may have at most; null if there is none.
   */
  public byte @Nullable [] read(File file) throws IOException {
    if (!file.exists()) {
      return null;
    }
    if (!file.isFile()) {
      throw new IOException(file + " is not a regular file: move it away");
    }
    files.requireOwn(file);
    return bytesOf(file);
  }

  /** Writes a file in place of the one before: when the process is killed, either is there. */
  public void write(File file, byte[] text) throws IOException {
    // Only now, so that there is never more than one and it is newer than the file.
    for (File left : newFilesOf(file)) {
      remove(left);
    }
    File written = new File(directory, file.getName() + "." + UUID.randomUUID() + NEW);
    try {
      files.create(written);
      try (FileOutputStream out = new FileOutputStream(written)) {
        out.write(text);
        out.getFD().sync();
      }
    } catch (IOException | RuntimeException e) {
      remove(written); // It may be torn.
      throw e;
    }
    move(written, file);
  }

  /** Moves a new file that was written whole into its place, and deletes one that was not. */
  public void finishWrite(File file, Wholeness wholeness) throws IOException {
    for (File left : newFilesOf(file)) {
      if (left.isFile() && wholeness.isWhole(bytesOf(left))) {
        move(left, file);
      } else {
        remove(left);
      }
    }
  }

  /** Deletes a file if it is there, and forces that to the disk. */
  public void delete(File file) throws IOException {
    if (file.isDirectory()) {
      throw inTheWay(file);
    }
    remove(file);
    files.force(directory);
  }

  private List<File> newFilesOf(File file) {
    List<File> found = new ArrayList<>();
    String prefix = file.getName() + ".";
    File[] all =
        directory.listFiles((parent, name) -> name.startsWith(prefix) && name.endsWith(NEW));
    if (all != null) {
      for (File each : all) {
        if (!each.isDirectory()) {
          found.add(each);
        }
      }
    }
    return found;
  }

  private static byte[] bytesOf(File file) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = new FileInputStream(file)) {
      int most = Math.min(buffer.length, MAX_BYTES + 1 - text.size());
      for (int read = in.read(buffer, 0, most); read > 0; read = in.read(buffer, 0, most)) {
        text.write(buffer, 0, read);
        most = Math.min(buffer.length, MAX_BYTES + 1 - text.size());
      }
    }
    return text.toByteArray();
  }

  private void move(File from, File to) throws IOException {
    if (to.isDirectory()) {
      throw inTheWay(to);
    }
    files.move(from, to);
    files.force(directory);
  }

  private IOException inTheWay(File file) {
    return new IOException(
        file + " is a directory where a " + what + " file belongs: move it away");
  }

  private static void remove(File file) throws IOException {
    if (!file.delete() && file.exists()) {
      throw new IOException("cannot delete " + file);
    }
  }

  /** Returns the directory. */
  @Override
  public String toString() {
    return directory.toString();
  }
}
