package io.github.bililive.openapi;

import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.ComposedSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Schemas that are a text, a number, an enum or an array by {@code allOf}, which the generator
 * takes for objects.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // As the parser has it.
final class Aliases {
  private final Map<String, Schema> schemas;
  private final Set<Schema> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private Aliases(Map<String, Schema> schemas) {
    this.schemas = schemas;
  }

  /** Gives each of them the type of what it extends, in the place of {@code allOf}. */
  static void resolve(Map<String, Schema> schemas) {
    Aliases aliases = new Aliases(schemas);
    schemas.values().forEach(aliases::resolve);
    // To the generator anything of this class is composed, whatever it is composed of.
    schemas.replaceAll(
        (name, schema) ->
            schema instanceof ComposedSchema && !isComposed(schema)
                ? Json.mapper().convertValue(schema, Schema.class)
                : schema);
  }

  private Schema resolve(Schema schema) {
    if (schema.get$ref() != null) {
      Schema target = this.schemas.get(ModelUtils.getSimpleRef(schema.get$ref()));
      return target == null ? schema : resolve(target);
    }
    List<Schema> all = schema.getAllOf();
    if (all == null
        || schema.getProperties() != null
        || schema.getAnyOf() != null
        || schema.getOneOf() != null
        || !this.visited.add(schema)) {
      return schema;
    }
    List<Schema> extended =
        all.stream()
            .filter(part -> !saysNothing(part))
            .map(this::resolve)
            .collect(Collectors.toList());
    if (!extended.isEmpty() && extended.stream().allMatch(Aliases::isNoObject)) {
      schema.setAllOf(null);
      extended.forEach(part -> copy(part, schema));
    }
    return schema;
  }

  /** Whether it adds a description, say, and nothing else. */
  private static boolean saysNothing(Schema part) {
    return part.get$ref() == null
        && ModelUtils.getType(part) == null
        && part.getEnum() == null
        && part.getProperties() == null
        && part.getItems() == null
        && !isComposed(part);
  }

  private static boolean isNoObject(Schema schema) {
    String type = ModelUtils.getType(schema);
    return !isComposed(schema)
        && schema.getProperties() == null
        && (schema.getEnum() != null || (type != null && !type.equals("object")));
  }

  private static boolean isComposed(Schema schema) {
    return schema.getAllOf() != null || schema.getAnyOf() != null || schema.getOneOf() != null;
  }

  private static void copy(Schema from, Schema to) {
    if (ModelUtils.getType(to) == null) {
      to.setType(from.getType());
      to.setTypes(from.getTypes());
    }
    if (to.getFormat() == null) {
      to.setFormat(from.getFormat());
    }
    if (to.getItems() == null) {
      to.setItems(from.getItems());
    }
    if (to.getEnum() == null && from.getEnum() != null) {
      to.setEnum(from.getEnum());
      extensions(from)
          .forEach(
              (key, value) -> {
                if (!extensions(to).containsKey(key)) to.addExtension(key, value);
              });
    }
    if (to.getDefault() == null) {
      to.setDefault(from.getDefault());
    }
    if (to.getNullable() == null) {
      to.setNullable(from.getNullable());
    }
  }

  private static Map<String, Object> extensions(Schema schema) {
    return schema.getExtensions() == null ? Collections.emptyMap() : schema.getExtensions();
  }
}
