package io.github.bililive.openapi;

import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.openapitools.codegen.CodegenProperty;

/**
 * The Java type of a value, and how JSON becomes it. Classes stand in back quotes, for {@link
 * SourceFile}.
 */
final class JavaType {
  static final String NULLABLE = "@`org.jspecify.annotations.Nullable` ";

  enum Kind {
    INT("int"),
    LONG("long"),
    FLOAT("float"),
    DOUBLE("double"),
    BOOLEAN("boolean"),
    /** A boolean in Java and 0 or 1 in JSON. */
    FLAG("boolean"),
    STRING(null),
    NUMBER(null),
    ANY(null),
    LIST(null),
    MAP(null),
    MODEL(null);

    /** The primitive type, or null if there is none. */
    final String primitive;

    Kind(String primitive) {
      this.primitive = primitive;
    }
  }

  private static final Map<String, Kind> KINDS =
      Map.of(
          "Integer", Kind.INT,
          "Long", Kind.LONG,
          "Float", Kind.FLOAT,
          "Double", Kind.DOUBLE,
          "Boolean", Kind.BOOLEAN,
          "String", Kind.STRING,
          "BigDecimal", Kind.NUMBER,
          "Object", Kind.ANY);

  final Kind kind;

  /** Of a list its elements, of a map its values, else null. */
  final JavaType element;

  private final String name;
  private final boolean nullable;
  private final boolean holdsJson;

  private JavaType(Kind kind, String name, JavaType element, boolean nullable, boolean holdsJson) {
    this.kind = kind;
    this.name = name;
    this.element = element;
    this.nullable = nullable;
    this.holdsJson = holdsJson;
  }

  /** The type of a property, parameter or element; a model's name becomes that of its class. */
  static JavaType of(CodegenProperty property, UnaryOperator<String> qualified) {
    boolean holdsJson = property.vendorExtensions.containsKey("x-holds-json");
    if (property.isContainer) {
      JavaType element = of(property.items, qualified);
      return new JavaType(
          property.isMap ? Kind.MAP : Kind.LIST,
          "`java.util.List`",
          element,
          property.isNullable,
          false);
    }
    Kind kind = kind(property.dataType);
    if (Boolean.TRUE.equals(property.vendorExtensions.get("x-flag")) && isWhole(kind)) {
      return new JavaType(Kind.FLAG, "Boolean", null, property.isNullable, false);
    }
    return new JavaType(
        kind, named(property.dataType, kind, qualified), null, property.isNullable, holdsJson);
  }

  /** The type of an enum's values. */
  static JavaType of(String dataType) {
    Kind kind = kind(dataType);
    return new JavaType(kind, named(dataType, kind, name -> name), null, false, false);
  }

  /** The type in a text, where a fraction is of another class. */
  JavaType asText(String decimal) {
    switch (kind) {
      case NUMBER:
      case FLOAT:
      case DOUBLE:
        return new JavaType(Kind.MODEL, decimal, null, nullable, false);
      case LIST:
        return new JavaType(kind, name, element.asText(decimal), nullable, false);
      default:
        return this;
    }
  }

  /** Whether it is of a class, or its elements are. */
  boolean holds(String className) {
    return element == null ? className.equals(name) : element.holds(className);
  }

  private static Kind kind(String dataType) {
    return KINDS.getOrDefault(dataType, Kind.MODEL);
  }

  private static boolean isWhole(Kind kind) {
    return kind == Kind.INT || kind == Kind.LONG;
  }

  private static String named(String dataType, Kind kind, UnaryOperator<String> qualified) {
    switch (kind) {
      case NUMBER:
        return "`java.math.BigDecimal`";
      case MODEL:
        return "`" + (dataType.indexOf('.') < 0 ? qualified.apply(dataType) : dataType) + "`";
      default:
        return dataType;
    }
  }

  boolean isPrimitive() {
    return kind.primitive != null;
  }

  boolean isContainer() {
    return kind == Kind.LIST || kind == Kind.MAP;
  }

  /** Whether a caller could change it after handing it over. */
  boolean isMutable() {
    return isContainer() || kind == Kind.ANY;
  }

  /** Whether {@code JsonWriter} itself writes it. */
  boolean isScalar() {
    return kind == Kind.STRING || isPrimitive();
  }

  /** The reference type. */
  String boxed() {
    switch (kind) {
      case LIST:
        return name + "<" + element.asElement() + ">";
      case MAP:
        return element.asMap();
      default:
        return name;
    }
  }

  /** The type of what is never null. */
  String required() {
    return isPrimitive() ? kind.primitive : boxed();
  }

  /** The type of what may be null. */
  String orNull() {
    return NULLABLE + boxed();
  }

  /** As the type stands in Javadoc, without packages. */
  String shown() {
    return boxed().replace(NULLABLE, "").replaceAll("`(?:\\w+\\.)*(\\w+)`", "$1");
  }

