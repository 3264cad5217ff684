package io.github.bililive.internal.token;

import io.github.bililive.internal.store.PlainFiles;
import io.github.bililive.internal.store.StoreDirectory;
import io.github.bililive.token.OAuthToken;
import java.io.File;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A directory of token files. */
public final class TokenDirectory {
  private final StoreDirectory directory;

  public TokenDirectory(File directory, PlainFiles files) {
    this.directory = new StoreDirectory(directory, files, "token");
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
    OAuthToken token =
        text.length > StoreDirectory.MAX_BYTES ? null : TokenFile.read(broadcaster, text);
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
    directory.locked(
        () -> {
          directory.write(file, text);
          return null;
        });
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
