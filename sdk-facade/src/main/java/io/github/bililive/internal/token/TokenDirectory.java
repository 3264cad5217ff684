package io.github.bililive.internal.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bililive.internal.store.PlainFiles;
import io.github.bililive.internal.store.StoreDirectory;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.OAuthToken;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A directory of token files. Beside each is one that says who renews the pair, if anyone does. */
public final class TokenDirectory {
  /** A lease from further ahead is from before the clock was set back: its end is not known. */
  private static final long AHEAD_MILLIS = 60_000;

  private final StoreDirectory directory;
  private final WallClock clock;

  /** Creates it; the clock says when a lease ends. */
  public TokenDirectory(File directory, PlainFiles files, WallClock clock) {
    this.directory = new StoreDirectory(directory, files, "token");
    this.clock = clock;
  }

  private File fileOf(String broadcaster) {
    return directory.file("broadcaster", broadcaster);
  }

  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    File file = fileOf(broadcaster);
    return directory.exists() ? directory.locked(() -> load(file, broadcaster)) : null;
  }

  private @Nullable OAuthToken load(File file, String broadcaster) throws IOException {
    finishSave(file, broadcaster);
    byte[] text = directory.read(file);
    if (text == null) {
      return null;
    }
    OAuthToken token = pair(broadcaster, text);
    if (token == null) {
      throw new IOException(
          file
              + " is damaged: it is not a whole token file of this broadcaster ("
              + file.length()
              + " bytes); restore it, or delete it and let the broadcaster authorise the app anew");
    }
    return token;
  }

  /** Returns null if the text is not a whole token file of this broadcaster. */
  private static @Nullable OAuthToken pair(String broadcaster, byte[] text) {
    return text.length > StoreDirectory.MAX_BYTES ? null : TokenFile.read(broadcaster, text);
  }

  /**
   * Saves a pair.
   *
   * @param replaced the one in whose place alone it is saved; null if that does not matter
   * @return false if there is another, or none; a file that is damaged is replaced
   */
  public boolean save(String broadcaster, OAuthToken token, @Nullable OAuthToken replaced)
      throws IOException {
    File file = fileOf(broadcaster);
    byte[] text = TokenFile.write(broadcaster, token);
    if (text.length > StoreDirectory.MAX_BYTES) {
      throw new IOException(
          "the pair takes "
              + text.length
              + " bytes: a token file has at most "
              + StoreDirectory.MAX_BYTES);
    }
    directory.create();
    return isTrue(
        () -> {
          if (replaced != null && !holds(file, broadcaster, replaced)) {
            return false;
          }
          directory.write(file, text);
          return true;
        });
  }

  private boolean holds(File file, String broadcaster, OAuthToken token) throws IOException {
    finishSave(file, broadcaster);
    byte[] text = directory.read(file);
    OAuthToken present = text == null ? null : pair(broadcaster, text);
    return present == null ? text != null : CurrentToken.isSame(present, token);
  }

  /** Writes down who renews a pair. Returns false if another does, or there is no pair. */
  public boolean lease(String broadcaster, String owner, long millis) throws IOException {
    File file = fileOf(broadcaster);
    return directory.exists()
        && isTrue(
            () -> {
              finishSave(file, broadcaster);
              long now = clock.currentTimeMillis();
              if (!file.exists() || isOfAnother(file, owner, now)) {
                return false;
              }
              String text = now + " " + (now + millis) + " " + owner;
              directory.write(leaseOf(file), text.getBytes(UTF_8));
              return true;
            });
  }

  public void release(String broadcaster, String owner) throws IOException {
    File file = fileOf(broadcaster);
    if (directory.exists()) {
      isTrue(
          () -> {
            if (!isOfAnother(file, owner, clock.currentTimeMillis())) {
              directory.delete(leaseOf(file));
            }
            return true;
          });
    }
  }

  /** What cannot be read is nobody's lease. */
  private boolean isOfAnother(File file, String owner, long now) throws IOException {
    byte[] text = directory.read(leaseOf(file));
    String[] parts = text == null ? new String[0] : new String(text, UTF_8).split(" ", 3);
    try {
      return parts.length == 3
          && !parts[2].equals(owner)
          && Long.parseLong(parts[0]) - now <= AHEAD_MILLIS
          && now < Long.parseLong(parts[1]);
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static File leaseOf(File file) {
    return new File(file.getPath() + ".lease");
  }

  private boolean isTrue(StoreDirectory.Work<Boolean> work) throws IOException {
    return Boolean.TRUE.equals(directory.locked(work));
  }

  public void remove(String broadcaster) throws IOException {
    File file = fileOf(broadcaster);
    if (!directory.exists()) {
      return;
    }
    directory.locked(
        () -> {
          finishSave(file, broadcaster); // Or the next load would find what was left of it.
          directory.delete(file);
          directory.delete(leaseOf(file));
          return null;
        });
  }

  private void finishSave(File file, String broadcaster) throws IOException {
    directory.finishWrite(file, text -> TokenFile.read(broadcaster, text) != null);
  }

  /** Returns the directory. */
  @Override
  public String toString() {
    return directory.toString();
  }
}
