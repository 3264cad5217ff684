package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Alternatives of a union that lack the property by which the union tells them: each gets it, since
 * what is sent without it is nothing that can be read.
 */
final class Discriminators extends Walk {
  /** By alternative and property, the values that mean the alternative. */
  private final Map<ObjectNode, Map<String, Set<String>>> lacking = new IdentityHashMap<>();

  Discriminators(SourceDocument document) {
    super(document);
  }

  void addProperties() {
    run();
    this.lacking.forEach(
        (alternative, properties) ->
            properties.forEach((name, values) -> add(alternative, name, values)));
  }

  @Override
  void schema(ObjectNode union, Place place) {
    String property = Nodes.text(union.path("discriminator"), "propertyName");
    if (property == null || union.has("properties")) {
      return;
    }
    List<JsonNode> alternatives = Nodes.elements(union.path("oneOf"));
    alternatives.addAll(Nodes.elements(union.path("anyOf")));
    for (JsonNode alternative : alternatives) {
      String reference = Nodes.text(alternative, "$ref");
      SourceDocument.Target target =
          reference == null ? null : this.document.target(reference, place.file());
      if (target != null && lacks(target.node(), property)) {
        this.lacking
            .computeIfAbsent(target.node(), node -> new LinkedHashMap<>())
            .computeIfAbsent(property, name -> new LinkedHashSet<>())
            .addAll(values(union, target.node(), reference, place));
      }
    }
  }

  /** Whether it is an object by itself that has other properties. */
  private static boolean lacks(ObjectNode schema, String property) {
    return "object".equals(Nodes.text(schema, "type"))
        && !Nodes.has(schema, "allOf", "oneOf", "anyOf", "discriminator")
        && !schema.path("properties").has(property);
  }

  /** What the mapping says, else the name of the schema. */
  private Set<String> values(ObjectNode union, ObjectNode schema, String reference, Place place) {
    String name = reference.substring(reference.lastIndexOf('/') + 1);
    Set<String> values = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> each :
        union.path("discriminator").path("mapping").properties()) {
      String mapped = each.getValue().asText();
      SourceDocument.Target target =
          mapped.indexOf('/') < 0 ? null : this.document.target(mapped, place.file());
      if (target == null ? mapped.equals(name) : target.node() == schema) {
        values.add(each.getKey());
      }
    }
    return values.isEmpty() ? Set.of(name) : values;
  }

  private void add(ObjectNode schema, String name, Set<String> values) {
    ObjectNode property = schema.withObject("/properties").putObject(name).put("type", "string");
    if (values.size() == 1) {
      property.put("default", values.iterator().next());
      schema.withArray("required").add(name);
    }
    this.document.change();
  }
}
