package io.github.bililive.call;

import io.github.bililive.signing.AccessToken;
import io.github.bililive.signing.Credentials;
import java.util.ArrayList;
import java.util.regex.Pattern;
import okhttp3.Request;

/** Blackens secrets in text of the platform's before it goes into a message. */
final class Redaction {
  /** How much of an answer a message shows, in characters. */
  private static final int START_LENGTH = 200;

  /** A signature, and nothing else that the platform says. */
  private static final Pattern SIGNATURE = Pattern.compile("\\b[0-9a-fA-F]{64}\\b");

  private final Credentials credentials;

  Redaction(Credentials credentials) {
    this.credentials = credentials;
  }

  /** Returns the text without app secret, signature, auth body and the request's tokens. */
  String redact(String text, Request request) {
    String redacted = AuthBodySeal.seal(text, new ArrayList<>());
    redacted = redacted.replace(credentials.appSecret(), AuthBodySeal.BAR);
    redacted = SIGNATURE.matcher(redacted).replaceAll(AuthBodySeal.BAR);
    OAuthForm form = OAuthForm.of(request);
    if (form != null) {
      redacted = redacted.replace(form.secret(), AuthBodySeal.BAR);
    }
    AccessToken token = request.tag(AccessToken.class);
    return token == null ? redacted : redacted.replace(token.text(), AuthBodySeal.BAR);
  }

  /** Returns the first characters of an answer, redacted and on one line. */
  String startOf(String text, Request request) {
    // Redacted first: a secret that is cut in two would not be found.
    String redacted = redact(text, request).trim();
    int end = Math.min(redacted.length(), START_LENGTH);
    StringBuilder start = new StringBuilder(end + 1);
    for (int i = 0; i < end; i++) {
      char c = redacted.charAt(i);
      start.append(Character.isISOControl(c) ? ' ' : c);
    }
    return end < redacted.length() ? start.append('…').toString() : start.toString();
  }
}
