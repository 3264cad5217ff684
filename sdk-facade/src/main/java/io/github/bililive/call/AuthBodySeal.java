package io.github.bililive.call;

import java.util.List;

/**
 * Takes the auth body out of an answer's text and puts it back, without parsing the JSON: it also
 * holds for text that breaks off, or is not quite JSON.
 */
final class AuthBodySeal {
  static final String BAR = "██";

  private static final String NAME = "\"auth_body\"";

  private AuthBodySeal() {}

  /**
   * Returns the text with a bar in place of each auth body.
   *
   * @param taken receives what stood in their places, in order
   */
  static String seal(String text, List<String> taken) {
    StringBuilder sealed = new StringBuilder(text.length());
    int done = 0;
    for (int at = nextValue(text, 0); at >= 0; at = nextValue(text, done)) {
      int end = endOfString(text, at);
      taken.add(text.substring(at, end));
      sealed.append(text, done, at).append(BAR);
      done = end;
    }
    return sealed.append(text, done, text.length()).toString();
  }

  /** Returns the text with the bars replaced by what {@link #seal} had taken. */
  static String unseal(String text, List<String> taken) {
    StringBuilder unsealed = new StringBuilder(text.length());
    int done = 0;
    int next = 0;
    for (int at = nextValue(text, 0); at >= 0; at = nextValue(text, done)) {
      int end = endOfString(text, at);
      boolean isBar = next < taken.size() && text.substring(at, end).equals(BAR);
      unsealed.append(text, done, at).append(isBar ? taken.get(next++) : text.substring(at, end));
      done = end;
    }
    return unsealed.append(text, done, text.length()).toString();
  }

  /** Where the next auth body's text begins, behind its opening quote; -1 if there is none. */
  private static int nextValue(String text, int from) {
    for (int name = text.indexOf(NAME, from); name >= 0; name = text.indexOf(NAME, name + 1)) {
      int at = skipSpace(text, name + NAME.length());
      if (at < text.length() && text.charAt(at) == ':') {
        at = skipSpace(text, at + 1);
        if (at < text.length() && text.charAt(at) == '"') {
          return at + 1;
        }
      }
    }
    return -1;
  }

  /** Where a JSON string ends: at its closing quote, or where the text breaks off. */
  private static int endOfString(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }

  private static int skipSpace(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }
}