  /** The type of a map of such values. */
  String asMap() {
    return "`java.util.Map`<String, " + asElement() + ">";
  }

  private String asElement() {
    return nullable ? orNull() : boxed();
  }

  /** An expression, the adapter of a value that is not null. */
  String adapter() {
    switch (kind) {
      case LIST:
        return "JsonValues.list(" + element.elementAdapter() + ")";
      case MAP:
        return "JsonValues.map(" + element.elementAdapter() + ")";
      case NUMBER:
        return "JsonValues.NUMBER";
      case FLAG:
        return "JsonValues.FLAG";
      case MODEL:
        return name + ".ADAPTER";
      default:
        return "JsonValues." + name.toUpperCase(Locale.ROOT);
    }
  }

  /** The adapter of a value inside an array or map. */
  String elementAdapter() {
    return nullable && kind != Kind.ANY ? adapter() + ".nullSafe()" : adapter();
  }

  /** An expression that reads a value; null is an error of the reader that names the path. */
  String read() {
    switch (kind) {
      case INT:
        return "JsonValues.number(reader).nextInt()";
      case LONG:
        return "JsonValues.number(reader).nextLong()";
      case FLOAT:
        return "(float) JsonValues.number(reader).nextDouble()";
      case DOUBLE:
        return "JsonValues.number(reader).nextDouble()";
      case BOOLEAN:
        return "reader.nextBoolean()";
      case FLAG:
        return "JsonValues.nextFlag(reader)";
      case STRING:
        return holdsJson
            ? "JsonValues.readEscaped(reader)"
            : "JsonValues.text(reader).nextString()";
      case LIST:
        return "JsonValues.readList(reader, " + element.elementAdapter() + ")";
      case MAP:
        return "JsonValues.readMap(reader, " + element.elementAdapter() + ")";
      default:
        return adapter() + ".fromJson(reader)";
    }
  }

  /** An expression that reads a value, and null as null. */
  String readOrNull() {
    return isContainer() || (kind == Kind.STRING && holdsJson)
        ? "JsonValues.skipNull(reader) ? null : " + read()
        : "JsonValues.readOrNull(reader, " + adapter() + ")";
  }

  /**
   * An expression that reads a value of whatever type as what it plainly means.
   *
   * @param none what null is, and what does not fit; null if that is null
   */
  String readLeniently(String none) {
    if (none != null && (isPrimitive() || kind == Kind.STRING)) {
      String method = kind == Kind.FLAG ? "Flag" : boxed();
      switch (kind) {
        case LONG:
        case BOOLEAN:
        case FLAG:
        case STRING:
          return "read" + method + "(reader, " + none + ")";
        default:
      }
    }
    return "readValue(reader, " + lenientAdapter() + (none == null ? "" : ", " + none) + ")";
  }

  private String lenientAdapter() {
    switch (kind) {
      case LIST:
        return "JsonValues.list(" + element.lenientElementAdapter() + ")";
      case MAP:
        return "JsonValues.map(" + element.lenientElementAdapter() + ")";
      default:
        return adapter();
    }
  }

  private String lenientElementAdapter() {
    if (kind == Kind.ANY) {
      return adapter();
    }
    String adapter = isContainer() ? lenientAdapter() : "plainly(" + adapter() + ")";
    return nullable ? adapter + ".nullSafe()" : adapter;
  }

  /** An expression that writes a value which is not null; what writes it comes before. */
  String write(String writer, String value) {
    switch (kind) {
      case FLAG:
        return writer + ".value(" + value + " ? 1 : 0)";
      case FLOAT:
        // As a double it would have other digits.
        return writer + ".value((Number) " + value + ")";
      case LIST:
        return "JsonValues.writeList("
            + writer
            + ", "
            + element.elementAdapter()
            + ", "
            + value
            + ")";
      case MAP:
        return "JsonValues.writeMap("
            + writer
            + ", "
            + element.elementAdapter()
            + ", "
            + value
            + ")";
      default:
        return isScalar()
            ? writer + ".value(" + value + ")"
            : adapter() + ".toJson(" + writer + ", " + value + ")";
    }
  }

  /** An expression that writes a value, or nothing but null if it is null. */
  String writeOrNull(String writer, String value) {
    if (isContainer()) {
      return write(writer, value);
    }
    return kind != Kind.FLAG && isScalar()
        ? writer + ".value(" + value + ")"
        : "JsonValues.write(" + writer + ", " + adapter() + ", " + value + ")";
  }

  /** An expression that writes a value, or null by a writer that leaves nulls out, too. */
  String writeEvenNull(String writer, String value) {
    return "JsonValues.writeEvenNull(" + writer + ", " + adapter() + ", " + value + ")";
  }
}
