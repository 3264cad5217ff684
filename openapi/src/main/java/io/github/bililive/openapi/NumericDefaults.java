package io.github.bililive.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.swagger.v3.oas.models.media.Schema;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.openapitools.codegen.utils.ModelUtils;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Defaults that the parser loses: it has none of an integer that is no int, and a double of any
 * other number. They are taken from the file itself.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // As the model of OpenAPI itself has it.
final class NumericDefaults {
  private NumericDefaults() {}

  /** Of the schemas in one file; a document at a URL stays as the parser has it. */
  static void restore(Map<String, Schema> schemas, String spec) {
    File file = new File(spec);
    if (!file.isFile()) {
      return;
    }
    try {
      JsonNode written = mapper(file).readTree(file).path("components").path("schemas");
      restoreAll(schemas, written);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectMapper mapper(File file) {
    LoaderOptions ofAnySize = new LoaderOptions();
    ofAnySize.setCodePointLimit(Integer.MAX_VALUE);
    return new ObjectMapper(
            file.getName().endsWith(".json")
                ? new JsonFactory()
                : YAMLFactory.builder().loaderOptions(ofAnySize).build())
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
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
      if (!isLong && "integer".equals(ModelUtils.getType(schema))) {
        throw new IllegalArgumentException(
            "Not supported: the default "
                + number
                + " of an integer, which is long in Java. Give it one from "
                + Long.MIN_VALUE
                + " to "
                + Long.MAX_VALUE
                + ", or none.");
      }
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
