package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which types of JSON a schema allows. */
final class Kinds {
  static final Set<String> ALL =
      Set.of("array", "boolean", "integer", "number", "object", "string");

  private final SourceDocument document;
  private final Set<ObjectNode> open = Collections.newSetFromMap(new IdentityHashMap<>());

  Kinds(SourceDocument document) {
    this.document = document;
  }

  static String of(JsonNode value) {
    return value.isTextual()
        ? "string"
        : value.isBoolean()
            ? "boolean"
            : value.isIntegralNumber()
                ? "integer"
                : value.isNumber() ? "number" : value.isArray() ? "array" : "object";
  }

  /** Nothing if no value fits. Null is none of them. */
  Set<String> of(ObjectNode written, DocumentFile from) {
    SourceDocument.Target target = this.document.resolve(written, from);
    if (target == null || !this.open.add(target.node())) {
      return ALL;
    }
    try {
      return ofResolved(target.node(), target.file());
    } finally {
      this.open.remove(target.node());
    }
  }

  private Set<String> ofResolved(ObjectNode schema, DocumentFile file) {
    Set<String> kinds = new TreeSet<>(own(schema));
    for (String all : List.of("oneOf", "anyOf")) {
      List<JsonNode> alternatives = Nodes.elements(schema.path(all));
      if (!alternatives.isEmpty()) {
        Set<String> any = new TreeSet<>();
        alternatives.forEach(
            each -> any.addAll(each instanceof ObjectNode ? of((ObjectNode) each, file) : ALL));
        kinds = both(kinds, any);
      }
    }
    for (JsonNode part : Nodes.elements(schema.path("allOf"))) {
      if (part instanceof ObjectNode) {
        kinds = both(kinds, of((ObjectNode) part, file));
      }
    }
    return kinds;
  }

  private static Set<String> own(ObjectNode schema) {
    String type = Nodes.text(schema, "type");
    if (type != null) {
      return type.equals("file") ? Set.of("string") : Set.of(type);
    }
    if (schema.path("enum").size() > 0) {
      Set<String> kinds = new TreeSet<>();
      schema.get("enum").forEach(value -> kinds.add(of(value)));
      return kinds;
    }
    if (schema.path("properties").size() > 0 || schema.path("additionalProperties").isObject()) {
      return Set.of("object");
    }
    return schema.has("items") ? Set.of("array") : ALL;
  }

  /** An integer is a number, too. */
  private static Set<String> both(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.retainAll(other);
    if (!both.contains("integer")
        && ((one.contains("integer") && other.contains("number"))
            || (one.contains("number") && other.contains("integer")))) {
      both.add("integer");
    }
    return both;
  }
}
