package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What OpenAPI 3.1 has of JSON Schema, said as OpenAPI 3.0 says it: {@code nullable} in the place
 * of the type null, alternatives in the place of several types, an enum of one in the place of a
 * constant.
 */
final class JsonSchema {
  private static final List<String> ALTERNATIVES = List.of("oneOf", "anyOf");

  /** Limits on values, and what else says nothing of the shape. */
  private static final List<String> WITHOUT_EFFECT =
      List.of(
          "$schema",
          "$id",
          "$anchor",
          "$comment",
          "$defs",
          "$vocabulary",
          "contains",
          "maxContains",
          "minContains",
          "propertyNames",
          "dependentRequired",
          "unevaluatedItems",
          "not",
          "if");

  /** Likewise, but nothing goes wrong if it stays. */
  private static final List<String> HARMLESS =
      List.of("example", "examples", "exclusiveMinimum", "exclusiveMaximum");

  private static final Map<String, Set<String>> KEYWORDS =
      Map.of(
          "object",
              Set.of(
                  "properties",
                  "additionalProperties",
                  "required",
                  "patternProperties",
                  "unevaluatedProperties"),
          "array", Set.of("items", "prefixItems", "uniqueItems", "minItems", "maxItems"),
          "string",
              Set.of(
                  "format",
                  "pattern",
                  "minLength",
                  "maxLength",
                  "contentEncoding",
                  "contentMediaType"),
          "number", Set.of("format", "minimum", "maximum", "multipleOf"),
          "integer", Set.of("format", "minimum", "maximum", "multipleOf"),
          "boolean", Set.of());

  private final SourceDocument document;

  JsonSchema(SourceDocument document) {
    this.document = document;
  }

  /** Rewrites one schema, but not those inside it. */
  void rewrite(ObjectNode schema) {
    HARMLESS.forEach(schema::remove);
    int before = schema.hashCode();
    WITHOUT_EFFECT.forEach(schema::remove);
    if (schema.has("$ref")) {
      siblings(schema);
    } else {
      booleans(schema);
      constant(schema);
      dropNull(schema);
      types(schema);
      ALTERNATIVES.forEach(kind -> dropNull(schema, kind));
      objects(schema);
      arrays(schema);
      strings(schema);
    }
    if (schema.hashCode() != before) {
      this.document.change();
    }
  }

  /** OpenAPI 3.0 ignores what stands beside a reference, 3.1 does not. */
  private void siblings(ObjectNode schema) {
    if (schema.size() == 1 || !this.document.isJsonSchema()) {
      return;
    }
    schema.remove(List.of("title", "summary", "$defs"));
    if (schema.size() == 1) {
      return;
    }
    ObjectNode rest = schema.deepCopy();
    rest.remove("$ref");
    ArrayNode all =
        Nodes.elements(rest.path("allOf")).isEmpty() ? Nodes.array() : rest.withArray("allOf");
    rest.remove("allOf");
    ObjectNode reference = Nodes.object();
    reference.set("$ref", schema.get("$ref"));
    ArrayNode parts = Nodes.array().add(reference).addAll(all);
    schema.removeAll();
    for (String key :
        List.of("description", "deprecated", "readOnly", "writeOnly", "default", "nullable")) {
      if (rest.has(key)) {
        schema.set(key, rest.remove(key));
      }
    }
    if (rest.has("properties") || rest.has("required")) {
      rest.put("type", "object");
    }
    if (Nodes.has(rest, "properties", "required", "oneOf", "anyOf", "additionalProperties")) {
      parts.add(rest);
    } else {
      rest.properties().stream()
          .filter(each -> each.getKey().startsWith("x-"))
          .forEach(each -> schema.set(each.getKey(), each.getValue()));
    }
    schema.set("allOf", parts);
  }

