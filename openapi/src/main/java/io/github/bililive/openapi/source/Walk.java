package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Visits every schema, reference, parameter and operation of a document once, parents first. What a
 * visit changes below its node is what is visited then.
 */
abstract class Walk {
  static final Set<String> METHODS =
      Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

  final SourceDocument document;
  private final Set<ObjectNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  Walk(SourceDocument document) {
    this.document = document;
  }

  void schema(ObjectNode schema, Place place) {}

  void parameter(ObjectNode parameter, Place place) {}

  void content(ObjectNode holder, Place place, boolean isRequest) {}

  void operation(String path, String method, ObjectNode item, Place place) {}

  /** A reference to what is no schema. */
  void reference(ObjectNode reference, Place place) {}

  final void run() {
    DocumentFile file = this.document.first();
    ObjectNode root = file.root();
    Place place = file.place();
    JsonNode components = root.path("components");
    Place inComponents = place.child("components");
    each(root.path("definitions"), place.child("definitions"), this::visitSchema);
    each(components.path("schemas"), inComponents.child("schemas"), this::visitSchema);
    each(root.path("parameters"), place.child("parameters"), this::visitParameter);
    each(root.path("responses"), place.child("responses"), this::visitResponse);
    each(components.path("parameters"), inComponents.child("parameters"), this::visitParameter);
    each(components.path("headers"), inComponents.child("headers"), this::visitParameter);
    each(components.path("requestBodies"), inComponents.child("requestBodies"), this::visitBody);
    each(components.path("responses"), inComponents.child("responses"), this::visitResponse);
    each(
        components.path("pathItems"),
        inComponents.child("pathItems"),
        (n, p) -> visitPath("", n, p));
    Nodes.objects(root.path("paths"))
        .forEach((path, item) -> visitPath(path, item, place.child("paths").child(path)));
  }

  interface Visit {
    void visit(ObjectNode node, Place place);
  }

  private static void each(JsonNode holder, Place place, Visit visit) {
    Nodes.objects(holder).forEach((key, node) -> visit.visit(node, place.child(key)));
    List<JsonNode> elements = Nodes.elements(holder);
    for (int i = 0; i < elements.size(); i++) {
      if (elements.get(i) instanceof ObjectNode) {
        visit.visit((ObjectNode) elements.get(i), place.child(String.valueOf(i)));
      }
    }
  }

  private void visitPath(String path, ObjectNode written, Place nearest) {
    followed(
        written,
        nearest,
        (item, place) -> {
          each(item.path("parameters"), place.child("parameters"), this::visitParameter);
          for (Map.Entry<String, ObjectNode> member : Nodes.objects(item).entrySet()) {
            if (METHODS.contains(member.getKey())) {
              ObjectNode operation = member.getValue();
              Place at = this.document.place(operation, place.child(member.getKey()));
              if (operation.has("$ref")) {
                // Of another file, which no version of OpenAPI allows and many documents have.
                followed(operation, at, this::visitOperation);
              } else {
                operation(path, member.getKey(), item, at);
                visitOperation(operation, at);
              }
            }
          }
        });
  }

  private void visitOperation(ObjectNode operation, Place place) {
    each(operation.path("parameters"), place.child("parameters"), this::visitParameter);
    if (operation.path("requestBody") instanceof ObjectNode) {
      visitBody((ObjectNode) operation.get("requestBody"), place.child("requestBody"));
    }
    each(operation.path("responses"), place.child("responses"), this::visitResponse);
    Nodes.objects(operation.path("callbacks"))
        .forEach((name, callback) -> each(callback, place, (n, p) -> visitPath("", n, p)));
  }

  private void visitBody(ObjectNode written, Place nearest) {
    followed(
        written,
        nearest,
        (body, place) -> {
          content(body, place, true);
          visitContent(body, place);
        });
  }

  private void visitResponse(ObjectNode written, Place nearest) {
    followed(
        written,
        nearest,
        (response, place) -> {
          content(response, place, false);
          visitContent(response, place);
          each(response.path("headers"), place.child("headers"), this::visitParameter);
          schemaOf(response, place);
        });
  }

  private void visitContent(ObjectNode holder, Place place) {
    each(holder.path("content"), place.child("content"), (type, at) -> schemaOf(type, at));
  }

  private void visitParameter(ObjectNode written, Place nearest) {
    followed(
        written,
        nearest,
        (parameter, place) -> {
          parameter(parameter, place);
          visitContent(parameter, place);
          schemaOf(parameter, place);
        });
  }

  private void schemaOf(ObjectNode holder, Place place) {
    if (holder.path("schema") instanceof ObjectNode) {
      visitSchema((ObjectNode) holder.get("schema"), place.child("schema"));
    }
  }

  /** Calls for what a reference leads to, and only once for each. */
  private void followed(ObjectNode written, Place nearest, Visit visit) {
    if (written.path("$ref").isTextual()) {
      reference(written, this.document.place(written, nearest));
    }
    Place from = this.document.place(written, nearest);
    SourceDocument.Target target = this.document.resolve(written, from.file());
    if (target != null && this.seen.add(target.node())) {
      visit.visit(target.node(), this.document.place(target.node(), from));
    }
  }

  final void visitSchema(ObjectNode schema, Place nearest) {
    Place place = this.document.place(schema, nearest);
    if (!this.seen.add(schema)) {
      return;
    }
    schema(schema, place);
    if (schema.path("$ref").isTextual()) {
      SourceDocument.Target target =
          this.document.target(schema.get("$ref").textValue(), place.file());
      if (target != null) {
        visitSchema(target.node(), place);
      }
    }
    for (JsonNode mapped : schema.path("discriminator").path("mapping")) {
      SourceDocument.Target target =
          mapped.asText().indexOf('/') < 0
              ? null
              : this.document.target(mapped.asText(), place.file());
      if (target != null) {
        visitSchema(target.node(), target.file().place());
      }
    }
    parts(schema).forEach(part -> visitSchema(part, place));
  }

  /** The schemas of which a schema is made. */
  static List<ObjectNode> parts(ObjectNode schema) {
    List<ObjectNode> parts = new ArrayList<>();
    for (String key :
        List.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")) {
      parts.addAll(Nodes.objects(schema.path(key)).values());
    }
    for (String key :
        List.of(
            "items",
            "additionalProperties",
            "unevaluatedProperties",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "propertyNames")) {
      if (schema.path(key) instanceof ObjectNode) {
        parts.add((ObjectNode) schema.get(key));
      }
    }
    for (String key : List.of("allOf", "oneOf", "anyOf", "prefixItems", "items")) {
      for (JsonNode element : Nodes.elements(schema.path(key))) {
        if (element instanceof ObjectNode) {
          parts.add((ObjectNode) element);
        }
      }
    }
    return parts;
  }
}
