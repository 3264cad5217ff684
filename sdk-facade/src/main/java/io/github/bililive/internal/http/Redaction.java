package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.Credentials;
import java.util.ArrayList;
import java.util.regex.Pattern;
import okhttp3.Request;

/**
 * Blackens secrets in text of the platform's before it goes into a message. One for each client.
 *
 * <ul>
 *   <li>What stands in JSON as an auth body, an access or a refresh token, and what looks like a
 *       signature, whoever's it is.
 *   <li>Every secret that this client has been given, whichever call brought it: the app secret,
 *       access and refresh tokens, the present and those before, OAuth codes and auth bodies. Also
 *       where it is escaped as in a URL, a form, JSON or HTML.
 * </ul>
 *
 * <p>Not found are parts of a secret, one in other letters or in Base64, one shorter than 8
 * characters, and one that 4,096 others have come after. Safe for use by several threads.
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

  private final KnownSecrets known;

  /** Creates one that knows the app secret. */
  public Redaction(Credentials credentials) {
    known = new KnownSecrets(credentials.getAppSecret());
  }

  /** Blackens this from now on, too. */
  public void remember(String secret) {
    known.add(secret);
  }

  /** Returns the text without secrets. */
  public String redact(String text) {
    String redacted = known.blacken(AuthBodySeal.seal(text, new ArrayList<>()));
    return SIGNATURE.matcher(redacted).replaceAll(AuthBodySeal.BAR);
  }

  /**
   * Returns the first characters of an answer, redacted and on one line.
   *
   * @param request what it answers: its own secrets are known for certain
   */
  String startOf(String text, Request request) {
    OAuthForm form = OAuthForm.of(request);
    if (form != null) {
      remember(form.secret());
    }
    AccessToken token = request.tag(AccessToken.class);
    if (token != null) {
      remember(token.getText());
    }
    // Redacted first: a secret that is cut in two would not be found.
    boolean isCut = text.length() > LOOKED_AT;
    String redacted = redact(isCut ? text.substring(0, LOOKED_AT) : text).trim();
    int sure = isCut ? Math.max(0, redacted.length() - CUT_SECRET) : redacted.length();
    int end = Math.min(sure, START_LENGTH);
    StringBuilder start = new StringBuilder(end + 1);
    for (int i = 0; i < end; i++) {
      char c = redacted.charAt(i);
      start.append(Character.isISOControl(c) ? ' ' : c);
    }
    return end < redacted.length() ? start.append('…').toString() : start.toString();
  }
}