  /** A schema may be true, which allows anything, or false. */
  private static void booleans(ObjectNode schema) {
    for (String key :
        List.of("properties", "patternProperties", "allOf", "oneOf", "anyOf", "prefixItems")) {
      JsonNode holder = schema.path(key);
      if (holder.isObject()) {
        ((ObjectNode) holder)
            .properties().stream()
                .filter(each -> each.getValue().isBoolean())
                .toList()
                .forEach(each -> ((ObjectNode) holder).set(each.getKey(), Nodes.object()));
      } else if (holder.isArray()) {
        for (int i = 0; i < holder.size(); i++) {
          if (holder.get(i).isBoolean()) {
            ((ArrayNode) holder).set(i, Nodes.object());
          }
        }
      }
    }
    if (schema.path("items").isBoolean()) {
      schema.remove("items");
    }
    if (schema.path("required").isBoolean()) {
      schema.remove("required"); // As drafts before had it.
    }
  }

  private static void constant(ObjectNode schema) {
    JsonNode value = schema.remove("const");
    if (value != null && !value.isContainerNode() && !schema.has("enum")) {
      schema.set("enum", Nodes.array().add(value));
    }
  }

  /** The value null in an enum, and the type. */
  private static void dropNull(ObjectNode schema) {
    List<JsonNode> types = Nodes.elements(schema.path("type"));
    if ("null".equals(Nodes.text(schema, "type"))) {
      schema.remove("type");
      schema.remove("enum");
      schema.put("nullable", true);
    } else if (types.removeIf(type -> "null".equals(type.textValue()))) {
      schema.put("nullable", true);
      schema.set("type", Nodes.arrayOf(types));
    }
    List<JsonNode> values = Nodes.elements(schema.path("enum"));
    if (values.removeIf(JsonNode::isNull)) {
      schema.put("nullable", true);
      schema.set("enum", Nodes.arrayOf(values));
    }
    if (schema.path("enum").isEmpty()) {
      schema.remove("enum");
    }
    if (schema.path("default").isNull()) {
      schema.remove("default");
    }
  }

  private static void types(ObjectNode schema) {
    List<JsonNode> values = Nodes.elements(schema.path("enum"));
    Set<String> ofValues = new TreeSet<>();
    values.forEach(value -> ofValues.add(Kinds.of(value)));
    JsonNode type = schema.path("type");
    if (type.isArray() || type.isMissingNode()) {
      if (ofValues.equals(Set.of("integer", "number"))) {
        schema.put("type", "number");
        return;
      }
      if (ofValues.size() == 1 && !Nodes.has(schema, "allOf", "oneOf", "anyOf")) {
        schema.put("type", ofValues.iterator().next());
        return;
      }
    }
    if (!type.isArray()) {
      return;
    }
    List<String> names = new ArrayList<>();
    type.forEach(each -> names.add(each.asText()));
    if (names.contains("number")) {
      names.remove("integer");
    }
    schema.remove("type");
    if (names.size() == 1) {
      schema.put("type", names.get(0));
    } else if (names.size() > 1
        && names.size() < 5
        && values.isEmpty()
        && !Nodes.has(schema, "allOf", "oneOf", "anyOf")) {
      alternatives(schema, names);
    }
  }

  /** Each type with the keywords that are about it. */
  private static void alternatives(ObjectNode schema, List<String> types) {
    List<ObjectNode> alternatives = new ArrayList<>();
    for (String type : types) {
      ObjectNode alternative = Nodes.object().put("type", type);
      for (String keyword : KEYWORDS.getOrDefault(type, Set.of())) {
        if (schema.has(keyword)) {
          alternative.set(keyword, schema.get(keyword).deepCopy());
        }
      }
      alternatives.add(alternative);
    }
    KEYWORDS.values().forEach(schema::remove);
    schema.set("anyOf", Nodes.arrayOf(alternatives));
  }

  private void dropNull(ObjectNode schema, String kind) {
    List<JsonNode> alternatives = Nodes.elements(schema.path(kind));
    if (alternatives.isEmpty()) {
      schema.remove(kind);
      return;
    }
    if (alternatives.removeIf(JsonSchema::isNull)) {
      schema.put("nullable", true);
    }
    if (alternatives.stream().anyMatch(JsonSchema::isAny)) {
      // Any value fits, so that there is nothing to choose.
      schema.remove(kind);
    } else if (alternatives.size() == 1 && !schema.has("discriminator")) {
      schema.remove(kind);
      become(schema, (ObjectNode) alternatives.get(0));
    } else {
      schema.set(kind, Nodes.arrayOf(alternatives));
    }
  }

