package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What of a document cannot be expressed in Java, and what becomes of it. */
final class Findings {
  /** What a schema keeps that becomes any JSON. */
  private static final List<String> KEPT =
      List.of("title", "description", "deprecated", "readOnly", "writeOnly", "nullable");

  private final SourceDocument document;
  private final Set<Finding> all = new LinkedHashSet<>();

  Findings(SourceDocument document) {
    this.document = document;
  }

  /** Notes a place; the document is no longer as it was written. */
  void add(Place place, String problem, String result, String remedy) {
    this.document.change();
    this.all.add(new Finding(place.pointer(), problem, result, remedy));
  }

  /** Makes a schema any JSON. */
  void any(ObjectNode schema, Place place, String problem, String remedy) {
    schema.retain(KEPT);
    add(place, problem, "it becomes any JSON (Object)", remedy);
  }

  /** In the order in which they were found. */
  List<Finding> all() {
    return List.copyOf(this.all);
  }
}
