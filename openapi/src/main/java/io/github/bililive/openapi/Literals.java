package io.github.bililive.openapi;

/** Text inside the quotes of a Java literal. */
final class Literals {
  private Literals() {}

  /** The text as it stands between the quotes of a literal. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"':
        case '\\':
          escaped.append('\\').append(c);
          break;
        case '\n':
          escaped.append("\\n");
          break;
        case '\r':
          escaped.append("\\r");
          break;
        case '\t':
          escaped.append("\\t");
          break;
        default:
          if (c < ' ' || c == '\u2028' || c == '\u2029') {
            escaped.append(String.format("\\u%04x", (int) c));
          } else {
            escaped.append(c);
          }
      }
    }
    return escaped.toString();
  }

  /** The whole literal. */
  static String quote(String text) {
    return '"' + escape(text) + '"';
  }
}
