package io.github.bililive.openapi.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A file of JSON or YAML as a tree. The parser of OpenAPI reads YAML 1.1, where an unquoted {@code
 * NO} is false, {@code 010} is eight and {@code 12:30} is 750. OpenAPI means YAML 1.2, and a place
 * that holds text has the text as it is written.
 */
final class YamlTree {
  /** Keywords whose value, or each of whose values, is text whatever it looks like. */
  private static final Set<String> TEXTS =
      Set.of(
          "$ref",
          "description",
          "format",
          "in",
          "name",
          "operationId",
          "pattern",
          "propertyName",
          "required",
          "style",
          "summary",
          "tags",
          "title",
          "type",
          "url",
          "version");

  private static final Set<String> VALUES = Set.of("enum", "default", "const");
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern GROUPED = Pattern.compile("[-+]?[0-9][0-9_]*(\\.[0-9_]*)?");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern OTHER_IN_YAML_1_1 =
      Pattern.compile(
          "(?i)y|n|yes|no|on|off|[-+]?0[0-9]+|[-+]?[0-9][0-9_]*_[0-9_.]*|[-+]?[0-9]+(:[0-5]?[0-9])+"
              + "(\\.[0-9]*)?|[0-9]{4}-[0-9]+-[0-9]+.*|0b[01]+|0o[0-7]+|=|null|true|false|-?[0-9.]+");

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private boolean ambiguous;

  private YamlTree() {}

  /** A tree, and whether the parser of OpenAPI may have read the file as another. */
  record Read(JsonNode root, boolean ambiguous) {}

  static Read read(String text) {
    if (text.stripLeading().startsWith("{")) {
      try {
        return new Read(
            JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build()
                .readTree(text),
            false);
      } catch (JsonProcessingException e) {
        // Braces of YAML, then.
      }
    }
    LoaderOptions ofAnySize = new LoaderOptions();
    ofAnySize.setCodePointLimit(Integer.MAX_VALUE);
    ofAnySize.setMaxAliasesForCollections(Integer.MAX_VALUE);
    Node root = new Yaml(ofAnySize).compose(new StringReader(text));
    YamlTree tree = new YamlTree();
    return new Read(
        root == null ? NullNode.instance : tree.convert(root, false, 0), tree.ambiguous);
  }

  private JsonNode convert(Node node, boolean isText, int depth) {
    if (depth > 500) {
      throw new UnsupportedDocumentException("a YAML alias refers to what contains it");
    }
    if (node instanceof MappingNode) {
      return object((MappingNode) node, depth);
    }
    if (node instanceof SequenceNode) {
      ArrayNode array = this.nodes.arrayNode();
      ((SequenceNode) node).getValue().forEach(each -> array.add(convert(each, isText, depth + 1)));
      return array;
    }
    ScalarNode scalar = (ScalarNode) node;
    String text = scalar.getValue();
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return TextNode.valueOf(text);
    }
    boolean isNull = text.isEmpty() || text.equals("~");
    this.ambiguous |= !isNull && OTHER_IN_YAML_1_1.matcher(text).matches() && isText;
    return isText && !isNull ? TextNode.valueOf(text) : plain(text);
  }

  private ObjectNode object(MappingNode node, int depth) {
    ObjectNode object = this.nodes.objectNode();
    Node type = null;
    for (NodeTuple entry : node.getValue()) {
      if (key(entry).equals("type")) {
        type = entry.getValueNode();
      } else if (key(entry).equals("<<")) {
        merge(entry.getValueNode(), object, depth);
      }
    }
    for (NodeTuple entry : node.getValue()) {
      String key = key(entry);
      if (key.equals("<<")) {
        continue;
      }
      this.ambiguous |= OTHER_IN_YAML_1_1.matcher(key).matches() && !INTEGER.matcher(key).matches();
      boolean isValue = VALUES.contains(key);
      boolean isText =
          TEXTS.contains(key) || key.equals("mapping") || (isValue && says(type, "string"));
      JsonNode value =
          key.equals("mapping") && entry.getValueNode() instanceof MappingNode
              ? texts((MappingNode) entry.getValueNode())
              : convert(entry.getValueNode(), isText, depth + 1);
      if (isValue && (says(type, "integer") || says(type, "number"))) {
        value = grouped(value);
      }
      object.set(key, value);
    }
    return object;
  }

  private void merge(Node merged, ObjectNode into, int depth) {
    JsonNode values = convert(merged, false, depth + 1);
    if (values.isArray()) {
      for (int i = values.size() - 1; i >= 0; i--) {
        into.setAll((ObjectNode) values.get(i));
      }
    } else if (values.isObject()) {
      into.setAll((ObjectNode) values);
    }
  }

  private ObjectNode texts(MappingNode mapping) {
    ObjectNode object = this.nodes.objectNode();
    mapping
        .getValue()
        .forEach(entry -> object.set(key(entry), convert(entry.getValueNode(), true, 0)));
    this.ambiguous = true;
    return object;
  }

  private static String key(NodeTuple entry) {
    return entry.getKeyNode() instanceof ScalarNode
        ? ((ScalarNode) entry.getKeyNode()).getValue()
        : "";
  }

  private static boolean says(Node type, String name) {
    if (type instanceof SequenceNode) {
      return ((SequenceNode) type).getValue().stream().anyMatch(each -> says(each, name));
    }
    return type instanceof ScalarNode && ((ScalarNode) type).getValue().equals(name);
  }

  /** {@code 1_000} is text in YAML 1.2, but what holds an integer says how it is meant. */
  private JsonNode grouped(JsonNode value) {
    if (value.isArray()) {
      ArrayNode array = this.nodes.arrayNode();
      value.forEach(each -> array.add(grouped(each)));
      return array;
    }
    return value.isTextual() && GROUPED.matcher(value.textValue()).matches()
        ? plain(value.textValue().replace("_", ""))
        : value;
  }

  /** By the core schema of YAML 1.2. */
  private JsonNode plain(String text) {
    switch (text) {
      case "":
      case "~":
      case "null":
      case "Null":
      case "NULL":
        return NullNode.instance;
      case "true":
      case "True":
      case "TRUE":
        return BooleanNode.TRUE;
      case "false":
      case "False":
      case "FALSE":
        return BooleanNode.FALSE;
      default:
        return number(text);
    }
  }

  private JsonNode number(String text) {
    boolean differs = OTHER_IN_YAML_1_1.matcher(text).matches();
    if (INTEGER.matcher(text).matches()) {
      this.ambiguous |= text.length() > 1 && text.matches("[-+]?0[0-9]+");
      return integer(new BigInteger(text));
    }
    if (text.matches("0x[0-9a-fA-F]+")) {
      return integer(new BigInteger(text.substring(2).toLowerCase(Locale.ROOT), 16));
    }
    if (text.matches("0o[0-7]+")) {
      this.ambiguous = true;
      return integer(new BigInteger(text.substring(2), 8));
    }
    if (FLOAT.matcher(text).matches()) {
      return DecimalNode.valueOf(new BigDecimal(text));
    }
    this.ambiguous |= differs;
    return TextNode.valueOf(text);
  }

  private JsonNode integer(BigInteger value) {
    return value.bitLength() < 64
        ? this.nodes.numberNode(value.longValue())
        : BigIntegerNode.valueOf(value);
  }
}
