package io.github.bililive.openapi;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.openapitools.codegen.CodegenConfig;
import org.openapitools.codegen.CodegenConstants;
import org.openapitools.codegen.languages.AbstractJavaCodegen;
import org.openapitools.codegen.languages.JavaClientCodegen;

/**
 * What the generator does unless it is told otherwise. Mappings and options of a user are put over
 * these later.
 */
final class GeneratorDefaults {
  /**
   * Classes that the generated code names without their package: a model of the same name would
   * hide them. The capitals are annotations of Retrofit.
   */
  private static final Set<String> USED_CLASSES =
      Set.of(
          "ArrayList",
          "Arrays",
          "Body",
          "Boolean",
          "Builder",
          "Call",
          "Class",
          "Collections",
          "DELETE",
          "Deprecated",
          "Double",
          "Field",
          "FieldMap",
          "Float",
          "FormUrlEncoded",
          "GET",
          "HEAD",
          "HTTP",
          "Header",
          "Headers",
          "IOException",
          "IllegalStateException",
          "Integer",
          "JsonAdapter",
          "JsonReader",
          "JsonValues",
          "JsonWriter",
          "LinkedHashSet",
          "Long",
          "Math",
          "Moshi",
          "Multipart",
          "NotAModel",
          "NullPointerException",
          "Nullable",
          "Number",
          "OPTIONS",
          "Override",
          "PATCH",
          "POST",
          "PUT",
          "Part",
          "Path",
          "Query",
          "QueryMap",
          "Separated",
          "Streaming",
          "String",
          "SuppressWarnings",
          "Void");

  /** Java literals, and the first part of the qualified names in the generated code. */
  private static final Set<String> RESERVED_VARIABLES = Set.of("true", "false", "java");

  /** What the generator reserves for its own templates. */
  private static final Set<String> NOT_RESERVED =
      Set.of(
          "object",
          "list",
          "file",
          "localvarpath",
          "localvarqueryparams",
          "localvarcollectionqueryparams",
          "localvarheaderparams",
          "localvarcookieparams",
          "localvarformparams",
          "localvarpostbody",
          "localvaraccepts",
          "localvaraccept",
          "localvarcontenttypes",
          "localvarcontenttype",
          "localvarauthnames",
          "localreturntype",
          "apiclient",
          "apiexception",
          "apiresponse",
          "configuration",
          "stringutil",
          "offsetdatetime",
          "localdate",
          "localtime");

  /** The methods of every Java object. */
  private static final Set<String> METHODS_OF_OBJECT =
      Set.of("getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  private GeneratorDefaults() {}

  static void apply(CodegenConfig generator) {
    generator.setLibrary(JavaClientCodegen.RETROFIT_2);
    options(generator.additionalProperties());
    types(generator.typeMapping());
    // Equal operationIds get a number.
    generator.openapiNormalizer().put("FIX_DUPLICATED_OPERATIONID", "true");
    generator.openapiNormalizer().put("NORMALIZER_CLASS", QuietNormalizer.class.getName());
    // Inline enums become models of their own, as named ones are.
    generator.inlineSchemaOption().put("RESOLVE_INLINE_ENUMS", "true");
    QuietLog.ofInlineModels();
  }

  private static void options(Map<String, Object> options) {
    // Moshi is not among its values. With "gson" or "jackson" the generator would import those.
    options.put(
        CodegenConstants.SERIALIZATION_LIBRARY, JavaClientCodegen.SERIALIZATION_LIBRARY_JSONB);
    options.put(AbstractJavaCodegen.OPENAPI_NULLABLE, "false");
    // Otherwise every array and map has a default, whether the document says so or not.
    options.put(AbstractJavaCodegen.CONTAINER_DEFAULT_TO_NULL, "true");
    options.put(AbstractJavaCodegen.DOCUMENTATION_PROVIDER, "none");
    // Names of tags and operations may be Chinese. Without this, what is not ASCII is left out.
    options.put(CodegenConstants.ALLOW_UNICODE_IDENTIFIERS, "true");
    // The templates show none.
    options.put(CodegenConstants.SKIP_OPERATION_EXAMPLE, "true");
    // Dates stay text. This keeps Java expressions for their defaults out.
    options.put(AbstractJavaCodegen.DATE_LIBRARY, "legacy");
  }

  /**
   * What JSON has no type for stays the text that was sent. java.time is missing on Android 21, and
   * "uniqueItems" is a promise of the sender, while the order of an array is part of its value:
   * hence List.
   */
  private static void types(Map<String, String> types) {
    // Of OpenAPI 3.1: what is never anything else.
    types.put("null", "Object");
    types.put("set", "List");
    for (String text :
        List.of("date", "DateTime", "UUID", "URI", "ByteArray", "decimal", "binary", "file")) {
      types.put(text, "String");
    }
    // An integer without a format has no bounds.
    types.put("integer", "Long");
    types.put("integer+int32", "Integer");
    types.put("Integer", "Integer");
  }

  /** Returns whether a model of this name would hide a class that the generated code uses. */
  static boolean isUsedClass(String name) {
    return USED_CLASSES.contains(name);
  }

  /**
   * Returns whether a field or parameter may not have this name, although the generator thinks so.
   */
  static boolean isReservedVariable(String name) {
    return RESERVED_VARIABLES.contains(name);
  }

  /** Returns whether only the stock templates cannot have a field or parameter of this name. */
  static boolean isReservedByStock(String name) {
    return NOT_RESERVED.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Returns whether a boolean's name is that of its getter already. */
  static boolean isGetter(String name) {
    return name.matches("is[A-Z_0-9].*");
  }

  /** Returns whether every Java object has a method of this name. */
  static boolean isMethodOfObject(String name) {
    return METHODS_OF_OBJECT.contains(name);
  }
}
