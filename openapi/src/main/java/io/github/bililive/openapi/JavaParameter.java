package io.github.bililive.openapi;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;

/** A parameter as the template of an interface sees it: how it goes out, and what is said of it. */
final class JavaParameter {
  private static final String ENTRIES = "`java.util.Map`<String, Object>";

  private final CodegenParameter parameter;
  private final JavaCall call;
  private final CodegenProperty value;
  private final JavaType type;

  JavaParameter(CodegenParameter parameter, JavaCall call, UnaryOperator<String> qualified) {
    this.parameter = parameter;
    this.call = call;
    this.value = asProperty(parameter);
    JavaType type = JavaType.of(value, qualified);
    this.type = isText() ? type.asText(call.inApiPackage("Decimal")) : type;
  }

  String name() {
    return parameter.paramName;
  }

  /** Whether it stands in a path, a query, a header or a form that is no multipart body. */
  private boolean isText() {
    return !parameter.isBodyParam && !isPart();
  }

  /** Whether a number in it must have no exponent. */
  private boolean isDecimal() {
    return isText() && type.holds(call.inApiPackage("Decimal"));
  }

  /** With its annotations, type and name. */
  String declaration() {
    return annotated() + " " + name();
  }

  private String annotated() {
    if (parameter.isBodyParam) {
      return body();
    }
    if (parameter.isPathParam) {
      return named("Path") + asOneText();
    }
    if (parameter.isHeaderParam) {
      return named("Header") + asOneText();
    }
    if (parameter.isQueryParam) {
      return isEntries()
          ? JavaCall.http("QueryMap") + (isReserved() ? "(encoded = true) " : " ") + ENTRIES
          : named("Query") + inQuery();
    }
    if (isPart()) {
      return part();
    }
    if (isNested()) {
      return JavaCall.http("FieldMap") + " " + ENTRIES;
    }
    Object format = parameter.vendorExtensions.get("x-collection-format");
    if (parameter.isArray && format != null) {
      return named("Field") + separatedBy(format.toString());
    }
    // A field has a style only if the document encodes it: else it is exploded.
    return named("Field")
        + (parameter.style == null || parameter.isExplode ? asItIs() : asOneText());
  }

  /** Never null, since Retrofit wants none to be. */
  private String body() {
    String annotation = JavaCall.http("Body") + " ";
    if (!call.isJsonBody(parameter)) {
      return annotation + "`okhttp3.RequestBody`";
    }
    return annotation + (JavaCall.isNoModel(value) ? call.notAModel() + " " : "") + type.required();
  }

  private String inQuery() {
    return parameter.contentType == null
            && !isNested()
            && (parameter.isExplode || parameter.isCollectionFormatMulti)
        ? asItIs()
        : asOneText();
  }

  /** A part: an object as JSON, anything else as its own part, which carries its name. */
  private String part() {
    if (parameter.isModel) {
      return named("Part") + asItIs();
    }
    String part = "`okhttp3.MultipartBody`.";
    return JavaCall.http("Part")
        + " "
        + (parameter.isArray
            ? nullable() + "`java.util.List`<" + part + "Part>"
            : part + nullable() + "Part");
  }

  private String asItIs() {
    return parameter.required ? type.required() : type.orNull();
  }

  /**
   * What has a content type, as it is written there; several values, separated by what Separated
   * names after the collection format; names and values of an object; else the value itself.
   */
  private String asOneText() {
    if (parameter.contentType != null) {
      return nullable() + "String";
    }
    if (isNested()) {
      return separated(
          parameter.isPipeDelimited ? "Pipes" : parameter.isSpaceDelimited ? "Ssv" : "Csv");
    }
    return parameter.isArray ? separatedBy(parameter.collectionFormat) : asItIs();
  }

  private String separatedBy(String format) {
    return separated(format.substring(0, 1).toUpperCase(Locale.ROOT) + format.substring(1));
  }

  private String separated(String how) {
    return call.inApiPackage("Separated") + "." + nullable() + how;
  }

  private String named(String annotation) {
    String name = "\"" + parameter.baseName + "\"";
    return JavaCall.http(annotation)
        + (isReserved() ? "(value = " + name + ", encoded = true) " : "(" + name + ") ");
  }

  private String nullable() {
    return parameter.required ? "" : JavaType.NULLABLE;
  }

  /** Whether a query may have {@code /}, {@code :} and the like as they are. */
  private boolean isReserved() {
    return parameter.isQueryParam && parameter.vendorExtensions.containsKey("x-allow-reserved");
  }

  private boolean isPart() {
    return parameter.isFormParam && call.isMultipart();
  }

  /** Whether its entries are sent under their keys, by a map of Retrofit. */
  private boolean isEntries() {
    return parameter.contentType == null
        && (parameter.isDeepObject || (isNested() && parameter.isExplode));
  }

