package io.github.bililive.openapi;

import io.github.bililive.openapi.source.UnsupportedDocumentException;
import java.util.List;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * What no template can express and the look at the source did not find: it ends the generation,
 * with a sentence that names the schema.
 */
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

  private static void refuse(boolean isSo, String what, String remedy) {
    if (isSo) {
      throw new UnsupportedDocumentException("Not supported: " + what + ". " + remedy);
    }
  }
}
