package io.github.bililive.openapi;

import java.util.List;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.model.ModelMap;

/** What the generator gets wrong in operations, mended when all models are known. */
final class OperationFixes {
  private OperationFixes() {}

  static void apply(CodegenOperation operation, List<ModelMap> models) {
    operation.vendorExtensions.put(JavaCall.PATH, "/" + operation.path);
    PathParameters.rename(operation);
    operation.path = Literals.escape(RelativePaths.of(operation.path));
    ContentTypes.keepQuotes(operation);
    if (operation.externalDocs != null && operation.externalDocs.getUrl() != null) {
      operation.externalDocs.setUrl(JavadocEscaper.url(operation.externalDocs.getUrl()));
    }
    parameters(operation).forEach(parameter -> countUnionsAsValues(parameter, models));
    parameters(operation)
        // None without a reference that leads nowhere, which has been said.
        .filter(parameter -> parameter.baseName != null)
        .forEach(parameter -> parameter.baseName = Literals.escape(parameter.baseName));
  }

  /**
   * In an array the generator has one flag for objects and unions, which are written as their
   * value.
   */
  private static void countUnionsAsValues(CodegenParameter parameter, List<ModelMap> models) {
    CodegenProperty element = parameter.items;
    if (parameter.isArray && element != null && element.isModel) {
      element.isModel =
          models.stream()
              .map(ModelMap::getModel)
              .filter(model -> model.classname.equals(element.dataType))
              .noneMatch(
                  model ->
                      model.vars.isEmpty() && !(model.oneOf.isEmpty() && model.anyOf.isEmpty()));
    }
  }

  private static Stream<CodegenParameter> parameters(CodegenOperation operation) {
    return Stream.concat(operation.allParams.stream(), operation.cookieParams.stream()).distinct();
  }
}
