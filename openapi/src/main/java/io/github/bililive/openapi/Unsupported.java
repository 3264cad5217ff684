package io.github.bililive.openapi;

import java.util.List;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;

/** What no template can express: it ends the generation, with a sentence that names the place. */
final class Unsupported {
  private Unsupported() {}

  static void check(CodegenModel model) {
    String schema = "the schema " + model.schemaName;
    if (model.getComposedSchemas() != null) {
      refuse(
          isSome(model.getComposedSchemas().getOneOf())
              && isSome(model.getComposedSchemas().getAnyOf()),
          schema + " has oneOf beside anyOf",
          "Put one of them into a schema of its own.");
      // To OpenAPI Generator it is an object. Aliases has made it what it extends, if possible.
      refuse(
          Stream.ofNullable(model.getComposedSchemas().getAllOf())
              .flatMap(List::stream)
              .anyMatch(Unsupported::isNoObject),
          schema + " has an allOf of what is no object",
          "Refer to that from a property.");
    }
    refuse(
        !model.isEnum
            && model.allVars.isEmpty()
            && model.vars.isEmpty()
            && model.getAdditionalProperties() == null
            && !model.allOf.isEmpty(),
        schema + " has an allOf of what has no properties",
        "Refer to one of its parts instead.");
    refuse(
        model.isEnum && model.allowableValues != null && isMixed(model),
        schema + " is an enum that mixes texts and numbers",
        "Give it a type, and values of that type.");
    refuse(
        !model.isEnum && model.parentModel != null && model.getAdditionalProperties() != null,
        schema + " has additionalProperties and extends another by a discriminator",
        "Leave them out, or the discriminator.");
  }

  private static boolean isSome(List<?> list) {
    return list != null && !list.isEmpty();
  }

  private static boolean isNoObject(CodegenProperty part) {
    return part.isEnumRef
        || part.isArray
        || part.isString
        || part.isNumeric
        || part.isBoolean
        || part.isDate
        || part.isDateTime
        || part.isByteArray;
  }

  /** An enum without a type has that of its first value. */
  private static boolean isMixed(CodegenModel model) {
    Object values = model.allowableValues.get("values");
    return values instanceof List
        && ((List<?>) values)
            .stream()
                .anyMatch(
                    value -> model.isNumeric ? value instanceof String : value instanceof Number);
  }

  static void check(CodegenOperation operation, String tag) {
    String call = "the operation " + operation.operationId + " of the tag " + tag;
    if (operation.getHasFormParams()) {
      boolean isFormData =
          operation.consumes != null
              && operation.consumes.stream()
                  .limit(1)
                  .anyMatch(type -> type.get("mediaType").startsWith("multipart/form-data"));
      refuse(
          operation.isMultipart && !isFormData,
          call + " has a multipart body that is no form-data",
          "Retrofit knows no other: give it the content type multipart/form-data.");
      refuse(
          !operation.isMultipart && operation.bodyParam != null,
          call + " has a body beside a form",
          "Leave out one of them.");
    }
    operation.allParams.forEach(parameter -> check(parameter, operation, call));
  }

  private static void check(CodegenParameter parameter, CodegenOperation operation, String call) {
    refuse(
        !parameter.isQueryParam
            && !parameter.isPathParam
            && !parameter.isHeaderParam
            && !parameter.isFormParam
            && !parameter.isBodyParam,
        call + " has a parameter that is nowhere in the document",
        "Look for a reference to what does not exist.");
    String what = call + " has the parameter " + parameter.baseName;
    refuse(
        parameter.isPathParam && (parameter.isMatrix || "label".equals(parameter.style)),
        what + " of the style " + parameter.style,
        "Give it the style simple.");
    boolean isOneText =
        parameter.isPathParam
            || parameter.isHeaderParam
            || (parameter.isQueryParam && !parameter.isDeepObject && !parameter.isExplode);
    refuse(
        isOneText
            && parameter.contentType == null
            && parameter.isArray
            && JavaParameter.isNested(parameter),
        what + ", an array of objects or arrays in one text",
        "Give it a content type, such as application/json.");
  }

  private static void refuse(boolean isSo, String what, String remedy) {
    if (isSo) {
      throw new IllegalArgumentException("Not supported: " + what + ". " + remedy);
    }
  }
}
