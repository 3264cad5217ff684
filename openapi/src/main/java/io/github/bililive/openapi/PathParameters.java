package io.github.bililive.openapi;

import java.util.List;
import java.util.stream.Collectors;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;

/**
 * The names of the parts of a path. They are not sent, and Retrofit allows ASCII letters, digits,
 * {@code _} and {@code -} alone.
 */
final class PathParameters {
  private PathParameters() {}

  /** Gives another name to each that Retrofit would refuse. */
  static void rename(CodegenOperation operation) {
    List<CodegenParameter> parts =
        operation.allParams.stream()
            .filter(parameter -> parameter.isPathParam)
            .collect(Collectors.toList());
    UniqueNames names = new UniqueNames();
    parts.stream().filter(part -> isAllowed(part.baseName)).forEach(p -> names.take(p.baseName));
    for (CodegenParameter part : parts) {
      if (!isAllowed(part.baseName)) {
        String name = names.take("p" + part.baseName.replaceAll("[^a-zA-Z0-9_-]", "_"));
        operation.path = operation.path.replace("{" + part.baseName + "}", "{" + name + "}");
        part.baseName = name;
      }
    }
  }

  private static boolean isAllowed(String name) {
    return name.matches("[a-zA-Z][a-zA-Z0-9_-]*");
  }
}
