package io.github.bililive.openapi;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.utils.StringUtils;

/** A property as the templates of models see it: names, types, texts and expressions. */
final class JavaProperty {
  private final CodegenProperty property;
  private final JavaType type;
  private final boolean required;
  private final boolean inherited;

  /** In which order the names of the JSON are looked up, from 0 on. */
  private final int index;

  /** Whether its model is read leniently. */
  private final boolean lenient;

  JavaProperty(
      CodegenProperty property,
      JavaType type,
      boolean required,
      boolean inherited,
      int index,
      boolean lenient) {
    this.property = property;
    this.type = type;
    this.required = required;
    this.inherited = inherited;
    this.index = index;
    this.lenient = lenient;
  }

  /**
   * Whether a property must be there: what is readOnly is missing in requests and what is writeOnly
   * in answers.
   */
  static boolean isRequired(CodegenProperty property) {
    return property.required && !property.isReadOnly && !property.isWriteOnly;
  }

  /** The same where nothing is lenient. */
  private boolean isStrictlyRequired() {
    return !lenient && isRequired(property);
  }

  /**
   * Whether it has a default that Java can express. The generator has no Java for the defaults of
   * base64 (it prints an array's address), of dates by way of an alias, of objects and of models.
   */
  static boolean hasDefault(CodegenProperty property) {
    return property.defaultValue != null
        && !property.isByteArray
        && !property.isDate
        && !property.isDateTime
        && (property.isContainer || !(property.isFreeFormObject || property.isModel));
  }

  /** The same in a class that extends the one that declares it. */
  JavaProperty inherited(boolean requiredThere) {
    return new JavaProperty(property, type, required || requiredThere, true, index, lenient);
  }

  String name() {
    return property.name;
  }

  /** As it is in JSON, escaped for a literal. */
  String jsonName() {
    return property.baseName;
  }

  /** The same as Javadoc shows it: it may be empty. */
  String shownName() {
    return jsonName().isBlank() ? '"' + jsonName() + '"' : jsonName();
  }

  String getter() {
    return property.getter;
  }

  String pascalName() {
    return property.nameInPascalCase;
  }

  boolean isInherited() {
    return inherited;
  }

  boolean isDeprecated() {
    return property.deprecated;
  }

  int index() {
    return index;
  }

  /** Whether it matters if it is there, and its value alone does not tell. */
  boolean needsMark() {
    return lenient || property.isNullable || (hasDefault(property) && !isRequired(property));
  }

  private String isPresent() {
    return "isPresent(" + index + ")";
  }

  /** Whether Java never sees null in it. */
  boolean isNeverNull() {
    return !property.isNullable && (hasDefault(property) || isStrictlyRequired());
  }

  /** Whether the document tells absent and null apart. */
  boolean isAbsentOrNull() {
    return property.isNullable && !isStrictlyRequired();
  }

  /** Whether a reader takes its default for absent. */
  boolean isDefaulted() {
    return !property.isNullable && hasDefault(property);
  }

  /** The type that it is declared with. */
  String type() {
    return isNeverNull() ? type.required() : type.orNull();
  }

  /** What a builder holds: null until set, or from the start the default. */
  String builderType() {
    return isDefaulted() ? type.required() : type.orNull();
  }

  /** What a builder holds at first, or null if that is Java's own. */
  String initial() {
    return isDefaulted() ? " = " + defaultValue() : "";
  }

  /** An expression, what a builder keeps of a value: nobody can change it any more. */
  String kept() {
    return type.isMutable() ? "JsonValues.copy(" + name() + ")" : name();
  }

  /** An array's default that is made once. */
  String constant() {
    return isDefaulted() && type.kind == JavaType.Kind.LIST && defaultOfList() != null
        ? "DEFAULT_" + property.nameInSnakeCase
        : null;
  }

  String constantType() {
    return type.required();
  }

  String constantValue() {
    return defaultOfList();
  }

  /** Texts stand in it as Java, of anything else there is the JSON, unless it is empty. */
  private String defaultOfList() {
    Object json = property.vendorExtensions.get(DefaultValues.JSON);
    if (json != null) {
      return "JsonValues.parsed(" + type.adapter() + ", " + json + ")";
    }
    return property.defaultValue.startsWith("Arrays.asList(")
        ? "`java.util.Collections`.unmodifiableList(`java.util.Arrays`"
            + property.defaultValue.substring("Arrays".length())
            + ")"
        : null;
  }

