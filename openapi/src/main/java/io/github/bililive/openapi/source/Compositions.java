package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code allOf}, {@code oneOf} and {@code anyOf} together, as far as a class can be all of it. */
final class Compositions extends Walk {
  private static final Set<String> SAY_NOTHING =
      Set.of(
          "title",
          "description",
          "deprecated",
          "nullable",
          "readOnly",
          "writeOnly",
          "default",
          "required",
          "externalDocs",
          "minProperties",
          "maxProperties",
          "xml");

  private final Findings findings;

  Compositions(SourceDocument document, Findings findings) {
    super(document);
    this.findings = findings;
  }

  @Override
  void schema(ObjectNode schema, Place place) {
    if (schema.has("$ref")) {
      return;
    }
    flatten(schema);
    if (schema.has("oneOf") && schema.has("anyOf")) {
      dropConditions(schema, "oneOf");
      dropConditions(schema, "anyOf");
      dropWider(schema, "oneOf", "anyOf");
      dropWider(schema, "anyOf", "oneOf");
      if (schema.has("oneOf") && schema.has("anyOf")) {
        this.findings.any(
            schema, place, "oneOf beside anyOf", "Write one of them, or allOf of both");
        return;
      }
    }
    if (schema.path("allOf").size() == 1) {
      alias(schema, place);
    }
    if (schema.has("allOf")) {
      all(schema, place);
    }
    extended(schema, place);
  }

  /** What extends an array, a map, a text or a number that has no class is one itself. */
  private void alias(ObjectNode schema, Place place) {
    JsonNode only = schema.get("allOf").get(0);
    SourceDocument.Target target =
        only.has("$ref") ? this.document.resolve((ObjectNode) only, place.file()) : null;
    if (target != null
        && Nodes.has(target.node(), "type")
        && !Nodes.has(target.node(), "enum", "allOf", "oneOf", "anyOf", "properties")
        && !(Nodes.text(target.node(), "type").equals("object")
            && !target.node().path("additionalProperties").isObject())
        && !Nodes.has(schema, "properties", "required", "oneOf", "anyOf")) {
      schema.remove("allOf");
      target.node().properties().stream()
          .filter(each -> !schema.has(each.getKey()))
          .forEach(each -> schema.set(each.getKey(), each.getValue()));
      this.document.change();
    }
  }

  /** Alternatives that only say what is required do not change what a class looks like. */
  private void dropConditions(ObjectNode schema, String kind) {
    if (Nodes.elements(schema.path(kind)).stream().allMatch(Compositions::saysNothing)) {
      schema.remove(kind);
      this.document.change();
    }
  }

  /** What is one of some alternatives is one of these and others, too. */
  private void dropWider(ObjectNode schema, String narrow, String wide) {
    List<JsonNode> others = Nodes.elements(schema.path(wide));
    if (schema.has(narrow) && others.containsAll(Nodes.elements(schema.get(narrow)))) {
      schema.remove(wide);
      this.document.change();
    }
  }

  /** An allOf inside an allOf, as a description beside a reference becomes one. */
  private void flatten(ObjectNode schema) {
    List<JsonNode> parts = Nodes.elements(schema.path("allOf"));
    for (int i = 0; i < parts.size(); i++) {
      JsonNode inner = parts.get(i).path("allOf");
      if (inner.isArray()) {
        ObjectNode rest = ((ObjectNode) parts.get(i)).deepCopy();
        rest.remove("allOf");
        if (saysNothing(rest) && !rest.has("required")) {
          rest.properties().stream()
              .filter(each -> !schema.has(each.getKey()))
              .forEach(each -> schema.set(each.getKey(), each.getValue()));
          parts.remove(i);
          parts.addAll(i--, Nodes.elements(inner));
          this.document.change();
        }
      }
    }
    if (!parts.isEmpty()) {
      schema.set("allOf", Nodes.arrayOf(parts));
    }
  }

  private static boolean saysNothing(JsonNode part) {
    for (Map.Entry<String, JsonNode> each : part.properties()) {
      boolean isObject = each.getKey().equals("type") && each.getValue().asText().equals("object");
      if (!SAY_NOTHING.contains(each.getKey()) && !each.getKey().startsWith("x-") && !isObject) {
        return false;
      }
    }
    return true;
  }

