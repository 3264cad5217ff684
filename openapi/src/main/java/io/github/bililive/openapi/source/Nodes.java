package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ways to look at a tree. */
final class Nodes {
  static final JsonNodeFactory FACTORY = JsonNodeFactory.instance;

  private Nodes() {}

  static ObjectNode object() {
    return FACTORY.objectNode();
  }

  static ArrayNode array() {
    return FACTORY.arrayNode();
  }

  /** The members of an object that are objects; a copy, so that the object may change. */
  static Map<String, ObjectNode> objects(JsonNode node) {
    Map<String, ObjectNode> members = new LinkedHashMap<>();
    node.properties()
        .forEach(
            member -> {
              if (member.getValue() instanceof ObjectNode) {
                members.put(member.getKey(), (ObjectNode) member.getValue());
              }
            });
    return members;
  }

  /** The elements of an array, or nothing if it is none; a copy. */
  static List<JsonNode> elements(JsonNode node) {
    List<JsonNode> elements = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(elements::add);
    }
    return elements;
  }

  static ArrayNode arrayOf(Collection<? extends JsonNode> elements) {
    return array().addAll(elements);
  }

  static boolean has(JsonNode node, String... keys) {
    for (String key : keys) {
      if (node.has(key)) {
        return true;
      }
    }
    return false;
  }

  static String text(JsonNode node, String key) {
    return node.path(key).isTextual() ? node.get(key).textValue() : null;
  }

  /** Says more in a description. */
  static void describe(ObjectNode node, String sentence) {
    String description = text(node, "description");
    node.put(
        "description",
        description == null || description.isBlank() ? sentence : description + " " + sentence);
  }
}
