package io.github.bililive.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Alternatives beside properties: the object has the properties of all of them, so that what one of
 * them requires need not be there.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // As the model of OpenAPI itself has it.
final class Alternatives {
  private final OpenAPI document;
  private final Set<String> required = new HashSet<>();
  private final Set<Schema> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean any;

  private Alternatives(OpenAPI document) {
    this.document = document;
  }

  /** Requires of a model only what is required whichever alternative it is. */
  static void relax(CodegenModel model, Stream<CodegenProperty> properties, OpenAPI document) {
    Schema schema = ModelUtils.getSchema(document, model.schemaName);
    if (schema == null) {
      return;
    }
    Alternatives alternatives = new Alternatives(document);
    alternatives.visit(schema);
    if (alternatives.any) {
      properties.forEach(
          property -> property.required &= alternatives.required.contains(property.baseName));
      model.requiredVars.removeIf(property -> !property.required);
      model.setHasRequired(!model.requiredVars.isEmpty());
    }
  }

  private void visit(Schema reference) {
    Schema schema = ModelUtils.getReferencedSchema(document, reference);
    if (!seen.add(schema)) {
      return;
    }
    any |= ModelUtils.hasOneOf(schema) || ModelUtils.hasAnyOf(schema);
    required.addAll(schema.getRequired() == null ? Collections.emptyList() : schema.getRequired());
    if (schema.getAllOf() != null) {
      ((List<Schema>) schema.getAllOf()).forEach(this::visit);
    }
  }
}
