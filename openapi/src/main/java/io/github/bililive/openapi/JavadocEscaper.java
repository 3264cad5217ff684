package io.github.bililive.openapi;

import com.samskivert.mustache.Mustache;

/**
 * What two braces in a template print: HTML, without anything that ends a comment, begins a tag of
 * Javadoc or is a Unicode escape of Java.
 */
final class JavadocEscaper implements Mustache.Escaper {
  @Override
  public String escape(String raw) {
    return html(raw);
  }

  /** A text as it stands in Javadoc. */
  static String html(String raw) {
    StringBuilder escaped = null;
    for (int i = 0; i < raw.length(); i++) {
      String entity = entity(raw, i);
      if (entity != null && escaped == null) {
        escaped = new StringBuilder(raw.length() + 16).append(raw, 0, i);
      }
      if (escaped != null) {
        escaped.append(entity == null ? raw.substring(i, i + 1) : entity);
      }
    }
    return escaped == null ? raw : escaped.toString();
  }

  /** A URL as it stands in an attribute, where Javadoc knows but this one entity. */
  static String url(String raw) {
    StringBuilder escaped = new StringBuilder(raw.length());
    for (char c : raw.toCharArray()) {
      if (c <= ' ' || "\"*<>\\^`{|}".indexOf(c) >= 0) {
        escaped.append(String.format("%%%02X", (int) c));
      } else {
        escaped.append(c == '&' ? "&amp;" : String.valueOf(c));
      }
    }
    return escaped.toString();
  }

  private static String entity(String raw, int i) {
    switch (raw.charAt(i)) {
      case '&':
        return "&amp;";
      case '<':
        return "&lt;";
      case '>':
        return "&gt;";
      case '"':
        return "&quot;";
      case '\\':
        return "&#92;";
      case '/':
        return i > 0 && raw.charAt(i - 1) == '*' ? "&#47;" : null;
      case '*':
        return i > 0 && raw.charAt(i - 1) == '/' ? "&#42;" : null;
      case '@':
        return i == 0 || raw.charAt(i - 1) == '{' ? "&#64;" : null;
      default:
        return raw.charAt(i) < ' ' ? " " : null;
    }
  }
}
