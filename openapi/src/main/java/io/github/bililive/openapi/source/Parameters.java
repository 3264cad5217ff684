package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parameters and parts of forms that Retrofit has no annotation for. */
final class Parameters extends Walk {
  private static final Set<String> PLACES =
      Set.of("path", "query", "header", "cookie", "body", "formData");
  private static final Set<String> STRUCTURED = Set.of("array", "object");

  private final Findings findings;

  Parameters(SourceDocument document, Findings findings) {
    super(document);
    this.findings = findings;
  }

  @Override
  void operation(String path, String method, ObjectNode item, Place place) {
    nowhere(item, place);
    nowhere((ObjectNode) item.get(method), place);
    if (method.equals("get") || method.equals("head")) {
      withoutBody((ObjectNode) item.get(method), place);
    }
  }

  /** OkHttp refuses such a call. */
  private void withoutBody(ObjectNode operation, Place place) {
    boolean hasBody = operation.remove("requestBody") != null;
    for (int i = operation.path("parameters").size() - 1; i >= 0; i--) {
      JsonNode written = operation.get("parameters").get(i);
      SourceDocument.Target target =
          written instanceof ObjectNode
              ? this.document.resolve((ObjectNode) written, place.file())
              : null;
      if (target != null && target.node().path("in").asText().matches("body|formData")) {
        operation.withArray("parameters").remove(i);
        hasBody = true;
      }
    }
    if (hasBody) {
      this.findings.add(
          place, "a body of GET or HEAD, which OkHttp does not send", "it is left out", "Use POST");
    }
  }

  private void nowhere(ObjectNode holder, Place place) {
    for (int i = holder.path("parameters").size() - 1; i >= 0; i--) {
      if (holder.get("parameters").get(i) instanceof ObjectNode) {
        ObjectNode written = (ObjectNode) holder.get("parameters").get(i);
        SourceDocument.Target target = this.document.resolve(written, place.file());
        String in = target == null ? "" : Nodes.text(target.node(), "in");
        if (!PLACES.contains(in == null ? "" : in)) {
          holder.withArray("parameters").remove(i);
          this.findings.add(
              this.document.place(written, place),
              target == null
                  ? Nodes.text(written, "$ref") + " leads nowhere"
                  : "a parameter in \"" + in + "\"",
              "the parameter is left out",
              target == null ? "Correct the reference" : "Write path, query, header or cookie");
        }
      }
    }
  }

  @Override
  void parameter(ObjectNode parameter, Place place) {
    String in = Nodes.text(parameter, "in");
    if (parameter.path("allowReserved").asBoolean() && "query".equals(in)) {
      // OpenAPI Generator keeps extensions alone.
      parameter.put("x-allow-reserved", true);
      this.document.change();
    }
    if (in == null || parameter.has("content") || in.equals("body")) {
      return;
    }
    String style = Nodes.text(parameter, "style");
    if (in.equals("path") && ("matrix".equals(style) || "label".equals(style))) {
      text(parameter, place, "the style " + style, "Give it the style simple");
      return;
    }
    boolean isSwagger2 = this.document.isSwagger2();
    if (isSwagger2 && "array".equals(Nodes.text(parameter, "type"))) {
      String format = Nodes.text(parameter, "collectionFormat");
      if ("tsv".equals(format)) {
        text(parameter, place, "the collectionFormat tsv", "Use csv, ssv, pipes or multi");
        return;
      }
      if (in.equals("formData") && !"multi".equals(format)) {
        // The parser forgets it.
        parameter.put("x-collection-format", format == null ? "csv" : format);
        this.document.change();
      }
    }
    boolean isOneText =
        isSwagger2
            ? !"multi".equals(Nodes.text(parameter, "collectionFormat"))
            : !in.equals("query")
                || (parameter.has("explode") && !parameter.get("explode").asBoolean())
                || (style != null
                    && !style.equals("form")
                    && !style.equals("deepObject")
                    && !parameter.path("explode").asBoolean());
    ObjectNode schema =
        isSwagger2
            ? parameter
            : parameter.path("schema") instanceof ObjectNode
                ? (ObjectNode) parameter.get("schema")
                : null;
    if (!in.equals("cookie")
        && isOneText
        && schema != null
        && isArrayOfStructures(schema, place.file())) {
      text(
          parameter,
          place,
          "an array of arrays or objects in one text",
          "Give it a content type, such as application/json");
    }
  }

  private boolean isArrayOfStructures(ObjectNode written, DocumentFile file) {
    Kinds kinds = new Kinds(this.document);
    SourceDocument.Target target = this.document.resolve(written, file);
    if (target == null
        || !kinds.of(written, file).equals(Set.of("array"))
        || !(target.node().path("items") instanceof ObjectNode)) {
      return false;
    }
    Set<String> elements = kinds.of((ObjectNode) target.node().get("items"), target.file());
    return STRUCTURED.containsAll(elements) && !elements.isEmpty();
  }

  private void text(ObjectNode parameter, Place place, String problem, String remedy) {
    parameter.remove(List.of("style", "explode", "collectionFormat", "items", "type"));
    if (this.document.isSwagger2()) {
      parameter.put("type", "string");
    } else {
      parameter.putObject("schema").put("type", "string");
    }
    this.findings.add(place, problem, "it becomes a text", remedy);
  }

  @Override
  void content(ObjectNode holder, Place place, boolean isRequest) {
    if (!isRequest || !(holder.path("content") instanceof ObjectNode)) {
      return;
    }
    Map<String, ObjectNode> types = Nodes.objects(holder.get("content"));
    List<String> others = new ArrayList<>(types.keySet());
    others.removeIf(Parameters::isOtherMultipart);
    types.forEach(
        (name, type) -> {
          if (!isOtherMultipart(name)) {
            encodings(type, place.child("content").child(name));
          } else if (others.isEmpty()) {
            type.removeAll();
            type.putObject("schema").put("type", "string").put("format", "binary");
            this.findings.add(
                this.document.place(type, place),
                "a body of " + MediaTypes.plain(name) + ", which Retrofit does not make",
                "it becomes a RequestBody",
                "Give it the content type multipart/form-data");
          } else {
            ((ObjectNode) holder.get("content")).remove(name);
            this.document.change();
          }
        });
  }

  private static boolean isOtherMultipart(String name) {
    String type = MediaTypes.plain(name);
    return type.startsWith("multipart/") && !type.equals("multipart/form-data");
  }

  /** A field that is an array of objects in one text is a field for each value instead. */
  private void encodings(ObjectNode type, Place place) {
    if (!(type.path("encoding") instanceof ObjectNode)
        || !(type.path("schema") instanceof ObjectNode)) {
      return;
    }
    SourceDocument.Target form =
        this.document.resolve((ObjectNode) type.get("schema"), place.file());
    Nodes.objects(type.get("encoding"))
        .forEach(
            (field, encoding) -> {
              if (form != null
                  && Nodes.has(encoding, "style", "explode")
                  && !encoding.path("explode").asBoolean()
                  && form.node().path("properties").path(field) instanceof ObjectNode
                  && isArrayOfStructures(
                      (ObjectNode) form.node().get("properties").get(field), form.file())) {
                encoding.remove(List.of("style", "explode"));
                this.findings.add(
                    this.document.place(encoding, place),
                    "the style of an array of arrays or objects",
                    "it is ignored",
                    "Leave it out");
              }
            });
  }
}
