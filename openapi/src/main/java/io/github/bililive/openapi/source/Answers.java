package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a call answers. A stream is not read as one value, HEAD has nothing to read, and where a
 * status of success has another shape than the next, the caller reads what came.
 */
final class Answers extends Walk {
  Answers(SourceDocument document) {
    super(document);
  }

  @Override
  void operation(String path, String method, ObjectNode item, Place place) {
    ObjectNode operation = (ObjectNode) item.get(method);
    if (!(operation.path("responses") instanceof ObjectNode)) {
      return;
    }
    ObjectNode responses = (ObjectNode) operation.get("responses");
    if (method.equals("head")) {
      Nodes.objects(responses).forEach((code, response) -> empty(responses, code, response, place));
      return;
    }
    Set<String> shapes = new LinkedHashSet<>();
    Map<String, ObjectNode> successes = new LinkedHashMap<>();
    Nodes.objects(responses)
        .forEach(
            (code, response) -> {
              if (code.equals("204") || code.equals("205")) {
                // Has no body, which Retrofit knows.
                empty(responses, code, response, place);
              } else if (code.matches("2\\d\\d|2[xX][xX]")) {
                successes.put(code, response);
                shapes.add(shape(response, operation, place));
              }
            });
    if (shapes.size() > 1) {
      successes.keySet().forEach(code -> raw(responses, code, place));
      Nodes.describe(
          operation,
          "The successful answers "
              + String.join(", ", successes.keySet())
              + " differ in what they hold: see the status, then read the body.");
      this.document.change();
    }
  }

  /**
   * Leaves out what an answer holds if that is null and nothing else: there is nothing to read
   * then. Returns whether it was.
   */
  static boolean dropNull(ObjectNode response) {
    boolean dropped = JsonSchema.isNull(response.path("schema"));
    if (dropped) {
      response.remove("schema");
    }
    Collection<ObjectNode> types = Nodes.objects(response.path("content")).values();
    if (types.isEmpty()
        || !types.stream().allMatch(type -> JsonSchema.isNull(type.path("schema")))) {
      return dropped;
    }
    response.remove("content");
    return true;
  }

  /** Leaves out the body of a request if it is null and nothing else. Returns whether it was. */
  static boolean dropNullBody(ObjectNode operation) {
    if (operation.path("requestBody") instanceof ObjectNode
        && dropNull((ObjectNode) operation.get("requestBody"))) {
      operation.remove("requestBody");
      return true;
    }
    List<JsonNode> parameters = Nodes.elements(operation.path("parameters"));
    boolean dropped =
        parameters.removeIf(
            each ->
                "body".equals(Nodes.text(each, "in")) && JsonSchema.isNull(each.path("schema")));
    if (dropped) {
      operation.set("parameters", Nodes.arrayOf(parameters));
    }
    return dropped;
  }

  private void empty(ObjectNode responses, String code, ObjectNode written, Place place) {
    SourceDocument.Target target = this.document.resolve(written, place.file());
    if (target == null || !Nodes.has(target.node(), "content", "schema")) {
      return;
    }
    responses.set(code, described(target));
    this.document.change();
  }

  private static ObjectNode described(SourceDocument.Target response) {
    String description = response == null ? null : Nodes.text(response.node(), "description");
    return Nodes.object().put("description", description == null ? "" : description);
  }

  private void raw(ObjectNode responses, String code, Place place) {
    ObjectNode written = (ObjectNode) responses.get(code);
    ObjectNode raw = described(this.document.resolve(written, place.file()));
    if (this.document.isSwagger2()) {
      raw.putObject("schema").put("type", "file");
    } else {
      bytes(raw.putObject("content").putObject("*/*"));
    }
    responses.set(code, raw);
  }

  private static void bytes(ObjectNode type) {
    type.removeAll();
    type.putObject("schema").put("type", "string").put("format", "binary");
  }

  private String shape(ObjectNode written, ObjectNode operation, Place place) {
    SourceDocument.Target target = this.document.resolve(written, place.file());
    if (target == null) {
      return "nothing";
    }
    ObjectNode response = target.node();
    if (this.document.isSwagger2()) {
      return response.has("schema") ? schema(response.get("schema")) : "nothing";
    }
    Map<String, ObjectNode> content = Nodes.objects(response.path("content"));
    for (Map.Entry<String, ObjectNode> type : content.entrySet()) {
      if (MediaTypes.isJson(type.getKey())) {
        return type.getValue().has("schema") ? schema(type.getValue().get("schema")) : "json";
      }
    }
    return content.isEmpty() ? "nothing" : "bytes";
  }

  private static String schema(JsonNode schema) {
    ObjectNode shape = schema.isObject() ? ((ObjectNode) schema).deepCopy() : Nodes.object();
    shape.remove(List.of("title", "description", "example", "examples"));
    return shape.toString();
  }

  /**
   * Streams in bodies and answers, and content types that HTTP does not allow as they are written.
   */
  @Override
  void content(ObjectNode holder, Place place, boolean isRequest) {
    // The templates show neither, and the parser may not find what they refer to.
    holder.remove("links");
    Nodes.objects(holder.path("content"))
        .values()
        .forEach(type -> type.remove(List.of("example", "examples")));
    if (!(holder.path("content") instanceof ObjectNode)) {
      return;
    }
    ObjectNode content = (ObjectNode) holder.get("content");
    Map<String, ObjectNode> types = Nodes.objects(content);
    boolean onlyStreams = types.keySet().stream().allMatch(MediaTypes::isStream);
    types.forEach(
        (name, type) -> {
          String allowed = MediaTypes.allowed(name);
          if (MediaTypes.isStream(name)) {
            this.document.change();
            if (onlyStreams) {
              bytes(type);
            } else {
              content.remove(name);
            }
          } else if (!allowed.equals(name)) {
            this.document.change();
            // In its place, since the order counts.
            Map<String, JsonNode> all = new LinkedHashMap<>();
            content
                .properties()
                .forEach(
                    each ->
                        all.put(
                            each.getKey().equals(name) ? allowed : each.getKey(), each.getValue()));
            content.removeAll();
            content.setAll(all);
          }
        });
  }
}
