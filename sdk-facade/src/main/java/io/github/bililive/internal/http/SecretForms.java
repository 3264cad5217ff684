package io.github.bililive.internal.http;

import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The few ways in which a text can show a secret: as it is, as in JSON, as in a URL. */
final class SecretForms {
  /**
   * The shortest secret that is looked for, in characters: words of a text would be taken for a
   * shorter one, and what the platform issues is longer.
   */
  static final int SHORTEST = 8;

  private SecretForms() {}

  /**
   * Returns the forms of a secret, without equal ones and without those that are too short. None of
   * them is the given {@link String} itself.
   */
  static String[] of(String secret) {
    Set<String> forms = new LinkedHashSet<>();
    String json = inJson(secret);
    String url = inUrl(secret);
    add(forms, new String(secret.toCharArray()));
    add(forms, json);
    add(forms, json.replace("/", "\\/"));
    add(forms, url);
    add(forms, url.replace("+", "%20"));
    return forms.toArray(new String[0]);
  }

  private static void add(Set<String> forms, String form) {
    if (form.length() >= SHORTEST) {
      forms.add(form);
    }
  }

  private static String inJson(String secret) {
    StringBuilder json = new StringBuilder(secret.length());
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      int escape = "\"\\\b\f\n\r\t".indexOf(c);
      if (escape >= 0) {
        json.append('\\').append("\"\\bfnrt".charAt(escape));
      } else {
        json.append(c);
      }
    }
    return json.toString();
  }

  private static String inUrl(String secret) {
    try {
      return URLEncoder.encode(secret, "UTF-8");
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError(e); // Every JVM has UTF-8.
    }
  }

  /** Returns which characters of a text belong to a secret. */
  static BitSet find(CharSequence text, List<String[]> secrets) {
    // What a secret must begin with to be in the text: so each is looked for at small cost.
    Set<String> pieces = new HashSet<>();
    for (int i = 0; i + SHORTEST <= text.length(); i++) {
      pieces.add(text.subSequence(i, i + SHORTEST).toString());
    }
    BitSet found = new BitSet(text.length());
    for (String[] forms : secrets) {
      for (String form : forms) {
        if (pieces.contains(form.substring(0, SHORTEST))) {
          mark(text, form, found);
        }
      }
    }
    return found;
  }

  /**
   * Searches as Knuth, Morris and Pratt do, which is linear for every text and secret: the peer may
   * have chosen both.
   */
  private static void mark(CharSequence text, String form, BitSet found) {
    if (form.length() > text.length()) {
      return;
    }
    int[] borders = borders(form);
    int matched = 0;
    int markedTo = 0;
    for (int i = 0; i < text.length(); i++) {
      matched = matchedWith(text.charAt(i), matched, form, borders);
      if (matched == form.length()) {
        found.set(Math.max(markedTo, i + 1 - matched), i + 1);
        markedTo = i + 1;
        matched = borders[matched - 1];
      }
    }
  }

  /** For each beginning of the form, the length of the longest shorter one that it ends with. */
  private static int[] borders(String form) {
    int[] borders = new int[form.length()];
    for (int i = 1; i < borders.length; i++) {
      borders[i] = matchedWith(form.charAt(i), borders[i - 1], form, borders);
    }
    return borders;
  }

  private static int matchedWith(char next, int before, String form, int[] borders) {
    int matched = before;
    while (matched > 0 && form.charAt(matched) != next) {
      matched = borders[matched - 1];
    }
    return form.charAt(matched) == next ? matched + 1 : matched;
  }
}
