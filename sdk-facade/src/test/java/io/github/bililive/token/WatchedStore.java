package io.github.bililive.token;

import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A shared store that tells how far a refresh has come, and whose it is. */
record WatchedStore(TokenStore store, BiConsumer<String, String> told) implements TokenStore {
  @Override
  public @Nullable OAuthToken load(String broadcaster) throws IOException {
    return store.load(broadcaster);
  }

  @Override
  public void save(String broadcaster, OAuthToken token) throws IOException {
    store.save(broadcaster, token);
  }

  @Override
  public boolean save(String broadcaster, OAuthToken token, OAuthToken replaced)
      throws IOException {
    boolean isSaved = store.save(broadcaster, token, replaced);
    told.accept(isSaved ? "after the save" : "refused", broadcaster);
    return isSaved;
  }

  @Override
  public void remove(String broadcaster) throws IOException {
    store.remove(broadcaster);
  }

  @Override
  public boolean lease(String broadcaster, String owner, long millis) throws IOException {
    boolean isLeased = store.lease(broadcaster, owner, millis);
    told.accept(isLeased ? "after the lease" : "leased by another", broadcaster);
    return isLeased;
  }

  @Override
  public void release(String broadcaster, String owner) throws IOException {
    store.release(broadcaster, owner);
  }
}
