package io.github.bililive.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Defaults that the parser loses: it has none of an integer that is no int, and a double of any
 * other number. They are taken from the file itself.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // As the model of OpenAPI itself has it.
final class NumericDefaults {
  private NumericDefaults() {}

  /** Of the schemas in the first file of a document. */
  static void restore(Map<String, Schema> schemas, JsonNode document) {
    restoreAll(
        schemas,
        document.has("swagger")
            ? document.path("definitions")
            : document.path("components").path("schemas"));
  }

  private static void restoreAll(Map<String, Schema> schemas, JsonNode written) {
    (schemas == null ? Collections.<String, Schema>emptyMap() : schemas)
        .forEach((name, schema) -> restore(schema, written.path(name)));
  }

  private static void restoreAll(List<Schema> schemas, JsonNode written) {
    for (int i = 0; schemas != null && i < schemas.size(); i++) {
      restore(schemas.get(i), written.path(i));
    }
  }

  private static void restore(Object schemaOrBoolean, JsonNode written) {
    if (!(schemaOrBoolean instanceof Schema) || !written.isObject()) {
      return;
    }
    Schema schema = (Schema) schemaOrBoolean;
    JsonNode number = written.path("default");
    if (number.isNumber() && !isSame(number, schema.getDefault())) {
      boolean isLong = number.isIntegralNumber() && number.canConvertToLong();
      schema.setDefault(isLong ? (Object) number.longValue() : number.decimalValue());
    }
    restoreAll(schema.getProperties(), written.path("properties"));
    restoreAll(schema.getAllOf(), written.path("allOf"));
    restoreAll(schema.getOneOf(), written.path("oneOf"));
    restoreAll(schema.getAnyOf(), written.path("anyOf"));
    restore(schema.getItems(), written.path("items"));
    restore(schema.getAdditionalProperties(), written.path("additionalProperties"));
  }

  private static boolean isSame(JsonNode number, Object parsed) {
    return parsed != null
        && (!(parsed instanceof Number)
            || new BigDecimal(parsed.toString()).compareTo(number.decimalValue()) == 0);
  }
}