  /** An expression, its default. */
  String defaultValue() {
    String value = property.defaultValue;
    switch (type.kind) {
      case LIST:
        return constant() == null ? "`java.util.Collections`.emptyList()" : constant();
      case MAP:
        return "`java.util.Collections`.emptyMap()";
      case BOOLEAN:
        return value;
      case FLAG:
        return String.valueOf(!value.replaceAll("[lL]$", "").equals("0"));
      case LONG:
        return value.replaceAll("[lL]$", "") + "L";
      case INT:
      case FLOAT:
      case DOUBLE:
        return value.toUpperCase(Locale.ROOT);
      case STRING:
        return value;
      case NUMBER:
        // The generator has a number of another type where the schema is an alias.
        return "new `java.math.BigDecimal`(\""
            + value.replaceAll("new BigDecimal\\(\"|\"\\)|[lLfFdD]$", "")
            + "\")";
      default:
        return value.replace("new BigDecimal(", "new `java.math.BigDecimal`(");
    }
  }

  /** A condition, whether a builder lacks what is required, or null if it never does. */
  String isMissing() {
    if (!required || isDefaulted()) {
      return null;
    }
    return lenient || property.isNullable
        ? "!isPresent(this, " + index + ")"
        : "this." + name() + " == null";
  }

  /** Whether it must be there, be it null. */
  boolean isRequiredAndNullable() {
    return required && !lenient && property.isNullable && !isDefaulted();
  }

  /** An expression, what null is to a reader if it has a default; null if it has none. */
  String defaultForNull() {
    return isDefaulted() && !lenient ? defaultValue() : null;
  }

  /** An expression that reads it: null is an error, has been looked for, or stays null. */
  String read() {
    if (lenient) {
      return type.readLeniently(isDefaulted() ? defaultValue() : null);
    }
    return isNeverNull() ? type.read() : type.readOrNull();
  }

  /** A condition under which it is written, or null if it always is, or if {@link #write} knows. */
  String isWrittenIf() {
    if (isDefaulted() && needsMark()) {
      return isPresent();
    }
    return lenient ? "!isOdd(\"" + jsonName() + "\")" : null;
  }

  /** A statement that writes it with its name. */
  String write() {
    if (isAbsentOrNull()) {
      return String.format(
          "writeIfPresent(writer, %d, \"%s\", %s, this.%s);",
          index, jsonName(), type.adapter(), name());
    }
    String writer = "writer.name(\"" + jsonName() + "\")";
    String value = "this." + name();
    if (isNeverNull()) {
      return type.write(writer, value) + ";";
    }
    return (property.isNullable
            ? type.writeEvenNull(writer, value)
            : type.writeOrNull(writer, value))
        + ";";
  }

  boolean isSecret() {
    return property.vendorExtensions.containsKey("x-secret");
  }

  /** A text of an object that its model has a getter for, too. */
  static final class Lent {
    final String jsonName;
    final String getter;

    /** The object's own name. */
    final String owner;

    Lent(String jsonName, String owner) {
      this.owner = owner;
      this.jsonName = jsonName;
      this.getter = "get" + StringUtils.camelize(jsonName);
    }
  }

  List<Lent> lends() {
    Object lent = property.vendorExtensions.get("x-lends");
    return Stream.ofNullable((Collection<?>) lent)
        .flatMap(Collection::stream)
        .map(name -> new Lent(String.valueOf(name), jsonName()))
        .collect(Collectors.toList());
  }

  String typeDoc() {
    return Sentences.ofProperty(property);
  }

  String description() {
    return property.description;
  }

  /** What the getter returns. */
  String returnDoc() {
    String none =
        lenient ? " if it is null, absent or of another type" : " if it is null or absent";
    if (isDefaulted()) {
      return "its value, or " + defaultDoc() + none;
    }
    return "its value" + (isNeverNull() ? "" : ", or null" + (isStrictlyRequired() ? "" : none));
  }

  private String defaultDoc() {
    return type.isContainer()
        ? "its default"
        : "<code>"
            + JavadocEscaper.html(defaultValue().replaceAll("`(?:\\w+\\.)*(\\w+)`", "$1"))
            + "</code>";
  }

  /** What the setter takes. */
  String parameterDoc() {
    if (isNeverNull()) {
      return "the new value";
    }
    if (isAbsentOrNull()) {
      return "the new value, or null, which is not the same as leaving it out";
    }
    return "the new value, or null" + (property.required && !lenient ? "" : " to leave it out");
  }

  boolean isRequired() {
    return required && !lenient;
  }
}
