package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/**
 * One file of a document.
 *
 * @param path where it is
 * @param label what stands before {@code #} in a pointer: its path from the folder of the first
 *     file
 * @param root what it holds
 */
record DocumentFile(Path path, String label, ObjectNode root) {
  boolean isSwagger2() {
    return this.root.has("swagger");
  }

  /** Where schemas that have a name stand. */
  ObjectNode namedSchemas() {
    if (isSwagger2()) {
      return this.root.withObjectProperty("definitions");
    }
    return this.root.withObjectProperty("components").withObjectProperty("schemas");
  }

  String referenceTo(String schema) {
    return (isSwagger2() ? "#/definitions/" : "#/components/schemas/")
        + schema.replace("~", "~0").replace("/", "~1");
  }

  Place place() {
    return new Place(this, this.label + "#");
  }
}
