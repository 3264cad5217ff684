package io.github.bililive.internal.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A text as it reads without the escapes of URLs and forms (percent signs), of JSON (backslashes)
 * and of HTML (entities), all of them at once, and where in the text each character stands. What is
 * no escape is left as it is.
 */
final class Unescaped {
  /** Entities that HTML has for the characters that JSON and URLs need. */
  private static final String[][] ENTITIES = {
    {"&amp;", "&"},
    {"&quot;", "\""},
    {"&#34;", "\""},
    {"&#39;", "'"},
    {"&#x27;", "'"},
    {"&apos;", "'"},
    {"&lt;", "<"},
    {"&gt;", ">"},
    {"&#43;", "+"},
    {"&#47;", "/"},
    {"&#61;", "="},
  };

  private static final String JSON_ESCAPES = "\"\\/bfnrt";
  private static final String JSON_MEANINGS = "\"\\/\b\f\n\r\t";

  private final String text;

  /** Where each character's escape begins in the first text, and behind the last where it ends. */
  private final int[] from;

  private final int[] to;

  private Unescaped(String text, int[] from, int[] to) {
    this.text = text;
    this.from = from;
    this.to = to;
  }

  /** Returns the text as it is. */
  static Unescaped none(String text) {
    int[] from = new int[text.length()];
    int[] to = new int[text.length()];
    for (int i = 0; i < from.length; i++) {
      from[i] = i;
      to[i] = i + 1;
    }
    return new Unescaped(text, from, to);
  }

  String text() {
    return text;
  }

  /** Marks where it reads like this, by the characters of the first text. */
  void mark(String sought, BitSet marks) {
    for (int at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
      marks.set(from[at], to[at + sought.length() - 1]);
    }
  }

  /** Returns how it reads without one more layer of escapes; null if there is none. */
  @Nullable Unescaped again() {
    Reading reading = new Reading();
    reading.readAll();
    return reading.length() == text.length() ? null : reading.result();
  }

  /** One pass over the text. */
  private final class Reading {
    private final StringBuilder read = new StringBuilder(text.length());
    private final int[] readFrom = new int[text.length()];
    private final int[] readTo = new int[text.length()];
    private int at;

    int length() {
      return read.length();
    }

    Unescaped result() {
      int length = read.length();
      return new Unescaped(
          read.toString(), Arrays.copyOf(readFrom, length), Arrays.copyOf(readTo, length));
    }

    void readAll() {
      while (at < text.length()) {
        char c = text.charAt(at);
        boolean escaped =
            (c == '%' && percent()) || (c == '\\' && backslash()) || (c == '&' && entity());
        if (!escaped) {
          take(text.substring(at, at + 1), 1);
        }
      }
    }

    /** Takes what the next characters of the text, so many of them, read like. */
    private void take(String meaning, int width) {
      for (int i = 0; i < meaning.length(); i++) {
        readFrom[read.length()] = from[at];
        readTo[read.length()] = to[at + width - 1];
        read.append(meaning.charAt(i));
      }
      at += width;
    }

    /** One character of UTF-8, in one to four bytes. */
    private boolean percent() {
      int first = hex(at + 1, 2);
      if (first < 0) {
        return false;
      }
      int bytes = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      byte[] utf8 = new byte[bytes];
      for (int i = 0; i < bytes; i++) {
        int next = at + 3 * i;
        int value = next < text.length() && text.charAt(next) == '%' ? hex(next + 1, 2) : -1;
        if (value < 0) {
          return false;
        }
        utf8[i] = (byte) value;
      }
      take(new String(utf8, StandardCharsets.UTF_8), 3 * bytes);
      return true;
    }

    private boolean backslash() {
      char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
      int known = JSON_ESCAPES.indexOf(next);
      if (known >= 0) {
        take(JSON_MEANINGS.substring(known, known + 1), 2);
        return true;
      }
      int value = next == 'u' ? hex(at + 2, 4) : -1;
      if (value < 0) {
        return false;
      }
      take(String.valueOf((char) value), 6);
      return true;
    }

    private boolean entity() {
      for (String[] entity : ENTITIES) {
        if (text.startsWith(entity[0], at)) {
          take(entity[1], entity[0].length());
          return true;
        }
      }
      return false;
    }

    /** Returns the value of so many hexadecimal digits; -1 if they are not that. */
    private int hex(int begin, int digits) {
      if (begin + digits > text.length()) {
        return -1;
      }
      int value = 0;
      for (int i = begin; i < begin + digits; i++) {
        int digit = Character.digit(text.charAt(i), 16);
        if (digit < 0) {
          return -1;
        }
        value = value * 16 + digit;
      }
      return value;
    }
  }
}
