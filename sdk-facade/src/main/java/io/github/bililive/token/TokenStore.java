package io.github.bililive.token;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where an app keeps its broadcasters' tokens over restarts. A refresh token works once, so the
 * store must hold the newest pair: each pair is saved before its access token is used. All of an
 * {@link OAuthToken} comes back as it was saved, the times of its grant and expiry included: they
 * say when it is to be renewed.
 *
 * <p>Called on threads of the SDK's that may block, for each broadcaster one call at a time in each
 * client. Whatever a method throws counts as a failure of the store: it is asked again after a
 * pause, and the log and {@code TokenEvents} say so.
 *
 * <p><b>Shared by several processes.</b> {@link FileTokenStore} and {@link JdbcTokenStore} may be
 * shared, by clients in one process, too. A store of your own needs all six methods for that; one
 * that wraps another, such as to encrypt, passes all six on. To renew a pair, a client takes the
 * lease, loads the pair again, asks the platform if the pair is still the one that is due, saves
 * the new one in place of it, and releases the lease; nothing of the store's is held while the
 * platform is asked. A client that does not get the lease waits, and uses the pair that the other
 * saves. A store with {@link #load}, {@link #save(String, OAuthToken)} and {@link #remove} alone is
 * for one client in one process: a second would spend the refresh token of the first.
 */
public interface TokenStore {
  /**
   * Returns the pair that was saved last, by whichever process: not from a cache or a replica that
   * may be behind.
   *
   * @param broadcaster whose, by the name that the app gave
   * @return null if there is none
   * @throws IOException if it cannot be read
   */
  @Nullable OAuthToken load(String broadcaster) throws IOException;

  /**
   * Saves a pair that the broadcaster has newly authorised, in place of whatever is there. When
   * this returns, the pair must be stored for good; when it is interrupted at any point, the store
   * must hold either the old or the new pair.
   *
   * @param broadcaster whose, by the name that the app gave
   * @throws IOException if it cannot be saved; the pair is kept in memory and offered again
   */
  void save(String broadcaster, OAuthToken token) throws IOException;

  /**
   * Saves a pair that a refresh has brought, if the store still holds the one that was renewed: in
   * one step, such as {@code UPDATE … WHERE broadcaster = ? AND refresh_token = ?}. By default
   * saves it whatever is there, and returns true.
   *
   * @param broadcaster whose, by the name that the app gave
   * @param token the new pair
   * @param replaced the one that it replaces; its two tokens say which it is
   * @return false if the store holds another by now, or none, which then stays. The SDK keeps the
   *     refused pair in memory and tells of it by {@code TokenEvents.saveRefused}
   * @throws IOException if it cannot be saved; the pair is kept in memory and offered again
   */
  default boolean save(String broadcaster, OAuthToken token, OAuthToken replaced)
      throws IOException {
    save(broadcaster, token);
    return true;
  }

  /**
   * Removes the pair of a broadcaster who was forgotten, and the lease on it. When this returns, no
   * pair of theirs may be left. Does nothing if there is none.
   *
   * @param broadcaster whose, by the name that the app gave
   * @throws IOException if it cannot be removed
   */
  void remove(String broadcaster) throws IOException;

  /**
   * Lets one client alone renew a broadcaster's pair until a time, in one conditional write. The
   * lease ends by itself then, since its owner may have been killed. An owner that has it may take
   * it again, for longer. By default grants it always, and remembers nothing.
   *
   * @param broadcaster whose pair it is, by the name that the app gave
   * @param owner a name that no other client has
   * @param millis how long from now, in milliseconds: longer than a refresh may take. By the
   *     store's clock, or by those of the machines if they are at most 15 s apart
   * @return false if another owner has it and it has not ended, or if there is no pair
   * @throws IOException if it cannot be written; then no pair is renewed for the moment
   */
  default boolean lease(String broadcaster, String owner, long millis) throws IOException {
    return true;
  }

  /**
   * Ends a lease, in one conditional write. Does nothing if this owner does not have it. By default
   * does nothing.
   *
   * @param broadcaster whose pair it is, by the name that the app gave
   * @param owner who has it
   * @throws IOException if it cannot be written; then the lease ends by itself
   */
  default void release(String broadcaster, String owner) throws IOException {}
}
