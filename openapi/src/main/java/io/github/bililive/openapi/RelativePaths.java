package io.github.bililive.openapi;

/**
 * Paths as Retrofit resolves them against a base URL: relative, and never taken for a URL with a
 * scheme, whatever stands in place of a parameter.
 */
final class RelativePaths {
  private RelativePaths() {}

  /** Of a path whose first slash has been cut off. */
  static String of(String path) {
    String first = path.split("[/?#]", 2)[0];
    if (path.isEmpty() || path.startsWith("#")) {
      return "." + path;
    }
    if (!first.isEmpty() && first.indexOf(':') < 0 && first.indexOf('{') < 0) {
      return path;
    }
    // Retrofit takes ./ beside a parameter for an attack. A URL's backslash is a slash, too.
    return (path.indexOf('{') < 0 ? "./" : ".\\") + path;
  }
}
