package io.github.bililive.openapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.CodegenResponse;

/** An operation as the template of an interface sees it. */
final class JavaCall {
  /** Under which extension an operation has its path as the document has it. */
  static final String PATH = "x-path";

  private static final String BODY = "`okhttp3.RequestBody`";

  private final CodegenOperation operation;
  private final UnaryOperator<String> qualified;
  private final String apiPackage;
  private final List<JavaParameter> parameters;

  JavaCall(CodegenOperation operation, UnaryOperator<String> qualified, String apiPackage) {
    this.operation = operation;
    this.qualified = qualified;
    this.apiPackage = apiPackage;
    this.parameters =
        operation.allParams.stream()
            .map(parameter -> new JavaParameter(parameter, this, qualified))
            .collect(Collectors.toList());
  }

  String name() {
    return operation.operationId;
  }

  /** What the document says of repeating it, or null if nothing. */
  String repeatable() {
    Object repeatable = operation.vendorExtensions.get("x-repeatable");
    return repeatable == null ? null : repeatable.toString();
  }

  // The Javadoc, as HTML.

  String title() {
    return "<code>"
        + operation.httpMethod
        + " "
        + JavadocEscaper.html(String.valueOf(operation.vendorExtensions.get(PATH)))
        + "</code>"
        + (hasText(operation.summary) ? ": " + JavadocEscaper.html(operation.summary) : ".");
  }

  String notes() {
    return hasText(operation.notes) ? JavadocEscaper.html(operation.notes) : null;
  }

  String securitySchemes() {
    return operation.authMethods == null || operation.authMethods.isEmpty()
        ? null
        : operation.authMethods.stream()
            .map(scheme -> "<code>" + JavadocEscaper.html(scheme.name) + "</code>")
            .collect(Collectors.joining(", "));
  }

  /** Each status with what the document says of it. */
  List<String> statuses() {
    return operation.responses.stream().map(JavaCall::status).collect(Collectors.toList());
  }

  private static String status(CodegenResponse response) {
    return (response.isDefault ? "Any other status" : "<code>" + response.code + "</code>")
        + (hasText(response.message) ? ": " + JavadocEscaper.html(response.message) : "");
  }

  /** What a {@code @param} tag says. */
  static final class ParameterDoc {
    final String name;
    final String doc;

    ParameterDoc(String name, String doc) {
      this.name = name;
      this.doc = doc;
    }
  }

  List<ParameterDoc> parameterDocs() {
    List<ParameterDoc> docs = new ArrayList<>();
    parameters.forEach(parameter -> docs.add(new ParameterDoc(parameter.name(), parameter.doc())));
    if (hasUndescribedBody()) {
      docs.add(
          new ParameterDoc(
              "requestBody",
              "the body, of which the document names no fields: a FormBody, a MultipartBody or any"
                  + " other"));
    }
    if (operation.getHasCookieParams()) {
      docs.add(
          new ParameterDoc(
              "cookieHeader",
              "the cookies, {@code name=value} with {@code \"; \"} between them: "
                  + operation.cookieParams.stream()
                      .map(
                          cookie ->
                              "<code>"
                                  + JavadocEscaper.html(cookie.baseName)
                                  + "</code>"
                                  + (cookie.required ? " (required)" : ""))
                      .collect(Collectors.joining(", "))
                  + ". Null leaves them out."));
    }
    return docs;
  }

  String see() {
    if (operation.externalDocs == null || operation.externalDocs.getUrl() == null) {
      return null;
    }
    String text =
        hasText(operation.externalDocs.getDescription())
            ? operation.externalDocs.getDescription()
            : operation.externalDocs.getUrl();
    return "<a href=\""
        + operation.externalDocs.getUrl()
        + "\">"
        + JavadocEscaper.html(text)
        + "</a>";
  }

  /** The annotations and the method, line by line. */
  List<String> annotations() {
    List<String> lines = new ArrayList<>();
    if (operation.isDeprecated) {
      lines.add("@Deprecated");
    }
    if (operation.getHasFormParams()) {
      lines.add(operation.isMultipart ? http("Multipart") : http("FormUrlEncoded"));
    }
    if (operation.isResponseFile) {
      lines.add(http("Streaming"));
    }
    lines.add(
        "@"
            + inApiPackage("Operation")
            + "(name = \""
            + name()
            + "\""
            + (repeatable() == null ? "" : ", repeatable = " + repeatable())
            + ")");
    if (operation.returnProperty != null && isJsonAnswer() && isNoModel(operation.returnProperty)) {
      lines.add(notAModel());
    }
    if (hasOtherContentType()) {
      lines.add(
          http("Headers")
              + "(\"Content-Type: "
              + operation.prioritizedContentTypes.get(0).get("mediaType")
              + "\")");
    }
    lines.add(method());
    return lines;
  }

