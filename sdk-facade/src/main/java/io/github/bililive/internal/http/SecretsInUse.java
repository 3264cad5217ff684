package io.github.bililive.internal.http;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The secrets that somebody holds: a provider its pair, a room its auth body, a user what a call
 * returned. One is forgotten with its holder, by the garbage collector. Safe for use by several
 * threads.
 */
final class SecretsInUse {
  /** Guarded by itself. */
  private final Map<Held, String[]> forms = new HashMap<>();

  private final ReferenceQueue<String> gone = new ReferenceQueue<>();

  void add(String secret) {
    if (secret.length() < SecretForms.SHORTEST) {
      return;
    }
    Held held = new Held(secret, gone);
    synchronized (forms) {
      forgetThoseGone();
      if (forms.containsKey(held)) {
        return;
      }
    }
    String[] its = SecretForms.of(secret); // Not under the lock: it may be long.
    synchronized (forms) {
      forms.put(held, its);
    }
  }

  Collection<String[]> forms() {
    synchronized (forms) {
      forgetThoseGone();
      return new ArrayList<>(forms.values());
    }
  }

  private void forgetThoseGone() {
    for (Reference<?> next = gone.poll(); next != null; next = gone.poll()) {
      forms.remove(next);
    }
  }

  /** One {@link String}, by identity: of two equal ones each has a holder of its own. */
  private static final class Held extends WeakReference<String> {
    private final int hash;

    Held(String secret, ReferenceQueue<String> gone) {
      super(secret, gone);
      hash = System.identityHashCode(secret);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // That is the point.
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      String secret = get();
      return secret != null && other instanceof Held && ((Held) other).get() == secret;
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