  /**
   * Whether it has parts that have names: an object, a map or an array of these. A union (isModel,
   * isAnyType, no properties) prints as its value and counts as one value.
   */
  private boolean isNested() {
    return isNested(parameter);
  }

  static boolean isNested(CodegenParameter parameter) {
    if (parameter.isMap) {
      return true;
    }
    if (parameter.isModel) {
      return !parameter.isAnyType || parameter.getHasVars();
    }
    return parameter.items != null && (parameter.items.isModel || parameter.items.isContainer);
  }

  // The text of its Javadoc.

  String doc() {
    return (JavaCall.hasText(parameter.description)
            ? JavadocEscaper.html(parameter.description)
            : "The parameter " + code(parameter.baseName) + ".")
        + contentTypeDoc()
        + typeDoc()
        + entriesDoc()
        + (isReserved()
            ? " Characters such as / and : are sent as they are, as is %, which begins an escaped"
                + " one."
            : "")
        + partDoc()
        + defaultDoc()
        + (parameter.required ? "" : leftOutDoc());
  }

  private String contentTypeDoc() {
    return parameter.contentType == null || parameter.isFormParam || parameter.isBodyParam
        ? ""
        : " As text of the type " + code(parameter.contentType) + ".";
  }

  private String typeDoc() {
    boolean isValue =
        parameter.contentType == null
            && !parameter.isBodyParam
            && !call.isMultipart()
            && !isNested();
    if (!isValue) {
      return "";
    }
    return isDecimal() ? " It is written without an exponent." : Sentences.ofParameter(value);
  }

  private String entriesDoc() {
    if (parameter.contentType == null && parameter.isQueryParam && parameter.isDeepObject) {
      return " Its entries are sent under their keys: " + code(parameter.baseName + "[…]") + ".";
    }
    if (!isNested()) {
      return "";
    }
    if (parameter.isFormParam) {
      return call.isMultipart()
          ? ""
          : " Its entries are sent under their keys, by most servers' custom "
              + code(parameter.baseName + "[…]")
              + ".";
    }
    if (parameter.isBodyParam || parameter.contentType != null) {
      return "";
    }
    if (parameter.isQueryParam && parameter.isExplode) {
      return " Its entries are sent under their keys.";
    }
    return parameter.isExplode
        ? " As {@code Separated.csv} of name=value."
        : " As {@code Separated.csv} of names and values in turn.";
  }

  private String partDoc() {
    return isPart() && !parameter.isModel
        ? " Made by <code>MultipartBody.Part.createFormData(\""
            + JavadocEscaper.html(parameter.baseName)
            + "\", …)</code>."
        : "";
  }

  private String defaultDoc() {
    if (parameter.defaultValue == null) {
      return "";
    }
    return " The server takes "
        + (JavaCall.hasText(parameter.defaultValue)
            ? code(parameter.defaultValue)
            : "an empty text")
        + " for it when it is left out.";
  }

  private String leftOutDoc() {
    if (parameter.isBodyParam) {
      return " Not required by the document, but by Retrofit.";
    }
    boolean isMap =
        parameter.isQueryParam ? isEntries() : parameter.isFormParam && !isPart() && isNested();
    return isMap ? " An empty map leaves it out." : " Null leaves it out.";
  }

  private static String code(String text) {
    String shown = text.isBlank() ? '"' + text + '"' : text;
    return "<code>" + JavadocEscaper.html(shown) + "</code>";
  }

  /** What a parameter and a property have in common, as a property. */
  private static CodegenProperty asProperty(CodegenParameter parameter) {
    CodegenProperty value = new CodegenProperty();
    value.dataType = parameter.dataType;
    value.dataFormat = parameter.dataFormat;
    value.items = parameter.items;
    value.mostInnerItems = parameter.mostInnerItems;
    value.isContainer = parameter.isContainer;
    value.isArray = parameter.isArray;
    value.isMap = parameter.isMap;
    value.isNullable = parameter.isNullable;
    value.isModel = parameter.isModel;
    value.isEnumRef = parameter.isEnumRef;
    value.isAnyType = parameter.isAnyType;
    value.isFreeFormObject = parameter.isFreeFormObject;
    value.isString = parameter.isString;
    value.isInteger = parameter.isInteger;
    value.isUnboundedInteger = parameter.isUnboundedInteger;
    value.isLong = parameter.isLong;
    value.isNumber = parameter.isNumber;
    value.isFloat = parameter.isFloat;
    value.isDouble = parameter.isDouble;
    value.isDate = parameter.isDate;
    value.isDateTime = parameter.isDateTime;
    value.isUuid = parameter.isUuid;
    value.isUri = parameter.isUri;
    value.isByteArray = parameter.isByteArray;
    value.isBinary = parameter.isBinary;
    return value;
  }
}
