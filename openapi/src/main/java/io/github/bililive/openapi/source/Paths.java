package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths and the parameters in them: a call whose path cannot be sent is left out. */
final class Paths extends Walk {
  private static final Pattern PART = Pattern.compile("\\{([^{}]*)\\}");

  private static final int MOST_PARAMETERS = 250;

  private final Findings findings;

  Paths(SourceDocument document, Findings findings) {
    super(document);
    this.findings = findings;
  }

  private record Problem(String what, String remedy) {}

  @Override
  void operation(String path, String method, ObjectNode item, Place place) {
    if (path.isEmpty()) {
      return; // Of a callback, which nobody calls.
    }
    List<ObjectNode> parameters = new ArrayList<>();
    parameters(item.path("parameters"), place.file(), parameters);
    parameters(item.path(method).path("parameters"), place.file(), parameters);
    Set<String> declared = new LinkedHashSet<>();
    parameters.stream()
        .filter(parameter -> "path".equals(Nodes.text(parameter, "in")))
        .forEach(parameter -> declared.add(Nodes.text(parameter, "name")));
    Problem problem = problem(path, declared);
    if (problem == null && width(parameters) > MOST_PARAMETERS) {
      problem = new Problem(parameters.size() + " parameters of one call", "Drop some of them");
    }
    if (problem != null) {
      item.remove(method);
      this.findings.add(place, problem.what, "the call is left out", problem.remedy);
      return;
    }
    Set<String> parts = parts(path);
    parts.removeAll(declared);
    parts.forEach(name -> declare(name, (ObjectNode) item.get(method), place));
  }

  /** Why a path cannot be sent, or null. */
  private static Problem problem(String path, Set<String> declared) {
    String before = path.split("[?#]", 2)[0];
    Set<String> parts = parts(before);
    if (before.matches("(?i).*/([.]|%2e){1,2}(/.*|$)")) {
      return new Problem(
          "the path has the segment . or .., which no client sends",
          "Write the path that is meant");
    }
    Set<String> inQuery = parts(path.substring(before.length()));
    if (!inQuery.isEmpty()) {
      return new Problem(
          "the query of the path has {" + inQuery.iterator().next() + "}",
          "Write it as a parameter in the query");
    }
    for (String name : declared) {
      if (!parts.contains(name)) {
        return new Problem(
            "the path has no {" + name + "}, which is a parameter in the path",
            "Add it to the path, or drop the parameter");
      }
    }
    return null;
  }

  /** Of Java's 255: a long counts twice. */
  private static int width(List<ObjectNode> parameters) {
    return parameters.stream().mapToInt(each -> each.path("required").asBoolean() ? 2 : 1).sum();
  }

  private static Set<String> parts(String path) {
    Set<String> parts = new LinkedHashSet<>();
    for (Matcher part = PART.matcher(path); part.find(); ) {
      parts.add(part.group(1));
    }
    return parts;
  }

  private void parameters(JsonNode parameters, DocumentFile file, List<ObjectNode> all) {
    for (JsonNode written : parameters) {
      if (written instanceof ObjectNode) {
        SourceDocument.Target target = this.document.resolve((ObjectNode) written, file);
        if (target != null) {
          all.add(target.node());
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
