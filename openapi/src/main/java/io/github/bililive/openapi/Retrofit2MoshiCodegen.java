package io.github.bililive.openapi;

import com.google.common.collect.ImmutableMap;
import com.samskivert.mustache.Mustache;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openapitools.codegen.CliOption;
import org.openapitools.codegen.CodegenConstants;
import org.openapitools.codegen.CodegenDiscriminator;
import org.openapitools.codegen.CodegenModel;
import org.openapitools.codegen.CodegenOperation;
import org.openapitools.codegen.CodegenParameter;
import org.openapitools.codegen.CodegenProperty;
import org.openapitools.codegen.CodegenResponse;
import org.openapitools.codegen.SupportingFile;
import org.openapitools.codegen.config.GlobalSettings;
import org.openapitools.codegen.languages.JavaClientCodegen;
import org.openapitools.codegen.model.ModelMap;
import org.openapitools.codegen.model.ModelsMap;
import org.openapitools.codegen.model.OperationsMap;
import org.openapitools.codegen.utils.ModelUtils;

/**
 * Generates Retrofit interfaces, immutable models and Moshi adapters without reflection. Its name
 * is {@code retrofit2-moshi}.
 *
 * <p>It extends OpenAPI Generator's {@code java} by what a Mustache template cannot do: it tells
 * names apart that become one in Java, escapes what stands in literals and comments, and turns
 * defaults of every array into Java. What it cannot express becomes any JSON, with a warning.
 */
@SuppressWarnings("rawtypes") // As the generator itself has it.
public final class Retrofit2MoshiCodegen extends JavaClientCodegen {
  private final ClassNames classNames = new ClassNames(this);
  private final Set<String> typesThatAreNoFormats;

  /**
   * Takes the templates that the jar holds. Those of the same name in the generator's {@code
   * templateDirectory}, if it is set, come first.
   */
  public Retrofit2MoshiCodegen() {
    embeddedTemplateDir = templateDir = "io/github/bililive/openapi/templates";
    GeneratorDefaults.apply(this);
    cliOptions.add(
        CliOption.newBoolean(
            Lenient.OPTION,
            "Read values of other types than the document says, and do without required ones; of"
                + " a schema by itself: x-lenient.",
            false));
    typesThatAreNoFormats = new HashSet<>(typeMapping.keySet());
    typesThatAreNoFormats.removeAll(List.of("binary", "date", "file"));
    cliOptions.add(WrittenDocument.OPTION);
    Stream.of(
            modelDocTemplateFiles,
            modelTestTemplateFiles,
            apiDocTemplateFiles,
            apiTestTemplateFiles)
        .forEach(Map::clear);
  }

  @Override
  public String getName() {
    return "retrofit2-moshi";
  }

  @Override
  public String getHelp() {
    return "Generates Retrofit interfaces and immutable models with Moshi adapters, for Java 8 and"
        + " Android.";
  }

  @Override
  public void processOpts() {
    super.processOpts();
    String models = modelFolder();
    String apis = apiFolder();
    supportingFiles.clear();
    for (String shared :
        List.of(
            "GeneratedEnum",
            "GeneratedJsonAdapterFactory",
            "GeneratedModel",
            "GeneratedUnion",
            "JsonValues")) {
      supportingFiles.add(sharedModel(shared));
    }
    supportingFiles.add(new SupportingFile("modelPackage.mustache", models, "package-info.java"));
    supportingFiles.add(new SupportingFile("apiOperation.mustache", apis, "Operation.java"));
    supportingFiles.add(new SupportingFile("separated.mustache", apis, "Separated.java"));
    supportingFiles.add(new SupportingFile("apiPackage.mustache", apis, "package-info.java"));
    if (GlobalSettings.getProperty(CodegenConstants.SKIP_FORM_MODEL) == null) {
      // A form is a model, too: an answer may be it. The settings end with this run.
      GlobalSettings.setProperty(CodegenConstants.SKIP_FORM_MODEL, "false");
    }
    // Comes before the generator looks at the document, and after the options are known.
    WrittenDocument.mend(openAPI, getInputSpec(), additionalProperties);
  }

  /** A class that models share. */
  private SupportingFile sharedModel(String name) {
    String template = Character.toLowerCase(name.charAt(0)) + name.substring(1);
    return new SupportingFile(template + ".mustache", modelFolder(), name + ".java");
  }

  private String modelFolder() {
    return sourceFolder + File.separator + modelPackage.replace('.', File.separatorChar);
  }

  private String apiFolder() {
    return sourceFolder + File.separator + apiPackage.replace('.', File.separatorChar);
  }

  /** A file whose content stays the same keeps its time, so that javac has nothing to do. */
  @Override
  public boolean isEnableMinimalUpdate() {
    return true;
  }

  /** Without the generator's banner. */
  @Override
  public void postProcess() {}

  @Override
  public Mustache.Compiler processCompiler(Mustache.Compiler compiler) {
    return super.processCompiler(compiler).withEscaper(new JavadocEscaper());
  }

