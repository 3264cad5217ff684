package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The values of an enum and the default of a schema: those of its type, each once. */
final class Values {
  /**
   * With more constants javac says "code too large": it has 64 KB for all that a class begins with.
   */
  private static final int MOST_CONSTANTS = 2000;

  /** Likewise, of the method that reads them. */
  private static final int MOST_PROPERTIES = 1500;

  /** What a text in a class may have, in bytes. */
  private static final int LONGEST_TEXT = 65_535;

  private final SourceDocument document;
  private final Findings findings;

  Values(SourceDocument document, Findings findings) {
    this.document = document;
    this.findings = findings;
  }

  void rewrite(ObjectNode schema, Place place) {
    int before = schema.hashCode();
    String type = Nodes.text(schema, "type");
    if ("number".equals(type) && "float".equals(Nodes.text(schema, "format"))) {
      // A float has seven digits; whoever sends more of them gets them back.
      schema.put("format", "double");
    }
    if (schema.path("properties").size() > MOST_PROPERTIES) {
      this.findings.any(
          schema,
          place,
          "an object of "
              + schema.get("properties").size()
              + " properties, of which a class holds "
              + MOST_PROPERTIES,
          "Make it several objects");
    }
    if (schema.path("enum").isArray()) {
      constants(schema, place);
    }
    if (schema.has("default")) {
      initial(schema, place);
    }
    if (schema.hashCode() != before) {
      this.document.change();
    }
  }

  private void constants(ObjectNode schema, Place place) {
    String type = Nodes.text(schema, "type");
    Map<Object, JsonNode> each = new LinkedHashMap<>();
    List<Integer> doubles = new ArrayList<>();
    List<JsonNode> values = Nodes.elements(schema.get("enum"));
    for (int i = 0; i < values.size(); i++) {
      JsonNode value = of(type, values.get(i));
      Object key = value.isNumber() ? value.decimalValue().stripTrailingZeros() : value;
      if (each.putIfAbsent(key, value) != null) {
        doubles.add(i);
      }
    }
    Set<String> kinds = new TreeSet<>();
    each.values().stream()
        .filter(value -> !value.isNull())
        .forEach(value -> kinds.add(Kinds.of(value)));
    if (kinds.equals(Set.of("integer", "number"))) {
      kinds.remove("integer");
    }
    if (kinds.size() > 1 || kinds.contains("object") || kinds.contains("array")) {
      this.findings.any(
          schema, place, "an enum of " + String.join(" and ", kinds), "Give it values of one type");
    } else if (kinds.contains("boolean")) {
      // Java has a type for it that no other value fits.
      schema.remove("enum");
      schema.put("type", "boolean");
    } else if (each.size() > MOST_CONSTANTS) {
      schema.remove("enum");
      schema.put("type", kinds.iterator().next());
      this.findings.add(
          place,
          "an enum of " + each.size() + " values, of which a class holds " + MOST_CONSTANTS,
          "it has no constants",
          "Write it without the enum");
    } else {
      schema.set("enum", Nodes.arrayOf(each.values()));
      for (int i = doubles.size() - 1; i >= 0; i--) {
        dropName(schema, doubles.get(i));
      }
      longTexts(schema, place);
    }
  }

  /** Names and descriptions of constants stand in lists beside the values. */
  private static void dropName(ObjectNode schema, int index) {
    for (String key :
        List.of("x-enum-varnames", "x-enum-descriptions", "x-enumNames", "x-enum-deprecated")) {
      if (schema.path(key).isArray() && index < schema.get(key).size()) {
        schema.withArray(key).remove(index);
      }
    }
  }

  private void longTexts(ObjectNode schema, Place place) {
    for (JsonNode value : schema.get("enum")) {
      if (isTooLong(value)) {
        schema.remove("enum");
        this.findings.add(
            place,
            "a value longer than " + LONGEST_TEXT + " bytes, which no class holds",
            "the enum has no constants",
            "Leave the enum out");
        return;
      }
    }
  }

  private static boolean isTooLong(JsonNode value) {
    String text =
        value.isTextual() ? value.textValue() : value.isContainerNode() ? value.toString() : "";
    return text.length() > LONGEST_TEXT / 3
        && text.getBytes(StandardCharsets.UTF_8).length > LONGEST_TEXT - 100;
  }

  /** A value as its type has it: what is no text in a list of texts was written without quotes. */
  private static JsonNode of(String type, JsonNode value) {
    if ("string".equals(type) && value.isValueNode() && !value.isTextual() && !value.isNull()) {
      return Nodes.FACTORY.textNode(value.asText());
    }
    if (("integer".equals(type) || "number".equals(type)) && value.isTextual()) {
      return number(value);
    }
    return "boolean".equals(type) && value.isTextual() && value.asText().matches("true|false")
        ? Nodes.FACTORY.booleanNode(value.asText().equals("true"))
        : value;
  }

  private static JsonNode number(JsonNode text) {
    try {
      BigDecimal number = new BigDecimal(text.textValue().trim());
      return number.scale() <= 0
          ? Nodes.FACTORY.numberNode(number.toBigIntegerExact())
          : Nodes.FACTORY.numberNode(number);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private void initial(ObjectNode schema, Place place) {
    JsonNode value = of(Nodes.text(schema, "type"), schema.get("default"));
    schema.set("default", value);
    String type = Nodes.text(schema, "type");
    if (isTooLong(value)) {
      schema.remove("default");
      this.findings.add(
          place,
          "a default longer than " + LONGEST_TEXT + " bytes, which no class holds",
          "it is left out",
          "Write it without the default");
    } else if ("integer".equals(type) && value.isIntegralNumber() && !value.canConvertToLong()) {
      // As a number of any size.
      schema.put("type", "number");
      schema.remove("format");
    } else if (("integer".equals(type) || "number".equals(type)) && !value.isNumber()
        || "boolean".equals(type) && !value.isBoolean()) {
      schema.remove("default");
      this.findings.add(
          place, "the default " + shown(value) + " is no " + type, "it is left out", "Correct it");
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }
}
