package io.github.bililive.internal.store;

import java.io.File;
import java.io.IOException;

/**
 * What {@code java.io.File} can do for a store. {@link OwnedFiles} does it better, where there is
 * {@code java.nio.file}: Android has that since 8.0.
 */
public class PlainFiles {
  /** The best there is on this machine. */
  public static PlainFiles present() {
    try {
      Class.forName("java.nio.file.Files");
    } catch (ClassNotFoundException e) {
      return new PlainFiles();
    }
    return new OwnedFiles();
  }

  /** Makes a directory that is not there yet, and those above it. */
  void createDirectory(File directory) throws IOException {
    if (!directory.mkdirs() && !directory.isDirectory()) {
      throw new IOException("cannot make the directory " + directory);
    }
  }

  /** Makes an empty file, for its owner alone. Returns false if there is one. */
  boolean create(File file) throws IOException {
    return file.createNewFile();
  }

  /** Moves a file over another in one step. */
  void move(File from, File to) throws IOException {
    if (!from.renameTo(to)) {
      throw new IOException("cannot move " + from + " to " + to);
    }
  }

  /** Forces what has happened to a directory's entries to the disk, if that can be done. */
  void force(File directory) {}

  /**
   * Checks that nobody but this program's user may write a file or directory.
   *
   * @throws IOException if somebody may; names it, and says what would be right
   */
  void requireOwn(File file) throws IOException {}
}
