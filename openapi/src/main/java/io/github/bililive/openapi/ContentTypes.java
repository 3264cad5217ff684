package io.github.bililive.openapi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;

/** Content types, in which the generator drops the quotes of parameters. */
final class ContentTypes {
  private ContentTypes() {}

  /** Puts them back, as they stand in a literal of Java. */
  static void keepQuotes(CodegenOperation operation) {
    CodegenParameter body = operation.bodyParam;
    if (body == null || body.getContent() == null) {
      return;
    }
    for (String type : body.getContent().keySet()) {
      String cut = type.replace("\"", "");
      Stream.of(operation.consumes, operation.prioritizedContentTypes)
          .filter(Objects::nonNull)
          .flatMap(List<Map<String, String>>::stream)
          .filter(each -> cut.equals(each.get("mediaType")))
          .forEach(each -> each.put("mediaType", Literals.escape(type)));
    }
  }
}