  private void all(ObjectNode schema, Place place) {
    Set<String> kinds = new Kinds(this.document).of(schema, place.file());
    if (kinds.isEmpty()) {
      List<String> parts = new ArrayList<>();
      for (JsonNode part : schema.get("allOf")) {
        parts.add(shown(part, place.file()));
      }
      this.findings.any(
          schema,
          place,
          "allOf of " + String.join(" and ", parts) + ", which no value is",
          "Write oneOf of them, or one of them");
      return;
    }
    List<ObjectNode> meaningful = new ArrayList<>();
    for (JsonNode part : schema.get("allOf")) {
      if (part instanceof ObjectNode && !saysNothing(part)) {
        meaningful.add((ObjectNode) part);
      }
    }
    List<ObjectNode> unions = new ArrayList<>();
    for (ObjectNode part : meaningful) {
      if (union(part, place.file()) != null) {
        unions.add(part);
      }
    }
    boolean isMore = meaningful.size() > 1 || schema.path("properties").size() > 0;
    if (unions.isEmpty() || !isMore) {
      noProperties(schema, place, kinds);
      return;
    }
    if (!kinds.equals(Set.of("object"))
        || unions.size() > 1
        || Nodes.has(schema, "oneOf", "anyOf")) {
      this.findings.any(
          schema,
          place,
          "allOf of " + (unions.size() > 1 ? "several unions" : "a union and others"),
          "Write the alternatives out");
    } else {
      inline(schema, unions.get(0), place);
    }
  }

  private String shown(JsonNode part, DocumentFile file) {
    String reference = Nodes.text(part, "$ref");
    return reference != null
        ? reference.substring(reference.lastIndexOf('/') + 1)
        : part instanceof ObjectNode
            ? String.join(" or ", new Kinds(this.document).of((ObjectNode) part, file))
            : "?";
  }

  /** What a part is, if it is alternatives and nothing else. */
  private SourceDocument.Target union(ObjectNode part, DocumentFile from) {
    SourceDocument.Target target = this.document.resolve(part, from);
    if (target == null) {
      return null;
    }
    ObjectNode node = target.node();
    boolean isUnion = Nodes.has(node, "oneOf", "anyOf") && node.path("properties").isEmpty();
    JsonNode all = node.path("allOf");
    if (!isUnion
        && all.size() == 1
        && node.path("properties").isEmpty()
        && all.get(0) instanceof ObjectNode) {
      return union((ObjectNode) all.get(0), target.file());
    }
    return isUnion ? target : null;
  }

  /** A class can have properties and those of all alternatives, if there is no discriminator. */
  private void inline(ObjectNode schema, ObjectNode part, Place place) {
    SourceDocument.Target union = union(part, place.file());
    if (part == union.node() && !part.has("discriminator")) {
      return;
    }
    // A discriminator would make a union of the whole.
    String kind = union.node().has("oneOf") ? "oneOf" : "anyOf";
    ObjectNode alternatives = Nodes.object();
    alternatives.set(kind, union.node().get(kind).deepCopy());
    for (int i = 0; i < schema.get("allOf").size(); i++) {
      if (schema.get("allOf").get(i) == part) {
        schema.withArray("allOf").set(i, alternatives);
      }
    }
    this.document.change();
  }

  /** An object of which nothing is said is any object. */
  private void noProperties(ObjectNode schema, Place place, Set<String> kinds) {
    if (kinds.contains("object")
        && !isClass(schema, place.file(), Collections.newSetFromMap(new IdentityHashMap<>()))) {
      schema.remove(List.of("allOf", "properties", "required"));
      if (kinds.size() == 1) {
        schema.put("type", "object");
      }
      this.document.change();
    }
  }

  private boolean isClass(ObjectNode written, DocumentFile from, Set<ObjectNode> seen) {
    SourceDocument.Target target = this.document.resolve(written, from);
    if (target == null || !seen.add(target.node())) {
      return target == null;
    }
    ObjectNode node = target.node();
    if (node.path("properties").size() > 0
        || node.has("additionalProperties")
        || node.has("enum")
        // A class without properties is said by an allOf of one object that is written there.
        || (node.path("allOf").size() == 1 && saysNothing(node.get("allOf").get(0)))
        || Nodes.has(node, "oneOf", "anyOf", "items")) {
      return true;
    }
    for (JsonNode part : Nodes.elements(node.path("allOf"))) {
      if (part instanceof ObjectNode && isClass((ObjectNode) part, target.file(), seen)) {
        return true;
      }
    }
    return false;
  }

  // What extends a schema with a discriminator becomes a class that extends another.

