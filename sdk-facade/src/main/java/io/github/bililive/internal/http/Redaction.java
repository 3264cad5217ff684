package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.Credentials;
import io.github.bililive.token.OAuthToken;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import okhttp3.Request;

/**
 * Replaces secrets in text of the platform's before it goes into a message. One for each client.
 *
 * <ul>
 *   <li>What stands in JSON as an auth body, an access or a refresh token, and what looks like a
 *       signature.
 *   <li>The secrets of the call that is answered, the app secret, and the tokens and auth bodies in
 *       use: as they are, as in JSON and as in a URL.
 * </ul>
 *
 * <p>Known gap: parts of a secret, other encodings, and secrets shorter than 8 characters are not
 * found. The work is linear in the length of the text. Safe for use by several threads.
 */
public final class Redaction {
  /** How much of an answer a message shows, in characters. */
  private static final int START_LENGTH = 200;

  /** How much of an answer is looked at for that, in characters; an error page is shorter. */
  private static final int LOOKED_AT = 1 << 14;

  /** What may be left of a secret where the looking ends, in characters. */
  private static final int CUT_SECRET = 1 << 12;

  /** A signature, and nothing else that the platform says. */
  private static final Pattern SIGNATURE = Pattern.compile("\\b[0-9a-fA-F]{64}\\b");

  private final String[] appSecret;
  private final SecretsInUse inUse = new SecretsInUse();

  public Redaction(Credentials credentials) {
    appSecret = SecretForms.of(credentials.getAppSecret());
    remember(credentials);
  }

  /** Takes a secret for in use, and an id that is as long: the two may have been swapped. */
  void remember(Credentials credentials) {
    remember(credentials.getAppSecret());
    if (credentials.getClientId().length() >= credentials.getAppSecret().length()) {
      remember(credentials.getClientId());
    }
  }

  /** Takes a secret for in use as long as somebody holds this very {@link String}. */
  public void remember(String secret) {
    inUse.add(secret);
  }

  /** Takes both tokens of a pair for in use likewise. */
  public void remember(OAuthToken token) {
    remember(token.getAccessToken());
    remember(token.getRefreshToken());
  }

  String redact(String text) {
    return redact(text, new ArrayList<>());
  }

  /** Returns the first characters of a text, redacted and on one line. */
  public String startOf(String text) {
    return startOf(text, new ArrayList<>());
  }

  /** Returns the first characters of a text about a request, redacted and on one line. */
  String startOf(String text, Request request) {
    return startOf(text, secretsOf(request));
  }

  private String startOf(String text, List<String[]> secrets) {
    // Redacted first: a secret that is cut in two would not be found.
    boolean isCut = text.length() > LOOKED_AT;
    String start = isCut ? text.substring(0, LOOKED_AT) : text;
    String redacted = redact(start, secrets).trim();
    int sure = isCut ? Math.max(0, redacted.length() - CUT_SECRET) : redacted.length();
    int end = Math.min(sure, START_LENGTH);
    StringBuilder shown = new StringBuilder(end + 1);
    for (int i = 0; i < end; i++) {
      char c = redacted.charAt(i);
      shown.append(Character.isISOControl(c) ? ' ' : c);
    }
    return end < redacted.length() ? shown.append('…').toString() : shown.toString();
  }

  private static List<String[]> secretsOf(Request request) {
    List<String[]> secrets = new ArrayList<>();
    CallTrace trace = request.tag(CallTrace.class);
    if (trace != null) {
      if (trace.key instanceof AccessToken) {
        secrets.add(SecretForms.of(((AccessToken) trace.key).getText()));
      } else if (trace.key instanceof OAuthForm) {
        secrets.add(SecretForms.of(((OAuthForm) trace.key).secret));
      }
      for (String sealed : trace.sealed) {
        secrets.add(SecretForms.of(AuthBodySeal.unquoted(sealed)));
      }
    }
    return secrets;
  }

  private String redact(String text, List<String[]> secrets) {
    String sealed = AuthBodySeal.seal(text, new ArrayList<>());
    if (sealed.length() >= SecretForms.SHORTEST) {
      secrets.add(appSecret);
      secrets.addAll(inUse.forms());
      sealed = barred(sealed, SecretForms.find(sealed, secrets));
    }
    return SIGNATURE.matcher(sealed).replaceAll(AuthBodySeal.BAR);
  }

  private static String barred(String text, BitSet secret) {
    if (secret.isEmpty()) {
      return text;
    }
    StringBuilder barred = new StringBuilder(text.length());
    int done = 0;
    for (int from = secret.nextSetBit(0); from >= 0; from = secret.nextSetBit(done)) {
      barred.append(text, done, from).append(AuthBodySeal.BAR);
      done = secret.nextClearBit(from);
    }
    return barred.append(text, done, text.length()).toString();
  }
}
