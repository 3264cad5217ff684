package io.github.bililive.internal.http;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okio.Buffer;

/**
 * Takes the secrets out of an answer's text and puts them back, without parsing the JSON: it also
 * holds for text that breaks off, or is not quite JSON. They are the auth body and OAuth's tokens.
 */
final class AuthBodySeal {
  static final String BAR = "██";

  /** Up to the value's opening quote. */
  private static final Pattern NAME =
      Pattern.compile(
          "\"(?:"
              + spelled("auth_body")
              + "|"
              + spelled("access_token")
              + "|"
              + spelled("refresh_token")
              + ")\"[\\x00-\\x20]*:[\\x00-\\x20]*\"");

  private AuthBodySeal() {}

  /** Returns what matches a name, any letter of which may be escaped. */
  private static String spelled(String name) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      pattern.append(String.format(Locale.ROOT, "(?:%c|\\\\u(?i:%04x))", c, (int) c));
    }
    return pattern.toString();
  }

  /** Returns the text with a bar in place of each secret, which {@code taken} receives in order. */
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

  /** Returns what a secret means that stood in JSON; itself if it is not quite JSON. */
  static String unquoted(String taken) {
    if (taken.indexOf('\\') < 0) {
      return taken;
    }
    try {
      return JsonReader.of(new Buffer().writeUtf8("\"" + taken + "\"")).nextString();
    } catch (IOException | JsonDataException e) {
      return taken;
    }
  }

  /** Where the next secret's text begins, behind its opening quote; -1 if there is none. */
  private static int nextValue(String text, int from) {
    Matcher name = NAME.matcher(text);
    return name.find(from) ? name.end() : -1;
  }

  /** Where a JSON string ends: at its closing quote, or where the text breaks off. */
  private static int endOfString(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '"') {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    return Math.min(at, text.length());
  }
}
