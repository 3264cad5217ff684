package io.github.bililive.token;

import io.github.bililive.internal.token.FileOwner;
import io.github.bililive.internal.token.NotOnAndroid21;
import io.github.bililive.internal.token.TokenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
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
 * is not there yet, with 700. On Windows the files get an access list with their owner alone, where
 * the file system has such lists.
 *
 * <p>For JVMs, and Android from API 26: below that there is no {@code java.nio.file}. Safe for use
 * by several threads, for one process.
 */
@NotOnAndroid21
public final class FileTokenStore implements TokenStore {
  private static final String NEW = ".new";

  private final Path directory;

  private FileTokenStore(Path directory) {
    this.directory = directory;
  }

  /**
   * Returns a store in this directory, which is made when the first pair is saved. Touches no file
   * by itself.
   */
  public static FileTokenStore in(Path directory) {
    Objects.requireNonNull(directory, "directory is null: give one for the token files");
    return new FileTokenStore(directory.toAbsolutePath());
  }

  /**
   * Returns the pair that was saved last.
   *
   * @return null if there is none
   * @throws IOException if the file cannot be read, or is damaged; names the file, and nothing of
   *     what is in it
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    Path file = fileOf(broadcaster);
    finishSave(file);
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return null;
    }
    OAuthToken token = TokenFile.read(text);
    if (token == null) {
      throw new IOException(
          file
              + " is damaged: it is not a whole token file ("
              + text.length
              + " bytes); restore it, or delete it and let the broadcaster authorise the app anew");
    }
    return token;
  }

  /**
   * Saves a pair in place of the one before.
   *
   * @throws IOException if it cannot be written; the one before stays
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public void save(String broadcaster, OAuthToken token) throws IOException {
    Path file = fileOf(broadcaster);
    Objects.requireNonNull(token, "token is null: to remove a pair, call remove");
    FileOwner.createDirectory(directory);
    // Only now, so that there is never more than one and it is newer than the file.
    for (Path left : newFilesOf(file)) {
      Files.deleteIfExists(left);
    }
    Path written = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + NEW);
    try {
      write(written, TokenFile.write(broadcaster, token));
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(written); // It may be torn.
      throw e;
    }
    move(written, file);
  }

  /**
   * Removes the pair, in one step: when the process is killed, the pair is there as it was, or
   * gone. Forced to the disk.
   *
   * @throws IOException if it cannot be deleted
   * @throws IllegalArgumentException if the broadcaster's name is too long for a file's
   */
  @Override
  public void remove(String broadcaster) throws IOException {
    Path file = fileOf(broadcaster);
    finishSave(file); // Or the next load would find what an interrupted save has left.
    Files.deleteIfExists(file);
    FileOwner.forceDirectory(directory);
  }

  private Path fileOf(String broadcaster) {
    Objects.requireNonNull(broadcaster, "broadcaster is null: give the name that the app uses");
    return directory.resolve(TokenFile.nameOf(broadcaster));
  }

  /** Moves a file that was written whole into its place, and deletes one that was not. */
  private void finishSave(Path file) throws IOException {
    for (Path left : newFilesOf(file)) {
      if (TokenFile.read(Files.readAllBytes(left)) == null) {
        Files.deleteIfExists(left);
      } else {
        move(left, file);
      }
    }
  }

  private List<Path> newFilesOf(Path file) throws IOException {
    List<Path> found = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return found;
    }
    String prefix = file.getFileName() + ".";
    try (DirectoryStream<Path> all =
        Files.newDirectoryStream(
            directory,
            path -> {
              String name = path.getFileName().toString();
              return name.startsWith(prefix) && name.endsWith(NEW);
            })) {
      for (Path path : all) {
        found.add(path);
      }
    }
    return found;
  }

  private static void write(Path file, byte[] text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            FileOwner.alone(file))) {
      FileOwner.restrict(file);
      ByteBuffer buffer = ByteBuffer.wrap(text);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  private void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    FileOwner.forceDirectory(directory);
  }

  /** Returns the directory. */
  @Override
  public String toString() {
    return "FileTokenStore{" + directory + "}";
  }
}
