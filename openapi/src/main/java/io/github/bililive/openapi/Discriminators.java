package io.github.bililive.openapi;

import io.swagger.v3.oas.models.media.Discriminator;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.openapitools.codegen.utils.ModelUtils;

/** What a discriminator without a mapping means. */
@SuppressWarnings({"rawtypes", "unchecked"}) // As the parser has it.
final class Discriminators {
  private final Map<String, Schema> schemas;

  private Discriminators(Map<String, Schema> schemas) {
    this.schemas = schemas;
  }

  /**
   * Gives each a mapping whose alternatives allow one value each. By OpenAPI the value is the name
   * of the schema, but it cannot be where the schema itself says otherwise.
   */
  static void map(Map<String, Schema> schemas) {
    Discriminators discriminators = new Discriminators(schemas);
    schemas.values().forEach(discriminators::map);
  }

  private void map(Schema schema) {
    Discriminator discriminator = schema.getDiscriminator();
    List<Schema> alternatives = alternatives(schema);
    if (discriminator == null || discriminator.getMapping() != null || alternatives.isEmpty()) {
      return;
    }
    Map<String, String> mapping = new LinkedHashMap<>();
    for (Schema alternative : alternatives) {
      String value = onlyValue(alternative, discriminator.getPropertyName(), 0);
      if (value == null
          || alternative.get$ref() == null
          || mapping.put(value, alternative.get$ref()) != null) {
        return;
      }
    }
    discriminator.setMapping(mapping);
  }

  /** What a union may be; nothing if it is none. */
  static List<Schema> alternatives(Schema schema) {
    List<Schema> alternatives = schema.getOneOf() == null ? schema.getAnyOf() : schema.getOneOf();
    return alternatives == null ? Collections.emptyList() : alternatives;
  }

  private String onlyValue(Schema schema, String property, int depth) {
    Schema<?> referred = referred(schema);
    if (depth > this.schemas.size()) {
      return null; // Extends itself.
    }
    Map<String, Schema> properties = referred.getProperties();
    if (properties != null && properties.containsKey(property)) {
      List<?> values = referred(properties.get(property)).getEnum();
      return values != null && values.size() == 1 && values.get(0) instanceof String
          ? (String) values.get(0)
          : null;
    }
    return Stream.ofNullable(referred.getAllOf())
        .flatMap(Collection::stream)
        .map(part -> onlyValue(part, property, depth + 1))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Schema<?> referred(Schema schema) {
    return schema.get$ref() == null
        ? schema
        : this.schemas.getOrDefault(ModelUtils.getSimpleRef(schema.get$ref()), schema);
  }
}
