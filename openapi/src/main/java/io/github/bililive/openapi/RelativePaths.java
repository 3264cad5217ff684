package io.github.bililive.openapi;

/**
 * Paths as Retrofit resolves them against a base URL: relative, and never taken for a URL with a
 * scheme.
 */
final class RelativePaths {
  private RelativePaths() {}

  /** Of a path whose first slash has been cut off. */
  static String of(String path) {
    if (path.isEmpty() || path.startsWith("#")) {
      return "." + path;
    }
    if (path.startsWith("/")) {
      return "./" + path;
    }
    int end = path.split("[/?#]", 2)[0].length();
    String first = path.substring(0, end);
    if (first.indexOf(':') < 0) {
      return path;
    }
    // Retrofit takes a dot segment beside a parameter for an attack.
    return path.indexOf('{') < 0 ? "./" + path : first.replace(":", "%3A") + path.substring(end);
  }
}
