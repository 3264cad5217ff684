package io.github.bililive.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import org.openapitools.codegen.CodegenProperty;

/** The defaults of properties as Java, where the generator's expression is none or another. */
final class DefaultValues {
  /** Under which extension a property has the default of an array, as JSON in a literal. */
  static final String JSON = "x-default-json";

  private DefaultValues() {}

  /**
   * An expression, the default of a property.
   *
   * @param referred the property's schema
   * @param expression what the generator has for it
   */
  static String toJava(
      CodegenProperty property, Schema<?> schema, Schema<?> referred, String expression) {
    Object value = referred.getDefault();
    if (value == null || expression == null) {
      return expression;
    }
    if (property.isDate || property.isDateTime) {
      // The generator has no Java for it where the type is an alias.
      return null;
    }
    property.vendorExtensions.put(EnumConstants.DEFAULT, value);
    if (property.dataType.equals("String") && schema.getEnum() == null) {
      return Literals.quote(String.valueOf(value));
    }
    if (property.isArray && !Json.mapper().valueToTree(value).isEmpty()) {
      JsonNode values = Json.mapper().valueToTree(value);
      if (property.items.isString && !property.items.getIsEnumOrRef()) {
        return texts(values);
      }
      property.vendorExtensions.put(JSON, Literals.quote(values.toString()));
    }
    return expression;
  }

  private static String texts(Iterable<JsonNode> values) {
    StringBuilder list = new StringBuilder("Arrays.asList(");
    String separator = "";
    for (JsonNode value : values) {
      list.append(separator).append(Literals.quote(value.asText()));
      separator = ", ";
    }
    return list.append(')').toString();
  }
}