  /** Retrofit refuses bodies where HTTP gives them no meaning, unless told. */
  private String method() {
    String path = "\"" + operation.path + "\"";
    String method = operation.httpMethod;
    if (!operation.isBodyAllowed()
        && (operation.getHasBodyOrFormParams() || hasUndescribedBody())) {
      return http("HTTP") + "(method = \"" + method + "\", path = " + path + ", hasBody = true)";
    }
    return method.equals("TRACE")
        ? http("HTTP") + "(method = \"" + method + "\", path = " + path + ")"
        : http(method) + "(" + path + ")";
  }

  /** Whether a parameter is a fraction in a text. */
  boolean hasDecimals() {
    return parameters().stream().anyMatch(each -> each.contains(inApiPackage("Decimal")));
  }

  /** What the method takes, each with its annotations. */
  List<String> parameters() {
    List<String> declared =
        parameters.stream().map(JavaParameter::declaration).collect(Collectors.toList());
    if (hasUndescribedBody()) {
      declared.add(http("Body") + " " + BODY + " requestBody");
    }
    if (operation.getHasCookieParams()) {
      declared.add(http("Header") + "(\"Cookie\") " + JavaType.NULLABLE + "String cookieHeader");
    }
    return declared;
  }

  /** The type of the answer: what JSON becomes, else as it came. */
  String answer() {
    if (operation.returnType == null) {
      return "Void";
    }
    return isJsonAnswer() && operation.returnProperty != null
        ? JavaType.of(operation.returnProperty, qualified).boxed()
        : "`okhttp3.ResponseBody`";
  }

  /**
   * Whether an answer is JSON, by its first content type or by the second after XML. Other types
   * than XML are taken for JSON if what they hold is no text and no bytes.
   */
  private boolean isJsonAnswer() {
    if (operation.isResponseFile) {
      return false;
    }
    if (is(operation.produces, 0, "isJson")) {
      return true;
    }
    if (is(operation.produces, 0, "isXml")) {
      return is(operation.produces, 1, "isJson");
    }
    CodegenProperty answer = operation.returnProperty;
    return answer != null && (answer.isModel || answer.isContainer);
  }

  /**
   * Whether a body is JSON by its first content type. A generator knows no more of
   * "application/vnd.x+json" than of YAML: a model, array or map is taken for JSON unless it is
   * XML.
   */
  boolean isJsonBody(CodegenParameter body) {
    return is(operation.prioritizedContentTypes, 0, "isJson")
        || (!is(operation.prioritizedContentTypes, 0, "isXml")
            && (body.isModel || body.isContainer));
  }

  private boolean hasOtherContentType() {
    CodegenParameter body = operation.bodyParam;
    return body != null
        && isJsonBody(body)
        && !is(operation.prioritizedContentTypes, 0, "isJson")
        && body.getContent() != null
        && !body.getContent().isEmpty()
        && !body.getContent().containsKey("*/*");
  }

  /** Whether it has a form of several parts. */
  boolean isMultipart() {
    return operation.isMultipart;
  }

  /**
   * Whether it has a body and no parameters for it, a form that is no object (a union, an array, a
   * map) say.
   */
  private boolean hasUndescribedBody() {
    return !operation.getHasBodyOrFormParams()
        && operation.consumes != null
        && !operation.consumes.isEmpty()
        && !operation.vendorExtensions.containsKey("x-empty-form");
  }

  /** Whether it is JSON and no model: Moshi has other ideas of its numbers and nulls than we. */
  static boolean isNoModel(CodegenProperty value) {
    return value.isContainer
        || value.isNumber
        || value.isFreeFormObject
        || (value.isAnyType && !value.isModel);
  }

  String notAModel() {
    return "@`" + qualified.apply("GeneratedJsonAdapterFactory") + "`.NotAModel";
  }

  /** A class that stands beside the interfaces. */
  String inApiPackage(String name) {
    return "`" + apiPackage + "." + name + "`";
  }

  static String http(String annotation) {
    return "@`retrofit2.http." + annotation + "`";
  }

  static boolean hasText(String text) {
    return text != null && !text.trim().isEmpty();
  }

  private static boolean is(List<Map<String, String>> types, int index, String flag) {
    return types != null && types.size() > index && types.get(index).get(flag) != null;
  }
}
