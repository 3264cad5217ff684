package io.github.bililive;

import static io.github.bililive.Arguments.given;
import static io.github.bililive.Arguments.positiveMillis;

import io.github.bililive.internal.http.LeaseText;
import io.github.bililive.internal.http.Waiting;
import io.github.bililive.internal.room.Door;
import io.github.bililive.internal.room.Leases;
import io.github.bililive.token.AccessTokenProvider;
import java.util.concurrent.TimeUnit;

/**
 * A server's side of apps without the app secret: starts connections for them, and keeps each alive
 * as long as its app renews its lease. The apps have a {@link ConnectionSource}.
 *
 * <p>Make one for a client and keep it; it ends with the client. The server hands each question on
 * as the app wrote it, and the answer likewise. Who the user is and which room they may hear is the
 * server's business: check it before. Questions and answers hold secrets; do not log them.
 *
 * <p>A broadcaster's token or identity code counts when a connection is started; other questions
 * for it may name another. Safe for use by several threads.
 */
public final class ConnectionRelay {
  /** As long as the platform keeps a session by identity code; apps renew every 20 s. */
  private static final long LEASE_SECONDS = 60;

  private final ClientParts parts;
  private final Leases leases;

  private ConnectionRelay(ClientParts parts, int leaseSeconds) {
    this.parts = parts;
    leases = new Leases(parts.scheduler, leaseSeconds);
  }

  /** Returns the relay of a client with credentials, with leases of 60 s. */
  public static ConnectionRelay of(BiliLiveClient client) {
    return of(client, LEASE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Returns the relay of a client with credentials. An app that has died holds one of its room's
   * places for this long, and then for the 30 s that the platform keeps it.
   *
   * @param lease how long a connection is kept after the app was last heard of, in whole seconds;
   *     at least three times the apps' {@code heartbeatInterval} of 20 s
   * @throws IllegalArgumentException if it is less than a second or more than a day
   */
  public static ConnectionRelay of(BiliLiveClient client, long lease, TimeUnit unit) {
    ClientParts parts = given(client, "client", "give one with credentials").parts;
    long seconds = TimeUnit.MILLISECONDS.toSeconds(positiveMillis("lease", lease, unit));
    if (seconds < 1 || seconds > TimeUnit.DAYS.toSeconds(1)) {
      throw new IllegalArgumentException(
          "lease is " + lease + " " + unit + ": give 1 s to 1 day, such as 60 s");
    }
    return new ConnectionRelay(parts, (int) seconds);
  }

  /**
   * Answers an app's question about the room of a broadcaster's token. Waits while a connection is
   * started. If the platform refuses that, the answer says so, and the app knows what to do.
   *
   * @throws IllegalArgumentException if it is no question: answer with the HTTP status 400
   * @throws IllegalStateException if the client is closed, or has no credentials
   */
  public String answer(String question, AccessTokenProvider accessToken) {
    return answer(question, parts.door(accessToken));
  }

  /** Answers as {@link #answer(String, AccessTokenProvider)} does, for an identity code's room. */
  public String answer(String question, IdentityCode identityCode) {
    return answer(question, parts.door(identityCode));
  }

  private String answer(String question, Door door) {
    Waiting<String> answer = parts.waiting("start");
    answer(question, door, answer);
    return answer.await(() -> {});
  }

  /**
   * Answers as {@link #answer(String, AccessTokenProvider)} does, without waiting; the callback
   * hears the answer, and no failure.
   */
  public void answer(
      String question, AccessTokenProvider accessToken, AnswerCallback<String> callback) {
    answer(question, parts.door(accessToken), parts.onExecutor(callback));
  }

  /** Answers as {@link #answer(String, IdentityCode)} does; the callback hears the answer. */
  public void answer(String question, IdentityCode identityCode, AnswerCallback<String> callback) {
    answer(question, parts.door(identityCode), parts.onExecutor(callback));
  }

  private void answer(String question, Door door, AnswerCallback<String> callback) {
    leases.answer(
        LeaseText.readQuestion(given(question, "question", "give what the app sent")),
        door,
        callback);
  }
}