  private void become(ObjectNode schema, ObjectNode only) {
    if (only.has("$ref")
        || Nodes.has(schema, "type", "properties", "allOf", "oneOf", "anyOf", "required")) {
      schema.withArray("allOf").add(only);
      return;
    }
    boolean nullable = schema.path("nullable").asBoolean();
    only.properties().stream()
        .filter(each -> !schema.has(each.getKey()))
        .forEach(each -> schema.set(each.getKey(), each.getValue()));
    if (nullable) {
      schema.put("nullable", true);
    }
    rewrite(schema);
  }

  static boolean isNull(JsonNode schema) {
    List<JsonNode> values = Nodes.elements(schema.path("enum"));
    return "null".equals(Nodes.text(schema, "type"))
        || (schema.path("type").size() == 1
            && "null".equals(schema.get("type").path(0).textValue()))
        || schema.path("const").isNull()
        || (!values.isEmpty() && values.stream().allMatch(JsonNode::isNull));
  }

  private static boolean isAny(JsonNode schema) {
    for (Map.Entry<String, JsonNode> each : schema.properties()) {
      if (!Set.of("title", "description", "nullable", "examples", "example", "deprecated")
          .contains(each.getKey())) {
        return false;
      }
    }
    return true;
  }

  private static void objects(ObjectNode schema) {
    JsonNode unevaluated = schema.remove("unevaluatedProperties");
    if (unevaluated != null && !schema.has("additionalProperties")) {
      schema.set("additionalProperties", unevaluated);
    }
    JsonNode patterns = schema.remove("patternProperties");
    if (patterns != null
        && patterns.size() > 0
        && !schema.path("additionalProperties").isObject()) {
      schema.set(
          "additionalProperties",
          patterns.size() == 1 ? patterns.elements().next() : Nodes.object());
    }
    for (String key : List.of("then", "else")) {
      optional(schema, schema.remove(key));
    }
    JsonNode dependent = schema.remove("dependentSchemas");
    if (dependent != null) {
      dependent.forEach(each -> optional(schema, each));
    }
    if (!schema.has("type") && schema.path("properties").size() > 0) {
      schema.put("type", "object");
    }
  }

  /** The properties of what holds under a condition need not be there. */
  private static void optional(ObjectNode schema, JsonNode conditional) {
    if (conditional != null
        && conditional.path("properties").isObject()
        && schema.path("properties").isObject()) {
      ObjectNode properties = (ObjectNode) schema.get("properties");
      Nodes.objects(conditional.get("properties"))
          .forEach(
              (name, property) -> {
                if (!properties.has(name)
                    && Nodes.has(property, "type", "$ref", "enum", "allOf", "oneOf", "anyOf")) {
                  properties.set(name, property);
                }
              });
    }
  }

  private static void arrays(ObjectNode schema) {
    boolean isTuple = schema.remove("prefixItems") != null || schema.path("items").isArray();
    if (isTuple) {
      schema.put("type", "array");
      schema.remove("items");
    }
    if ("array".equals(Nodes.text(schema, "type")) && !schema.path("items").isObject()) {
      schema.set("items", Nodes.object());
    }
    if (!schema.has("type") && schema.path("items").isObject()) {
      schema.put("type", "array");
    }
  }

  private static void strings(ObjectNode schema) {
    JsonNode encoding = schema.remove("contentEncoding");
    JsonNode mediaType = schema.remove("contentMediaType");
    schema.remove("contentSchema");
    if (!"string".equals(Nodes.text(schema, "type")) || schema.has("format")) {
      return;
    }
    if (encoding != null && encoding.asText().startsWith("base64")) {
      schema.set("format", TextNode.valueOf("byte"));
    } else if (encoding == null
        && mediaType != null
        && !mediaType.asText().matches("(?i)text/.*|.*[/+]json.*")) {
      schema.set("format", TextNode.valueOf("binary"));
    }
  }
}
