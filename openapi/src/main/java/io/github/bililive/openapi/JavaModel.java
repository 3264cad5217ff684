package io.github.bililive.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenDiscriminator;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenProperty;

/**
 * A schema as the templates of models see it: an object, an enum, a union or an interface.
 *
 * <p>It is made when all models are known, and asked when their files are written.
 */
final class JavaModel {
  private final CodegenModel model;

  private final JavaModel parent;
  private final UnaryOperator<String> qualified;
  private final List<JavaProperty> own = new ArrayList<>();
  private final List<JavaProperty> all = new ArrayList<>();

  private JavaModel(CodegenModel model, JavaModel parent, UnaryOperator<String> qualified) {
    this.model = model;
    this.parent = parent;
    this.qualified = qualified;
    Map<String, CodegenProperty> properties = new LinkedHashMap<>();
    // Of a schema that has properties beside oneOf or anyOf "allVars" lacks some.
    (model.parentSchema == null ? model.vars : model.allVars)
        .forEach(property -> properties.put(property.baseName, property));
    if (parent != null) {
      // First, so that each has the same number here and there.
      for (JavaProperty inherited : parent.all) {
        CodegenProperty here = properties.remove(inherited.jsonName());
        all.add(inherited.inherited(here != null && JavaProperty.isRequired(here)));
      }
    }
    for (CodegenProperty property : properties.values()) {
      own.add(
          new JavaProperty(
              property,
              JavaType.of(property, qualified),
              JavaProperty.isRequired(property),
              false,
              all.size(),
              Lenient.is(model)));
      all.add(own.get(own.size() - 1));
    }
  }

  /** All models, by their class names; what extends another comes with it. */
  static Map<String, JavaModel> of(
      Collection<CodegenModel> models, UnaryOperator<String> qualified) {
    Map<String, JavaModel> made = new HashMap<>();
    models.forEach(model -> make(model, qualified, made));
    return made;
  }

  private static JavaModel make(
      CodegenModel model, UnaryOperator<String> qualified, Map<String, JavaModel> made) {
    JavaModel known = made.get(model.classname);
    if (known == null) {
      JavaModel parent =
          model.parentModel == null ? null : make(model.parentModel, qualified, made);
      known = new JavaModel(model, parent, qualified);
      made.put(model.classname, known);
    }
    return known;
  }

  String name() {
    return model.classname;
  }

  /** The first sentences of the Javadoc, as HTML. */
  String doc() {
    return "The schema <code>"
        + JavadocEscaper.html(model.schemaName)
        + "</code>"
        + (model.description == null || model.description.isEmpty()
            ? "."
            : ": " + JavadocEscaper.html(model.description))
        + (model.isDeprecated ? " Deprecated." : "");
  }

  boolean isEnum() {
    return model.isEnum;
  }

  boolean isInterface() {
    return !isEnum() && model.vendorExtensions.get("x-interface") != null;
  }

  /** What has properties beside oneOf or anyOf is an object. */
  boolean isUnion() {
    return !isEnum() && !isInterface() && isUnion(model);
  }

  static boolean isUnion(CodegenModel model) {
    return !model.getIsModel() && !(model.oneOf.isEmpty() && model.anyOf.isEmpty());
  }

  boolean isObject() {
    return !isEnum() && !isInterface() && !isUnion();
  }

  // Of an object.

  boolean hasChildren() {
    return model.hasChildren;
  }

  /** Whether it extends another schema. */
  boolean isChild() {
    return parent != null;
  }

  String superclass() {
    return parent != null
        ? parent.name()
        : isLenient() ? "GeneratedLenientModel" : "GeneratedModel";
  }

  /** What it extends and implements. */
  String supertypes() {
    Object interfaces = model.vendorExtensions.get("x-implements");
    return "extends "
        + superclass()
        + (interfaces instanceof Collection && !((Collection<?>) interfaces).isEmpty()
            ? ((Collection<?>) interfaces)
                .stream().map(String::valueOf).collect(Collectors.joining(", ", " implements ", ""))
            : "");
  }

  /** Whether it is read leniently: its superclass has the other properties then. */
  boolean isLenient() {
    return Lenient.is(model);
  }

  List<JavaProperty> own() {
    return own;
  }

  List<JavaProperty> all() {
    return all;
  }

  /** The properties whose defaults are made once. */
  List<JavaProperty> constants() {
    return own.stream()
        .filter(property -> property.constant() != null)
        .collect(Collectors.toList());
  }

  /** Those that a builder or a reader must not lack. */
  List<JavaProperty> missable() {
    return all.stream()
        .filter(property -> property.isMissing() != null)
        .collect(Collectors.toList());
  }

  boolean hasMissable() {
    return !missable().isEmpty();
  }

  boolean hasRequired() {
    return !isLenient()
        && missable().stream().anyMatch(property -> !property.isRequiredAndNullable());
  }

