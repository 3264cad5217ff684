package io.github.bililive.internal.token;

import io.github.bililive.token.OAuthToken;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileLockInterruptionException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A directory of token files, with {@code java.io.File} alone. One operation at a time goes on in a
 * directory: a lock on {@value #LOCK} keeps other processes out, a monitor other threads.
 */
public final class TokenDirectory {
  static final String LOCK = "tokens.lock";

  private static final String NEW = ".new";

  private final File directory;
  private final PlainFiles files;

  public TokenDirectory(File directory, PlainFiles files) {
    this.directory = directory.getAbsoluteFile();
    this.files = files;
  }

  /** What is done under the lock. */
  private interface Work {
    @Nullable OAuthToken run(File file) throws IOException;
  }

  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    String name = TokenFile.nameOf(broadcaster);
    return directory.exists() ? locked(name, file -> load(file, broadcaster)) : null;
  }

  private @Nullable OAuthToken load(File file, String broadcaster) throws IOException {
    finishSave(file, broadcaster);
    if (!file.exists()) {
      return null;
    }
    if (!file.isFile()) {
      throw new IOException(file + " is not a regular file: move it away");
    }
    files.requireOwn(file);
    byte[] text = read(file);
    OAuthToken token = text.length > TokenFile.MAX_BYTES ? null : TokenFile.read(broadcaster, text);
    if (token == null) {
      throw new IOException(
          file
              + " is damaged: it is not a whole token file of this broadcaster ("
              + file.length()
              + " bytes); restore it, or delete it and let the broadcaster authorise the app anew");
    }
    return token;
  }

  public void save(String broadcaster, OAuthToken token) throws IOException {
    String name = TokenFile.nameOf(broadcaster);
    byte[] text = TokenFile.write(broadcaster, token);
    if (text.length > TokenFile.MAX_BYTES) {
      throw new IOException(
          "the pair takes "
              + text.length
              + " bytes: a token file has at most "
              + TokenFile.MAX_BYTES);
    }
    files.createDirectory(directory);
    locked(
        name,
        file -> {
          // Only now, so that there is never more than one and it is newer than the file.
          for (File left : newFilesOf(file)) {
            delete(left);
          }
          File written = new File(directory, name + "." + UUID.randomUUID() + NEW);
          try {
            write(written, text);
          } catch (IOException | RuntimeException e) {
            delete(written); // It may be torn.
            throw e;
          }
          move(written, file);
          return null;
        });
  }

  public void remove(String broadcaster) throws IOException {
    String name = TokenFile.nameOf(broadcaster);
    if (!directory.exists()) {
      return;
    }
    locked(
        name,
        file -> {
          finishSave(file, broadcaster); // Or the next load would find what was left of it.
          if (file.isDirectory()) {
            throw inTheWay(file);
          }
          delete(file);
          files.force(directory);
          return null;
        });
  }

  /** Returns the directory. */
  @Override
  public String toString() {
    return directory.toString();
  }

  private @Nullable OAuthToken locked(String name, Work work) throws IOException {
    if (!directory.isDirectory()) {
      throw new IOException(directory + " is not a directory: give one for the token files");
    }
    files.requireOwn(directory);
    // All class loaders of a JVM share interned texts, as they share the locks on files.
    synchronized (("bililive " + new File(directory, LOCK).getCanonicalPath()).intern()) {
      File lockFile = new File(directory, LOCK);
      files.create(lockFile);
      if (!lockFile.isFile()) {
        throw new IOException(lockFile + " is not a regular file: move it away");
      }
      try (RandomAccessFile opened = new RandomAccessFile(lockFile, "rw")) {
        opened.getChannel().lock(); // Until it is closed.
        return work.run(new File(directory, name));
      } catch (FileLockInterruptionException e) {
        throw new IOException("interrupted while waiting for the lock on " + lockFile, e);
      }
    }
  }

  /** Moves a file that was written whole into its place, and deletes one that was not. */
  private void finishSave(File file, String broadcaster) throws IOException {
    for (File left : newFilesOf(file)) {
      boolean isWhole = left.isFile() && TokenFile.read(broadcaster, read(left)) != null;
      if (isWhole) {
        move(left, file);
      } else {
        delete(left);
      }
    }
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

  /** Reads one byte more than a token file has at most, if there are as many. */
  private static byte[] read(File file) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try (InputStream in = new FileInputStream(file)) {
      int most = Math.min(buffer.length, TokenFile.MAX_BYTES + 1 - text.size());
      for (int read = in.read(buffer, 0, most); read > 0; read = in.read(buffer, 0, most)) {
        text.write(buffer, 0, read);
        most = Math.min(buffer.length, TokenFile.MAX_BYTES + 1 - text.size());
      }
    }
    return text.toByteArray();
  }

  private void write(File file, byte[] text) throws IOException {
    files.create(file);
    try (FileOutputStream out = new FileOutputStream(file)) {
      out.write(text);
      out.getFD().sync();
    }
  }

  private void move(File from, File to) throws IOException {
    if (to.isDirectory()) {
      throw inTheWay(to);
    }
    files.move(from, to);
    files.force(directory);
  }

  private static IOException inTheWay(File file) {
    return new IOException(file + " is a directory where a token file belongs: move it away");
  }

  private static void delete(File file) throws IOException {
    if (!file.delete() && file.exists()) {
      throw new IOException("cannot delete " + file);
    }
  }
}
