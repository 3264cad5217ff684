package io.github.bililive.openapi;

import io.swagger.v3.oas.models.media.Schema;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.openapitools.codegen.CodegenConfig;
import org.openapitools.codegen.utils.ModelUtils;

/** The names of models and interfaces, told apart where the generator would give one to two. */
@SuppressWarnings("rawtypes") // As the parser has it.
final class ClassNames {
  private final CodegenConfig generator;
  private final UniqueNames models =
      new UniqueNames(
          "GeneratedEnum",
          "GeneratedJsonAdapterFactory",
          "GeneratedLenientModel",
          "GeneratedModel",
          "GeneratedUnion",
          "JsonValues");
  private final UniqueNames apis = new UniqueNames("Decimal", "Operation", "Separated");
  private final Map<String, String> apisByTag = new HashMap<>();

  ClassNames(CodegenConfig generator) {
    this.generator = generator;
  }

  /** Gives each schema a class name of its own; those that a user gives come first. */
  void tellApart(Map<String, Schema> schemas) {
    generator.modelNameMapping().replaceAll((schema, name) -> models.take(name));
    Predicate<String> becomesAClass = schema -> becomesAClass(schemas.get(schema));
    schemas.keySet().stream().filter(becomesAClass).forEach(this::tellApart);
    // The generator keeps these under their class name, too, before it forgets them.
    schemas.keySet().stream().filter(becomesAClass.negate()).forEach(this::tellApart);
  }

  private void tellApart(String schema) {
    if (generator.typeMapping().containsKey(schema)) {
      // Or the schema "set", say, would count as java.util.Set, and have no class.
      generator.importMapping().remove(generator.typeMapping().get(schema));
    }
    if (generator.modelNameMapping().containsKey(schema)) {
      return;
    }
    String name = generator.toModelName(schema);
    String unique = models.take(isTaken(name) ? name + "Model" : name);
    if (!unique.equals(name)) {
      generator.modelNameMapping().put(schema, unique);
    }
  }

  /** Whether it would hide a class, or the generator would take it for one that it knows. */
  private boolean isTaken(String name) {
    return GeneratorDefaults.isUsedClass(name)
        || generator.typeMapping().containsKey(name)
        || generator.importMapping().containsKey(name)
        || generator.languageSpecificPrimitives().contains(name);
  }

  private static boolean becomesAClass(Schema<?> schema) {
    return schema.getEnum() != null
        || !(ModelUtils.isArraySchema(schema)
            || ModelUtils.isStringSchema(schema)
            || ModelUtils.isIntegerSchema(schema)
            || ModelUtils.isNumberSchema(schema)
            || ModelUtils.isBooleanSchema(schema));
  }

  /** The name of a tag's interface, from that which the generator has for it. */
  String api(String tag, UnaryOperator<String> named, String suffix) {
    return apisByTag.computeIfAbsent(tag, t -> apis.take(without(suffix, named.apply(t))) + suffix);
  }

  private static String without(String suffix, String name) {
    return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
  }
}
