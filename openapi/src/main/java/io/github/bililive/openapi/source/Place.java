package io.github.bililive.openapi.source;

/**
 * Where a node stands in the document as written.
 *
 * @param file the file that holds it
 * @param pointer {@code #} and a JSON pointer, behind the file's path
 */
record Place(DocumentFile file, String pointer) {
  Place child(String key) {
    return new Place(this.file, this.pointer + "/" + key.replace("~", "~0").replace("/", "~1"));
  }
}