  private void extended(ObjectNode schema, Place place) {
    for (JsonNode part : Nodes.elements(schema.path("allOf"))) {
      SourceDocument.Target parent =
          part.has("$ref") ? this.document.resolve((ObjectNode) part, place.file()) : null;
      if (parent != null && isExtended(parent.node(), parent.file(), 0)) {
        closed(schema, place);
        agreed(schema, parent, place);
      }
    }
  }

  /** Whether others extend its class: it or what it extends has a discriminator. */
  private boolean isExtended(ObjectNode schema, DocumentFile file, int depth) {
    if (Nodes.has(schema, "oneOf", "anyOf") || depth > 20) {
      return false;
    }
    return schema.has("discriminator")
        || Nodes.elements(schema.path("allOf")).stream()
            .filter(part -> part.has("$ref"))
            .map(part -> this.document.resolve((ObjectNode) part, file))
            .anyMatch(part -> part != null && isExtended(part.node(), part.file(), depth + 1));
  }

  private void closed(ObjectNode schema, Place place) {
    List<ObjectNode> own = new ArrayList<>(List.of(schema));
    Nodes.elements(schema.get("allOf")).stream()
        .filter(part -> part instanceof ObjectNode && !part.has("$ref"))
        .forEach(part -> own.add((ObjectNode) part));
    for (ObjectNode part : own) {
      JsonNode additional = part.path("additionalProperties");
      if (additional.isObject() || additional.asBoolean()) {
        part.remove("additionalProperties");
        this.findings.add(
            this.document.place(part, place).child("additionalProperties"),
            "additionalProperties of a schema that extends another by a discriminator",
            "they are not kept",
            "Leave them out, or the discriminator");
      }
    }
  }

  /** Java allows one type for a property that both have. */
  private void agreed(ObjectNode schema, SourceDocument.Target parent, Place place) {
    Map<String, ObjectNode> inherited = new LinkedHashMap<>();
    inherited(parent.node(), parent.file(), inherited, 0);
    Map<String, ObjectNode> own = new LinkedHashMap<>(Nodes.objects(schema.path("properties")));
    for (JsonNode part : schema.get("allOf")) {
      own.putAll(part.has("$ref") ? Map.of() : Nodes.objects(part.path("properties")));
    }
    own.forEach(
        (name, property) -> {
          ObjectNode other = inherited.get(name);
          if (other == null
              || name.equals(parent.node().path("discriminator").path("propertyName").asText())) {
            return;
          }
          String wide = type(other, parent.file());
          String narrow = type(property, place.file());
          if (!wide.equals(narrow)
              && !wide.equals("any")
              && !narrow.equals("any")
              && !(wide.equals("number") && narrow.matches("integer.*|number.*"))) {
            this.findings.any(
                other,
                this.document.place(other, place),
                "\""
                    + name
                    + "\" has another type at "
                    + this.document.place(property, place).pointer()
                    + ", which extends this",
                "Give both one type");
          }
        });
  }

  private void inherited(
      ObjectNode written, DocumentFile from, Map<String, ObjectNode> properties, int depth) {
    SourceDocument.Target target = this.document.resolve(written, from);
    if (target != null && depth < 20) {
      for (JsonNode part : Nodes.elements(target.node().path("allOf"))) {
        if (part instanceof ObjectNode) {
          inherited((ObjectNode) part, target.file(), properties, depth + 1);
        }
      }
      properties.putAll(Nodes.objects(target.node().path("properties")));
    }
  }

  private String type(ObjectNode written, DocumentFile from) {
    SourceDocument.Target target = this.document.resolve(written, from);
    if (target == null) {
      return "any";
    }
    ObjectNode schema = target.node();
    JsonNode all = schema.path("allOf");
    if (all.size() == 1
        && schema.path("properties").isEmpty()
        && all.get(0) instanceof ObjectNode) {
      return type((ObjectNode) all.get(0), target.file());
    }
    Set<String> kinds = new Kinds(this.document).of(schema, target.file());
    if (kinds.size() > 2 || kinds.isEmpty()) {
      return "any";
    }
    switch (kinds.iterator().next()) {
      case "string":
        return "string";
      case "integer":
        return "integer" + schema.path("format").asText();
      case "number":
        return "number" + schema.path("format").asText();
      case "array":
        return "array of "
            + (schema.path("items") instanceof ObjectNode
                ? type((ObjectNode) schema.get("items"), target.file())
                : "any");
      case "object":
        return schema.path("properties").isEmpty() && !Nodes.has(schema, "allOf", "oneOf", "anyOf")
            ? "any"
            : this.document.place(schema, target.file().place()).pointer();
      default:
        return kinds.iterator().next();
    }
  }
}