  /** Adds the layout of Java files. */
  @Override
  protected ImmutableMap.Builder<String, Mustache.Lambda> addMustacheLambdas() {
    return super.addMustacheLambdas().put("java", SourceFile.lambda());
  }

  /**
   * For comments: the templates escape it there. What goes into literals does not come along here.
   */
  @Override
  public String escapeText(String text) {
    return text == null ? null : text.replaceAll("\\s+", " ").trim();
  }

  @Override
  public String toEnumValue(String value, String datatype) {
    return "String".equals(datatype) ? Literals.quote(value) : super.toEnumValue(value, datatype);
  }

  /** The generator keeps what is neither ASCII nor, an emoji say, allowed in a name of Java. */
  @Override
  public String toVarName(String name) {
    StringBuilder allowed = new StringBuilder(name.length());
    name.codePoints()
        .map(c -> c < ' ' || (c > '~' && !Character.isUnicodeIdentifierPart(c)) ? '_' : c)
        .forEach(allowed::appendCodePoint);
    String variable = super.toVarName(name.isEmpty() ? "empty" : allowed.toString());
    return GeneratorDefaults.isReservedVariable(variable) ? "_" + variable : variable;
  }

  @Override
  public String getterAndSetterCapitalize(String name) {
    return super.getterAndSetterCapitalize(name.isEmpty() ? "empty" : name);
  }

  @Override
  public String escapeReservedWord(String name) {
    return GeneratorDefaults.isReservedByStock(name) ? name : super.escapeReservedWord(name);
  }

  /** A name that begins with a capital is none of Java's, such as {@code Default}. */
  @Override
  protected boolean isReservedWord(String word) {
    return super.isReservedWord(word) && !Character.isUpperCase(word.charAt(0));
  }

  @Override
  public String toOperationId(String operationId) {
    String method = super.toOperationId(operationId);
    return GeneratorDefaults.isMethodOfObject(method)
        ? "call" + Character.toUpperCase(method.charAt(0)) + method.substring(1)
        : method;
  }

  /** A property that is called {@code is_admin} has the getter {@code isAdmin}. */
  @Override
  public String toBooleanGetter(String name) {
    // The document's name or Java's: is_admin or isAdmin.
    String rest = name.matches("is_+[A-Za-z].*") ? name.replaceFirst("^is_+", "") : name;
    return GeneratorDefaults.isGetter(rest) ? rest : "is" + getterAndSetterCapitalize(rest);
  }

  @Override
  public void setOpenAPI(OpenAPI openAPI) {
    // There is none if the parser has failed, which the generator says.
    if (openAPI != null) {
      AllOf.spellOut(openAPI);
    }
    super.setOpenAPI(openAPI);
  }

  /** What the generator sees is OpenAPI 3.0, and it warns of what is newer. */
  @Override
  public boolean specVersionGreaterThanOrEqualTo310(OpenAPI openAPI) {
    return false;
  }

  @Override
  public void preprocessOpenAPI(OpenAPI openAPI) {
    super.preprocessOpenAPI(openAPI);
    Map<String, Schema> schemas = ModelUtils.getSchemas(openAPI);
    Aliases.resolve(schemas);
    Discriminators.map(schemas);
    classNames.tellApart(schemas);
  }

  /**
   * The generator takes a reference to a schema called "file" for a file, and a text whose format
   * is called "boolean" for a boolean.
   */
  @Override
  public String getSchemaType(Schema schema) {
    String ref = unaliasSchema(schema).get$ref();
    if (ref == null
        && "string".equals(ModelUtils.getType(schema))
        && !ModelUtils.isComposedSchema(schema)
        && typesThatAreNoFormats.contains(schema.getFormat())) {
      return "String";
    }
    String name = ref == null ? null : ModelUtils.getSimpleRef(ref);
    return name != null && typeMapping.containsKey(name)
        ? toModelName(name)
        : super.getSchemaType(schema);
  }

  /** A body without a schema is any, which the generator leaves out. */
  @Override
  public CodegenOperation fromOperation(
      String path, String httpMethod, Operation operation, List<Server> servers) {
    RequestBody body = ModelUtils.getReferencedRequestBody(openAPI, operation.getRequestBody());
    if (body != null && body.getContent() != null) {
      dropExamples(body.getContent());
      body.getContent()
          .forEach(
              (name, type) -> {
                if (type.getSchema() == null && isJsonMimeType(name)) {
                  type.setSchema(new Schema());
                }
              });
    }
    CodegenOperation result = super.fromOperation(path, httpMethod, operation, servers);
    if (body != null && isEmptyObject(ModelUtils.getSchemaFromRequestBody(body))) {
      result.vendorExtensions.put("x-empty-form", true);
    }
    return result;
  }

  @Override
  public CodegenResponse fromResponse(String responseCode, ApiResponse response) {
    dropExamples(ModelUtils.getReferencedApiResponse(openAPI, response).getContent());
    return super.fromResponse(responseCode, response);
  }

