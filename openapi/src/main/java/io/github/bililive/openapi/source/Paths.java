package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths and the parameters in them: a call whose path cannot be sent is left out. */
final class Paths extends Walk {
  private static final Pattern PART = Pattern.compile("\\{([^{}]*)\\}");

  private final Findings findings;

  Paths(SourceDocument document, Findings findings) {
    super(document);
    this.findings = findings;
  }

  @Override
  void operation(String path, String method, ObjectNode item, Place place) {
    if (path.isEmpty()) {
      return; // Of a callback, which nobody calls.
    }
    String before = path.split("[?#]", 2)[0];
    Set<String> parts = parts(before);
    Set<String> declared = new LinkedHashSet<>();
    declared(item.path("parameters"), place.file(), declared);
    declared(item.path(method).path("parameters"), place.file(), declared);
    String wrong = null;
    String remedy = null;
    for (String name : declared) {
      if (!parts.contains(name)) {
        wrong =
            parts(path).contains(name)
                ? "the parameter \""
                    + name
                    + "\" is in the path, but {"
                    + name
                    + "} is in the query"
                : "the path has no {" + name + "}, which is a parameter in the path";
        remedy =
            parts(path).contains(name)
                ? "Write in: query, and leave it out of the path"
                : "Add it to the path, or drop the parameter";
      }
    }
    if (wrong == null && !parts(path.substring(before.length())).isEmpty()) {
      wrong =
          "the query of the path has {"
              + parts(path.substring(before.length())).iterator().next()
              + "}";
      remedy = "Write it as a parameter in the query";
    }
    if (before.matches("(?i).*/([.]|%2e){1,2}(/.*|$)")) {
      wrong = "the path has the segment . or .., which no client sends";
      remedy = "Write the path that is meant";
    }
    if (before.startsWith("//") && !parts.isEmpty()) {
      wrong = "the path begins with two slashes and has parameters";
      remedy = "Begin it with one slash";
    }
    if (wrong != null) {
      item.remove(method);
      this.findings.add(place, wrong, "the call is left out", remedy);
      return;
    }
    parts.removeAll(declared);
    parts.forEach(name -> declare(name, (ObjectNode) item.get(method), place));
  }

  private static Set<String> parts(String path) {
    Set<String> parts = new LinkedHashSet<>();
    for (Matcher part = PART.matcher(path); part.find(); ) {
      parts.add(part.group(1));
    }
    return parts;
  }

  private void declared(JsonNode parameters, DocumentFile file, Set<String> names) {
    for (JsonNode written : parameters) {
      if (written instanceof ObjectNode) {
        SourceDocument.Target target = this.document.resolve((ObjectNode) written, file);
        if (target != null && "path".equals(Nodes.text(target.node(), "in"))) {
          names.add(Nodes.text(target.node(), "name"));
        }
      }
    }
  }

  private void declare(String name, ObjectNode operation, Place place) {
    ObjectNode parameter = Nodes.object().put("name", name).put("in", "path").put("required", true);
    if (this.document.isSwagger2()) {
      parameter.put("type", "string");
    } else {
      parameter.putObject("schema").put("type", "string");
    }
    operation.withArray("parameters").add(parameter);
    this.findings.add(
        place,
        "{" + name + "} in the path is no parameter",
        "it is taken for a text",
        "Declare the parameter");
  }
}
