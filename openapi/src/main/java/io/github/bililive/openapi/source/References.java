package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * References that the parser does not follow, or not well: into another file, or into the middle of
 * something, such as {@code …/properties/a/items} or {@code $defs}. A schema that they lead to gets
 * a name in the first file; anything else is put where the reference was.
 */
final class References extends Walk {
  private static final Pattern NAMED =
      Pattern.compile("#/components/[a-zA-Z]+/[^/]+|#/(definitions|parameters|responses)/[^/]+");

  private static final Pattern UNSPEAKING =
      Pattern.compile(
          "|components|schemas|definitions|properties|patternProperties|\\$defs|allOf|oneOf|anyOf"
              + "|paths|content|schema|responses|requestBody");

  private final List<Runnable> resolutions = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();

  private References(SourceDocument document) {
    super(document);
  }

  static void resolve(SourceDocument document) {
    References references = new References(document);
    references.run();
    document.first().namedSchemas().fieldNames().forEachRemaining(references::take);
    references.resolutions.forEach(Runnable::run);
    document.bundle();
  }

  private String take(String name) {
    String free = name;
    for (int number = 2; !this.taken.add(free.toLowerCase(Locale.ROOT)); number++) {
      free = name + number;
    }
    return free;
  }

  @Override
  void schema(ObjectNode schema, Place place) {
    schema(Nodes.text(schema, "$ref"), place, name -> schema.put("$ref", name));
    if (schema.path("discriminator").path("mapping") instanceof ObjectNode) {
      ObjectNode mapping = (ObjectNode) schema.get("discriminator").get("mapping");
      mapping
          .properties()
          .forEach(
              each ->
                  schema(
                      each.getValue().asText().matches(".*[#/.].*")
                          ? each.getValue().asText()
                          : null,
                      place,
                      name -> mapping.put(each.getKey(), name)));
    }
  }

  private void schema(String reference, Place place, Consumer<String> rename) {
    SourceDocument.Target target = strange(reference, place);
    if (target != null) {
      this.resolutions.add(() -> rename.accept(named(target, reference)));
    }
  }

  @Override
  void reference(ObjectNode reference, Place place) {
    SourceDocument.Target target = strange(Nodes.text(reference, "$ref"), place);
    if (target != null) {
      this.resolutions.add(
          () -> {
            this.document.change();
            reference.remove("$ref");
            reference.setAll(target.node());
          });
    }
  }

  /** What a reference leads to, or null if the parser follows it. */
  private SourceDocument.Target strange(String reference, Place place) {
    if (reference == null
        || (place.file() == this.document.first() && NAMED.matcher(reference).matches())) {
      return null;
    }
    SourceDocument.Target target = this.document.target(reference, place.file());
    return target == null ? null : this.document.resolve(target.node(), target.file());
  }

  /** A reference by name to a schema of the first file, which gets it if it is not there. */
  private String named(SourceDocument.Target target, String reference) {
    this.document.change();
    ObjectNode schemas = this.document.first().namedSchemas();
    for (Map.Entry<String, ObjectNode> named : Nodes.objects(schemas).entrySet()) {
      if (named.getValue() == target.node()) {
        return this.document.first().referenceTo(named.getKey());
      }
    }
    String name = take(name(reference));
    String newReference = this.document.first().referenceTo(name);
    this.document.replace(target.node(), Nodes.object().put("$ref", newReference));
    schemas.set(name, target.node());
    return newReference;
  }

  /** Made of what the pointer says, as OpenAPI Generator names inline schemas. */
  private static String name(String reference) {
    int hash = reference.indexOf('#');
    String pointer = hash < 0 ? "" : reference.substring(hash + 1);
    String file = hash < 0 ? reference : reference.substring(0, hash);
    StringBuilder name = new StringBuilder();
    for (String part : pointer.split("/")) {
      if (part.equals("items") || part.equals("additionalProperties")) {
        name.append("Inner");
      } else if (!UNSPEAKING.matcher(part).matches()) {
        String plain = part.replaceAll("[^\\p{L}\\p{N}]+", "_");
        name.append(
            name.length() == 0
                ? plain
                : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1));
      }
    }
    if (name.length() == 0) {
      name.append(file.replaceFirst("^.*/", "").replaceFirst("\\.\\w+$", ""));
    }
    return name.length() == 0 ? "Part" : name.toString();
  }
}