  /** The templates show none, and the generator warns of those that it cannot use. */
  private static void dropExamples(Content content) {
    if (content != null) {
      content.values().forEach(type -> type.example(null).setExamples(null));
    }
  }

  /**
   * A form that is a map or an array has no fields to name. The generator finds none either, but
   * calls that an error.
   */
  @Override
  public List<CodegenParameter> fromRequestBodyToFormParameters(
      RequestBody body, Set<String> imports) {
    Schema form =
        ModelUtils.getReferencedSchema(openAPI, ModelUtils.getSchemaFromRequestBody(body));
    boolean hasFields = form.getProperties() != null || ModelUtils.isComposedSchema(form);
    return hasFields || !(ModelUtils.isMapSchema(form) || ModelUtils.isArraySchema(form))
        ? super.fromRequestBodyToFormParameters(body, imports)
        : new ArrayList<>();
  }

  private boolean isEmptyObject(Schema schema) {
    Schema referred = ModelUtils.getReferencedSchema(openAPI, schema);
    return referred != null
        && "object".equals(ModelUtils.getType(referred))
        && (referred.getProperties() == null || referred.getProperties().isEmpty())
        && Boolean.FALSE.equals(referred.getAdditionalProperties())
        && !ModelUtils.isComposedSchema(referred);
  }

  /** Of an enum the generator looks for the values in a property that only refers to them. */
  @Override
  protected CodegenDiscriminator createDiscriminator(String schemaName, Schema schema) {
    CodegenDiscriminator discriminator = super.createDiscriminator(schemaName, schema);
    if (discriminator != null) {
      discriminator.setIsEnum(false);
    }
    return discriminator;
  }

  /** The generator forgets the other properties of a schema that has {@code allOf}. */
  @Override
  public CodegenModel fromModel(String name, Schema schema) {
    CodegenModel model = super.fromModel(name, schema);
    if (model != null
        && schema.getAllOf() != null
        && model.getAdditionalProperties() == null
        && model.parentSchema == null
        && model.discriminator == null
        && !model.vars.isEmpty()) {
      AllOf.additionalProperties(openAPI, schema)
          .ifPresent(
              values ->
                  model.setAdditionalProperties(
                      fromProperty("additionalProperties", values, false)));
    }
    return model;
  }

  @Override
  public String toApiName(String tag) {
    return classNames.api(tag, super::toApiName, apiNameSuffix);
  }

  // The generator numbers the files of names that differ only in case, but not the classes.

  @Override
  public String apiFilename(String template, String tag) {
    return apiFileFolder() + File.separator + toApiFilename(tag) + apiTemplateFiles().get(template);
  }

  @Override
  public String modelFilename(String template, String model) {
    return modelFileFolder()
        + File.separator
        + toModelFilename(model)
        + modelTemplateFiles().get(template);
  }

  @Override
  public String toDefaultValue(CodegenProperty property, Schema schema) {
    return DefaultValues.toJava(
        property,
        schema,
        ModelUtils.getReferencedSchema(openAPI, schema),
        super.toDefaultValue(property, schema));
  }

  @Override
  public Map<String, ModelsMap> postProcessAllModels(Map<String, ModelsMap> all) {
    Map<String, ModelsMap> processed = super.postProcessAllModels(all);
    List<CodegenModel> models =
        processed.values().stream()
            .flatMap(map -> map.getModels().stream())
            .map(ModelMap::getModel)
            .collect(Collectors.toList());
    Lenient.mark(
        models, Boolean.parseBoolean(String.valueOf(additionalProperties.get(Lenient.OPTION))));
    if (models.stream().anyMatch(Lenient::is)) {
      supportingFiles.add(sharedModel("GeneratedLenientModel"));
    }
    ModelFixes.apply(models, this, openAPI);
    models.stream().filter(model -> !model.isAlias).forEach(Unsupported::check);
    Map<String, JavaModel> java = JavaModel.of(models, this::qualifiedName);
    processed.values().stream()
        .flatMap(map -> map.getModels().stream())
        .forEach(map -> map.put("java", java.get(map.getModel().classname)));
    return processed;
  }

  /** The full name of a model's class. */
  private String qualifiedName(String model) {
    return importMapping.getOrDefault(model, toModelImport(model));
  }

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap operations, List<ModelMap> models) {
    OperationsMap processed = super.postProcessOperationsWithModels(operations, models);
    List<JavaCall> calls = new ArrayList<>();
    for (CodegenOperation operation : processed.getOperations().getOperation()) {
      OperationFixes.apply(operation, models);
      calls.add(new JavaCall(operation, this::qualifiedName, apiPackage));
    }
    if (calls.stream().anyMatch(JavaCall::hasDecimals)) {
      SupportingFile decimal = new SupportingFile("decimal.mustache", apiFolder(), "Decimal.java");
      if (!supportingFiles.contains(decimal)) {
        supportingFiles.add(decimal);
      }
    }
    processed.put("calls", calls);
    return processed;
  }
}
