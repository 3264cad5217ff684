package io.github.bililive.internal.http;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that a client has been given so far, and where a text shows them: as they are, or
 * escaped as {@link Unescaped} knows it, also several times over. The last {@value #MOST} of them,
 * which is what a thousand rooms have, and the app secret for ever.
 *
 * <p>What is shorter than {@value #SHORTEST} characters is not looked for: words of a text would be
 * taken for it, and what the platform issues is longer. Safe for use by several threads.
 */
final class KnownSecrets {
  /** The shortest secret that is looked for, in characters. */
  static final int SHORTEST = 8;

  /** How many are remembered. */
  static final int MOST = 4096;

  /** A URL in a JSON text in an HTML page are three. */
  private static final int MAX_ESCAPES = 6;

  /** What each secret reads like without escapes, the longest unused first. Guarded by itself. */
  private final Map<String, String> recent = new LinkedHashMap<>(16, 0.75f, true);

  /** A copy with the app secret, never changed; null if another secret came since. Guarded. */
  private @Nullable Map<String, String> all;

  private final String appSecret;
  private final String plainAppSecret;

  KnownSecrets(String appSecret) {
    this.appSecret = appSecret;
    plainAppSecret = plain(appSecret);
  }

  void add(String secret) {
    if (secret.length() < SHORTEST) {
      return;
    }
    synchronized (recent) {
      if (recent.get(secret) != null) {
        return; // It is used again by that.
      }
      recent.put(secret, plain(secret));
      all = null;
      if (recent.size() > MOST) {
        recent.remove(recent.keySet().iterator().next());
      }
    }
  }

  /** Returns the text with a bar in place of each secret. */
  String blacken(String text) {
    Map<String, String> secrets = all();
    BitSet black = new BitSet(text.length());
    Unescaped read = Unescaped.none(text);
    for (int escapes = 0; escapes < MAX_ESCAPES; escapes++) {
      mark(secrets.keySet(), read, black);
      Unescaped again = read.again();
      if (again == null) {
        break;
      }
      read = again;
    }
    mark(secrets.values(), read, black); // For those that have something like an escape.
    return black.isEmpty() ? text : barred(text, black);
  }

  private Map<String, String> all() {
    synchronized (recent) {
      Map<String, String> present = all;
      if (present == null) {
        present = new LinkedHashMap<>(recent);
        present.put(appSecret, plainAppSecret);
        all = present;
      }
      return present;
    }
  }

  private static void mark(Collection<String> secrets, Unescaped read, BitSet black) {
    for (String secret : secrets) {
      if (secret.length() >= SHORTEST) {
        read.mark(secret, black);
        if (secret.indexOf(' ') >= 0) {
          read.mark(secret.replace(' ', '+'), black); // As forms write it.
        }
      }
    }
  }

  private static String plain(String secret) {
    Unescaped read = Unescaped.none(secret);
    for (Unescaped next = read; next != null; next = next.again()) {
      read = next;
    }
    return read.text();
  }

  private static String barred(String text, BitSet black) {
    StringBuilder barred = new StringBuilder(text.length());
    int done = 0;
    for (int from = black.nextSetBit(0); from >= 0; from = black.nextSetBit(done)) {
      barred.append(text, done, from).append(AuthBodySeal.BAR);
      done = black.nextClearBit(from);
    }
    return barred.append(text, done, text.length()).toString();
  }
}
