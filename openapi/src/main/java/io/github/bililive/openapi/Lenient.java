package io.github.bililive.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenModel;

/**
 * Which schemas are read leniently: what says {@code x-lenient: true}, or all by the option {@code
 * lenient} but those that say false. Of schemas that extend one another all are if one is.
 */
@SuppressWarnings("rawtypes") // As the parser has it.
final class Lenient {
  /** The generator's option, and what a schema says, with this in front. */
  static final String OPTION = "lenient";

  private static final String EXTENSION = "x-" + OPTION;

  private Lenient() {}

  /** What is written inside a schema, not referred to, is as that is if it says nothing itself. */
  static void spread(Map<String, Schema> schemas) {
    for (Schema schema : schemas.values()) {
      spread(schema, null);
    }
  }

  private static void spread(Object inside, Object said) {
    if (!(inside instanceof Schema) || ((Schema) inside).get$ref() != null) {
      return;
    }
    Schema<?> schema = (Schema<?>) inside;
    Map<String, Object> extensions = schema.getExtensions();
    Object here = extensions == null ? null : extensions.get(EXTENSION);
    Object holds = here == null ? said : here;
    if (here == null && said != null) {
      schema.addExtension(EXTENSION, said);
    }
    Stream.of(schema.getAllOf(), schema.getOneOf(), schema.getAnyOf())
        .filter(Objects::nonNull)
        .flatMap(Collection::stream)
        .forEach(part -> spread(part, holds));
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(property -> spread(property, holds));
    }
    spread(schema.getItems(), holds);
    spread(schema.getAdditionalProperties(), holds);
  }

  /** Writes into each model whether it is. */
  static void mark(Collection<CodegenModel> models, boolean byDefault) {
    Set<CodegenModel> roots = Collections.newSetFromMap(new IdentityHashMap<>());
    for (CodegenModel model : models) {
      Object said = model.vendorExtensions.get(EXTENSION);
      if (said == null ? byDefault : Boolean.parseBoolean(said.toString())) {
        roots.add(root(model));
      }
    }
    for (CodegenModel model : models) {
      model.vendorExtensions.put(EXTENSION, roots.contains(root(model)));
    }
  }

  private static CodegenModel root(CodegenModel model) {
    return model.parentModel == null ? model : root(model.parentModel);
  }

  /** Whether a model that has been marked is read leniently. */
  static boolean is(CodegenModel model) {
    return Boolean.TRUE.equals(model.vendorExtensions.get(EXTENSION));
  }

  /** Whether a model has a map of what has no getter. */
  static boolean hasAdditional(CodegenModel model) {
    return is(model) || model.getAdditionalProperties() != null;
  }
}
