package io.github.bililive.openapi.source;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * References into the middle of something, to {@code …/properties/a/items} or {@code $defs}, say,
 * which the parser does not follow. What they lead to becomes a schema with a name.
 */
final class DeepReferences extends Walk {
  private static final Pattern INTO_A_SCHEMA =
      Pattern.compile(
          ".*/(properties|patternProperties|items|prefixItems|allOf|oneOf|anyOf|additionalProperties"
              + "|\\$defs|not|then|else|if|paths|content|schema)(/.*)?");

  private static final Pattern NAMED =
      Pattern.compile("/components/[a-zA-Z]+/[^/]+|/(definitions|parameters|responses)/[^/]+");

  private record Reference(ObjectNode node, Place place, boolean isSchema) {}

  private final List<Reference> references = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  private DeepReferences(SourceDocument document) {
    super(document);
  }

  static void resolve(SourceDocument document) {
    DeepReferences deep = new DeepReferences(document);
    deep.run();
    document.files().forEach(file -> file.namedSchemas().fieldNames().forEachRemaining(deep::take));
    deep.references.forEach(deep::resolve);
  }

  private void take(String name) {
    this.taken.add(name.toLowerCase(Locale.ROOT));
  }

  @Override
  void schema(ObjectNode schema, Place place) {
    if (schema.path("$ref").isTextual()) {
      this.references.add(new Reference(schema, place, true));
    }
  }

  @Override
  void reference(ObjectNode reference, Place place) {
    this.references.add(new Reference(reference, place, false));
  }

  private void resolve(Reference reference) {
    String ref = reference.node().get("$ref").textValue();
    int hash = ref.indexOf('#');
    if (hash < 0) {
      return;
    }
    String pointer = ref.substring(hash + 1);
    boolean isDeep =
        hash == 0 && reference.place().file() == this.document.first()
            ? !NAMED.matcher(pointer).matches() && pointer.startsWith("/")
            : INTO_A_SCHEMA.matcher(pointer).matches();
    SourceDocument.Target target =
        this.document.resolve(reference.node(), reference.place().file());
    if (!isDeep || target == null) {
      return;
    }
    this.document.change();
    if (!reference.isSchema()) {
      ObjectNode copy = target.node().deepCopy();
      reference.node().removeAll();
      reference.node().setAll(copy);
      return;
    }
    String name = nameOf(target);
    if (name == null) {
      name = name(pointer);
      if (!moveOut(target, name)) {
        return;
      }
    }
    reference
        .node()
        .put("$ref", this.document.reference(reference.place().file(), target.file(), name));
  }

  private static String nameOf(SourceDocument.Target target) {
    for (Map.Entry<String, ObjectNode> named :
        Nodes.objects(target.file().namedSchemas()).entrySet()) {
      if (named.getValue() == target.node()) {
        return named.getKey();
      }
    }
    return null;
  }

  /** Leaves a reference where it stood. */
  private static boolean moveOut(SourceDocument.Target target, String name) {
    ObjectNode left = Nodes.object().put("$ref", target.file().referenceTo(name));
    if (!replace(target.file().root(), target.node(), left)) {
      return false;
    }
    target.file().namedSchemas().set(name, target.node());
    return true;
  }

  private static boolean replace(JsonNode in, ObjectNode node, ObjectNode by) {
    if (in instanceof ObjectNode) {
      for (Map.Entry<String, JsonNode> member : ((ObjectNode) in).properties()) {
        if (member.getValue() == node) {
          member.setValue(by);
          return true;
        }
        if (replace(member.getValue(), node, by)) {
          return true;
        }
      }
    }
    for (int i = 0; in instanceof ArrayNode && i < in.size(); i++) {
      if (in.get(i) == node) {
        ((ArrayNode) in).set(i, by);
        return true;
      }
      if (replace(in.get(i), node, by)) {
        return true;
      }
    }
    return false;
  }

  /** Made of what the pointer says, as OpenAPI Generator names inline schemas. */
  private String name(String pointer) {
    StringBuilder name = new StringBuilder();
    for (JsonPointer rest = JsonPointer.compile(pointer); !rest.matches(); rest = rest.tail()) {
      String part = rest.getMatchingProperty();
      if (part.equals("items") || part.equals("additionalProperties")) {
        name.append("Inner");
      } else if (!part.matches(
          "components|schemas|definitions|properties|\\$defs|(all|one|any)Of|paths|content|schema|responses|requestBody")) {
        String plain = part.replaceAll("[^\\p{L}\\p{N}]+", "_");
        name.append(plain.substring(0, 1).toUpperCase(Locale.ROOT)).append(plain.substring(1));
      }
    }
    String free = name.length() == 0 ? "Part" : name.toString();
    for (int number = 2; !this.taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = name + "" + number;
    }
    return free;
  }
}
