package io.github.bililive.openapi.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of content types. */
final class MediaTypes {
  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([^=;\\s]+)\\s*=\\s*(\"(?:[^\"\\\\]|\\\\.)*\"|[^;]*)");

  private MediaTypes() {}

  /** Whether values follow one another, so that no converter can read the whole. */
  static boolean isStream(String name) {
    String type = plain(name);
    return type.equals("text/event-stream")
        || type.matches(
            "[^/]+/(x-)?(ndjson|ldjson|json-?lines?|jsonl|json-seq|json-stream|stream[+]json|nd-json)")
        || type.matches("[^/]+/.*[+](ndjson|jsonl|json-seq|jsonlines)");
  }

  static boolean isJson(String name) {
    return plain(name).matches("[^/]+/(.*[+])?json|\\*/\\*");
  }

  /** Without parameters, in small letters. */
  static String plain(String name) {
    int semicolon = name.indexOf(';');
    return (semicolon < 0 ? name : name.substring(0, semicolon))
        .trim()
        .toLowerCase(java.util.Locale.ROOT);
  }

  /** As HTTP allows it: a parameter's value that is no token stands in quotes. */
  static String allowed(String name) {
    int semicolon = name.indexOf(';');
    if (semicolon < 0) {
      return name.trim();
    }
    StringBuilder allowed = new StringBuilder(name.substring(0, semicolon).trim());
    for (Matcher each = PARAMETER.matcher(name.substring(semicolon)); each.find(); ) {
      String value = each.group(2).trim();
      if (value.startsWith("'") && value.endsWith("'") && value.length() > 1) {
        value = value.substring(1, value.length() - 1);
      }
      boolean isToken = value.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
      allowed.append("; ").append(each.group(1)).append('=');
      allowed.append(
          isToken || value.startsWith("\"") ? value : '"' + value.replace("\"", "") + '"');
    }
    return allowed.toString();
  }
}
