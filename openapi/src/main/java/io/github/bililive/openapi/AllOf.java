package io.github.bililive.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * What {@code allOf} says and the generator drops: that a property of another schema is required,
 * and that a schema is another that has no properties, a union say.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // As the model of OpenAPI itself has it.
final class AllOf {
  private final OpenAPI document;
  private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private AllOf(OpenAPI document) {
    this.document = document;
  }

  /** Writes it into a document so that the generator keeps it. A second time changes nothing. */
  static void spellOut(OpenAPI document) {
    AllOf allOf = new AllOf(document);
    Map<String, Schema> schemas = ModelUtils.getSchemas(document);
    // What the parser makes of a type that it does not know.
    schemas.values().removeIf(Objects::isNull);
    schemas.replaceAll((name, schema) -> allOf.withoutAlias(schema));
    schemas.values().forEach(allOf::keepRequired);
    allOf.contents().filter(Objects::nonNull).forEach(allOf::keepRequired);
  }

  /** What the other properties are, if the schema or any part of it allows such. */
  static Optional<Schema> additionalProperties(OpenAPI document, Schema schema) {
    AllOf allOf = new AllOf(document);
    return Optional.ofNullable(allOf.additionalProperties(schema));
  }

  private Schema additionalProperties(Schema reference) {
    Schema schema = ModelUtils.getReferencedSchema(document, reference);
    Object values = schema.getAdditionalProperties();
    if (!seen.add(schema)) {
      return null;
    }
    if (values instanceof Schema) {
      return (Schema) values;
    }
    if (Boolean.TRUE.equals(values)) {
      return new Schema();
    }
    if (schema.getAllOf() != null) {
      for (Schema part : (List<Schema>) schema.getAllOf()) {
        Schema found = additionalProperties(part);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** The generator makes a class without properties of what is all of a union or map. */
  private Schema withoutAlias(Schema schema) {
    if (schema.getAllOf() == null || schema.getAllOf().size() != 1 || hasProperties(schema)) {
      return schema;
    }
    Schema other = ModelUtils.getReferencedSchema(document, (Schema) schema.getAllOf().get(0));
    if (other == schema || other.get$ref() != null) {
      return schema;
    }
    other = withoutAlias(other);
    if (hasProperties(other)
        || !(ModelUtils.hasOneOf(other)
            || ModelUtils.hasAnyOf(other)
            || ModelUtils.isMapSchema(other))) {
      // Aliases does the rest, such as texts.
      return schema;
    }
    Schema same = ModelUtils.cloneSchema(other, false);
    same.setDescription(
        schema.getDescription() == null ? other.getDescription() : schema.getDescription());
    same.setNullable(schema.getNullable() == null ? other.getNullable() : schema.getNullable());
    same.setDeprecated(
        schema.getDeprecated() == null ? other.getDeprecated() : schema.getDeprecated());
    same.setDefault(schema.getDefault() == null ? other.getDefault() : schema.getDefault());
    return same;
  }

  private static boolean hasProperties(Schema schema) {
    return schema.getProperties() != null && !schema.getProperties().isEmpty();
  }

  private void keepRequired(Schema schema) {
    if (!seen.add(schema)) {
      return;
    }
    if (schema.getAllOf() != null) {
      for (Schema part : (List<Schema>) schema.getAllOf()) {
        if (part.get$ref() == null && part.getRequired() != null && part.getType() == null) {
          // Else the generator takes it for what it does not support, and leaves it out.
          part.setType("object");
        }
      }
      if (hasProperties(schema) && schema.getRequired() != null) {
        moveIntoAllOf(schema);
      }
    }
    parts(schema).forEach(this::keepRequired);
  }

  /** The generator does so, too, but then forgets what else is required than these properties. */
  private static void moveIntoAllOf(Schema schema) {
    Schema own = new Schema();
    own.setType("object");
    own.setRequired(schema.getRequired());
    own.setProperties(schema.getProperties());
    schema.setProperties(null);
    schema.setRequired(null);
    schema.addAllOfItem(own);
  }

  private static Stream<Schema> parts(Schema schema) {
    List<Object> parts = new ArrayList<>();
    for (Collection<Schema> of :
        new Collection[] {
          schema.getAllOf(),
          schema.getOneOf(),
          schema.getAnyOf(),
          schema.getProperties() == null ? null : schema.getProperties().values()
        }) {
      parts.addAll(of == null ? Collections.emptyList() : of);
    }
    parts.add(schema.getItems());
    parts.add(schema.getAdditionalProperties());
    return parts.stream().filter(Schema.class::isInstance).map(Schema.class::cast);
  }

  /** The schemas of bodies and answers. */
  private Stream<Schema> contents() {
    Stream<RequestBody> bodies = Stream.empty();
    Stream<ApiResponse> answers = Stream.empty();
    if (document.getComponents() != null) {
      bodies = values(document.getComponents().getRequestBodies());
      answers = values(document.getComponents().getResponses());
    }
    Stream<Content> contents =
        Stream.concat(bodies.map(RequestBody::getContent), answers.map(ApiResponse::getContent));
    return Stream.concat(
            contents,
            values(document.getPaths()).flatMap(path -> operations(path)).flatMap(AllOf::contents))
        .filter(Objects::nonNull)
        .flatMap(AllOf::values)
        .map(type -> type.getSchema());
  }

  private static Stream<Operation> operations(PathItem path) {
    return path.readOperations().stream();
  }

  private static Stream<Content> contents(Operation operation) {
    return Stream.concat(
        Stream.of(operation)
            .map(Operation::getRequestBody)
            .filter(Objects::nonNull)
            .map(RequestBody::getContent),
        values(operation.getResponses()).map(ApiResponse::getContent));
  }

  private static <T> Stream<T> values(Map<String, T> map) {
    return map == null ? Stream.empty() : map.values().stream();
  }
}
