package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Keywords beside a type that they say nothing about, such as {@code items} of a text. */
final class Keywords {
  private static final Map<String, String> TYPES = Map.of("items", "array", "properties", "object");

  private final SourceDocument document;
  private final Findings findings;

  Keywords(SourceDocument document, Findings findings) {
    this.document = document;
    this.findings = findings;
  }

  /** Leaves them out: OpenAPI Generator would make half a class of them. */
  void drop(ObjectNode schema, Place place) {
    String type = Nodes.text(schema, "type");
    if (type == null) {
      return;
    }
    TYPES.forEach(
        (keyword, of) -> {
          if (schema.has(keyword) && !type.equals(of)) {
            boolean says = !schema.remove(keyword).isEmpty();
            this.document.change();
            if (says) {
              this.findings.add(
                  place,
                  keyword + " beside the type " + type,
                  "they have no effect",
                  "Leave them out, or write the type " + of);
            }
          }
        });
  }
}
