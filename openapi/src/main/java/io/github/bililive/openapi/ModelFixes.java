package io.github.bililive.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenDiscriminator;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.DefaultCodegen;
import org.openapitools.codegen.utils.ModelUtils;

/** What the generator gets wrong in models, mended when all of them are known. */
@SuppressWarnings("rawtypes") // As the parser has it.
final class ModelFixes {
  private final DefaultCodegen generator;
  private final OpenAPI document;
  private final Map<CodegenModel, PropertyNames> named = new IdentityHashMap<>();
  // What has been through either: the generator has one object in several lists.
  private final Set<Object> numbered = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> escaped = Collections.newSetFromMap(new IdentityHashMap<>());

  private ModelFixes(DefaultCodegen generator, OpenAPI document) {
    this.generator = generator;
    this.document = document;
  }

  static void apply(List<CodegenModel> models, DefaultCodegen generator, OpenAPI document) {
    ModelFixes fixes = new ModelFixes(generator, document);
    models.forEach(fixes::dropInventedDiscriminator);
    models.forEach(model -> Alternatives.relax(model, properties(model), document));
    Map<String, EnumConstants> enums =
        models.stream()
            .filter(model -> model.isEnum && model.allowableValues != null)
            .collect(Collectors.toMap(model -> model.classname, EnumConstants::new));
    models.stream().flatMap(ModelFixes::properties).forEach(fixes::callLikeABoolean);
    models.forEach(fixes::name);
    models.stream()
        .flatMap(ModelFixes::properties)
        .forEach(property -> fixes.defaultByValue(property, enums.get(property.dataType)));
    models.forEach(fixes::escape);
  }

  /**
   * Of alternatives that are unions with discriminators the generator makes one that lacks values.
   */
  private void dropInventedDiscriminator(CodegenModel model) {
    Schema<?> schema = ModelUtils.getSchema(document, model.schemaName);
    if (schema != null
        && (schema.getDiscriminator() == null || schema.getDiscriminator().getMapping() == null)
        && Discriminators.alternatives(schema).stream()
            .map(alternative -> ModelUtils.getReferencedSchema(document, alternative))
            .anyMatch(alternative -> !Discriminators.alternatives(alternative).isEmpty())) {
      model.discriminator = null;
    }
  }

  /**
   * The generator refers to a constant by the name that it would have if it were the only one, and
   * prints a value that is none of the enum's.
   */
  private void defaultByValue(CodegenProperty property, EnumConstants constants) {
    Object value = property.vendorExtensions.get(EnumConstants.DEFAULT);
    if (constants != null
        && value != null
        && property.defaultValue != null
        && !constants.has(property.defaultValue)) {
      property.defaultValue =
          constants.classname
              + ".of("
              + generator.toEnumValue(String.valueOf(value), constants.dataType)
              + ")";
    }
  }

  /** A 0 or 1 that is a boolean in Java. */
  private void callLikeABoolean(CodegenProperty property) {
    if (Boolean.TRUE.equals(property.vendorExtensions.get("x-flag"))) {
      property.getter = generator.toBooleanGetter(property.name);
    }
  }

  private PropertyNames name(CodegenModel model) {
    PropertyNames done = named.get(model);
    if (done != null) {
      return done;
    }
    PropertyNames names;
    if (model.parentModel == null) {
      names = new PropertyNames(Lenient.hasAdditional(model));
    } else {
      names = new PropertyNames(name(model.parentModel));
      Inheritance.reconcile(model);
    }
    named.put(model, names);
    model.vars.forEach(names::take);
    model.allVars.forEach(names::take);
    properties(model).filter(numbered::add).forEach(names::apply);
    return names;
  }

  private static Stream<CodegenProperty> properties(CodegenModel model) {
    return Stream.of(
            model.vars,
            model.allVars,
            model.requiredVars,
            model.optionalVars,
            model.readOnlyVars,
            model.readWriteVars,
            model.parentVars,
            model.parentRequiredVars,
            model.nonNullableVars)
        .flatMap(Collection::stream);
  }

  private void escape(CodegenModel model) {
    properties(model)
        .filter(escaped::add)
        .forEach(property -> property.baseName = Literals.escape(property.baseName));
    CodegenDiscriminator discriminator = model.discriminator;
    if (discriminator != null && escaped.add(discriminator)) {
      discriminator.setPropertyBaseName(Literals.escape(discriminator.getPropertyBaseName()));
      if (discriminator.getMappedModels() != null) {
        discriminator.getMappedModels().stream()
            // An alternative that is a union has no value of its own.
            .filter(mapped -> mapped.getMappingName() != null && escaped.add(mapped))
            .forEach(mapped -> mapped.setMappingName(Literals.escape(mapped.getMappingName())));
      }
    }
  }
}