  /** Of those that a builder may leave null, but a reader must find. */
  List<JavaProperty> requiredAndNullable() {
    return all.stream().filter(JavaProperty::isRequiredAndNullable).collect(Collectors.toList());
  }

  boolean hasSecrets() {
    return !secrets().isEmpty();
  }

  List<JavaProperty> secrets() {
    return all.stream().filter(JavaProperty::isSecret).collect(Collectors.toList());
  }

  /** Whether it has other properties than those that are named. */
  boolean hasAdditional() {
    return Lenient.hasAdditional(model);
  }

  /** Whether it keeps those that are new, not those alone that are of another type. */
  boolean keepsOther() {
    return model.getAdditionalProperties() != null;
  }

  /** The adapter by which they are written. */
  String additionalWriter() {
    return isLenient() ? "JsonValues.OBJECT" : additionalAdapter();
  }

  private JavaType additional() {
    return JavaType.of(model.getAdditionalProperties(), qualified);
  }

  String additionalType() {
    return isLenient()
        ? "`java.util.Map`<String, " + JavaType.NULLABLE + "Object>"
        : additional().asMap();
  }

  String additionalAdapter() {
    return additional().elementAdapter();
  }

  // Of a discriminator.

  boolean isDiscriminated() {
    return model.discriminator != null;
  }

  /** The property that tells what it is, as it is in JSON, escaped for a literal. */
  String discriminatorName() {
    return model.discriminator.getPropertyBaseName();
  }

  /** Whether a class that extends this one is read as what the discriminator says. */
  boolean isDispatched() {
    return hasChildren() && isDiscriminated();
  }

  /** What each value means; a schema that has no class of its own, free JSON say, is left out. */
  List<CodegenDiscriminator.MappedModel> mappedModels() {
    return Stream.ofNullable(model.discriminator.getMappedModels())
        .flatMap(Collection::stream)
        .filter(mapped -> mapped.getModel() != null && !mapped.getModel().isAlias)
        .filter(mapped -> mapped.getMappingName() != null)
        .collect(Collectors.toList());
  }

  /** The same without this class itself, which the mapping may name. */
  List<CodegenDiscriminator.MappedModel> otherMappedModels() {
    return mappedModels().stream()
        .filter(mapped -> !mapped.getModelName().equals(name()))
        .collect(Collectors.toList());
  }

  // Of a union.

  /** An alternative of a union. */
  static final class Alternative {
    private final CodegenProperty property;
    private final JavaType type;
    private final int number;

    Alternative(CodegenProperty property, JavaType type, int number) {
      this.property = property;
      this.type = type;
      this.number = number;
    }

    String type() {
      return type.boxed();
    }

    String shown() {
      return type.shown();
    }

    String adapter() {
      return type.adapter();
    }

    /** Two that are the same to the JVM (List of A, List of B): the second has its number. */
    String method() {
      return "of"
          + (property.vendorExtensions.containsKey("x-duplicated-data-type")
              ? String.valueOf(number)
              : "");
    }

    /** Of two with one Java type the first has the method. */
    boolean hasMethod() {
      return !property.vendorExtensions.containsKey("x-duplicated-data-type-ignoring-erasure");
    }
  }

  List<Alternative> alternatives() {
    List<CodegenProperty> properties =
        model.getComposedSchemas() == null
            ? new ArrayList<>()
            : Stream.of(
                    model.getComposedSchemas().getOneOf(), model.getComposedSchemas().getAnyOf())
                .filter(list -> list != null)
                .flatMap(List::stream)
                .collect(Collectors.toList());
    List<Alternative> alternatives = new ArrayList<>();
    for (CodegenProperty property : properties) {
      alternatives.add(
          new Alternative(property, JavaType.of(property, qualified), alternatives.size() + 1));
    }
    return alternatives;
  }

  // Of an enum.

  /** A value of an enum that has a name. */
  static final class Constant {
    private final Map<String, Object> constant;

    Constant(Map<String, Object> constant) {
      this.constant = constant;
    }

    String constant() {
      return (String) constant.get("name");
    }

    /** As Java. */
    String value() {
      return String.valueOf(constant.get("value"))
          .replace("new BigDecimal(", "new `java.math.BigDecimal`(");
    }

    /** As Java, without packages. */
    String shown() {
      return String.valueOf(constant.get("value"));
    }

    String description() {
      return (String) constant.get("enumDescription");
    }
  }

  @SuppressWarnings("unchecked") // A list of maps, as the generator makes it.
  List<Constant> constantsOfEnum() {
    List<Map<String, Object>> constants =
        model.allowableValues == null
            ? null
            : (List<Map<String, Object>>) model.allowableValues.get("enumVars");
    return Stream.ofNullable(constants)
        .flatMap(List::stream)
        .map(Constant::new)
        .collect(Collectors.toList());
  }

  private JavaType valueType() {
    return JavaType.of(model.dataType);
  }

  String enumType() {
    return valueType().required();
  }

  String enumBoxed() {
    return valueType().boxed();
  }

  String enumAdapter() {
    return valueType().adapter();
  }
}
