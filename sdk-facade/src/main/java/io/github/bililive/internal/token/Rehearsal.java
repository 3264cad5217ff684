package io.github.bililive.internal.token;

import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.TokenStore;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Goes through what follows a refresh before a client's first one: reading an answer, and saving a
 * pair. So what makes the store fail is found before a refresh token is spent, and no class has to
 * be loaded between the answer, which spends it, and the save: a process that dies in between loses
 * the pair, and the first time that took up to a tenth of a second.
 *
 * <p>Safe for use by several threads.
 */
final class Rehearsal {
  private final Renewals renewals;
  private final TokenStore store;
  private final AtomicBoolean over = new AtomicBoolean();

  Rehearsal(Renewals renewals, TokenStore store) {
    this.renewals = renewals;
    this.store = store;
  }

  /**
   * Rehearses, unless that has been done.
   *
   * @param present the pair that the store holds; it is saved again, unless another is there by now
   * @throws IOException if the store fails; it is rehearsed again the next time
   */
  void before(String broadcaster, OAuthToken present) throws IOException {
    if (over.get()) {
      return;
    }
    renewals.rehearse();
    if (present.equals(store.load(broadcaster))) {
      store.save(broadcaster, present);
    }
    over.set(true);
  }
}
