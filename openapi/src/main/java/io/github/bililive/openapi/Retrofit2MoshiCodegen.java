package io.github.bililive.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
 * defaults of every array into Java. What it cannot express ends the generation with a sentence.
 */
@SuppressWarnings("rawtypes") // As the generator itself has it.
public final class Retrofit2MoshiCodegen extends JavaClientCodegen {
  private final UniqueNames modelNames =
      new UniqueNames("GeneratedJsonAdapterFactory", "JsonValues");
  private final Set<String> typesThatAreNoFormats;
  private final UniqueNames apiNames = new UniqueNames("Operation", "Separated");
  private final Map<String, String> apiNamesByTag = new HashMap<>();
  // Of the JDK, although the generator takes them for models.
  private final Set<String> notImported = new HashSet<>();
  private final Map<CodegenModel, PropertyNames> named = new IdentityHashMap<>();
  // What has been through either: the generator has one object in several lists.
  private final Set<Object> numbered = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> escaped = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Takes the templates that the jar holds. Those of the same name in the generator's {@code
   * templateDirectory}, if it is set, come first.
   */
  public Retrofit2MoshiCodegen() {
    embeddedTemplateDir = templateDir = "io/github/bililive/openapi/templates";
    GeneratorDefaults.apply(this);
    typesThatAreNoFormats = new HashSet<>(typeMapping.keySet());
    typesThatAreNoFormats.removeAll(List.of("binary", "date", "file"));
    modelTemplateFiles.put("jsonAdapter.mustache", "JsonAdapter.java");
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
    String models = sourceFolder + File.separator + modelPackage.replace('.', File.separatorChar);
    String apis = sourceFolder + File.separator + apiPackage.replace('.', File.separatorChar);
    supportingFiles.clear();
    supportingFiles.add(
        new SupportingFile(
            "jsonAdapterFactory.mustache", models, "GeneratedJsonAdapterFactory.java"));
    supportingFiles.add(new SupportingFile("jsonValues.mustache", models, "JsonValues.java"));
    supportingFiles.add(new SupportingFile("modelPackage.mustache", models, "package-info.java"));
    supportingFiles.add(new SupportingFile("apiOperation.mustache", apis, "Operation.java"));
    supportingFiles.add(new SupportingFile("separated.mustache", apis, "Separated.java"));
    supportingFiles.add(new SupportingFile("apiPackage.mustache", apis, "package-info.java"));
    if (GlobalSettings.getProperty(CodegenConstants.SKIP_FORM_MODEL) == null) {
      // A form is a model, too: an answer may be it. The settings end with this run.
      GlobalSettings.setProperty(CodegenConstants.SKIP_FORM_MODEL, "false");
    }
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
    String variable = super.toVarName(allowed.toString());
    return GeneratorDefaults.isReservedVariable(variable) ? "_" + variable : variable;
  }

  @Override
  public String toOperationId(String operationId) {
    String method = super.toOperationId(operationId);
    return GeneratorDefaults.isMethodOfObject(method)
        ? "call" + Character.toUpperCase(method.charAt(0)) + method.substring(1)
        : method;
  }

  /** Comes before anything else reads the document. */
  @Override
  public void setOpenAPI(OpenAPI openAPI) {
    if (this.openAPI == null && openAPI != null) {
      NumericDefaults.restore(ModelUtils.getSchemas(openAPI), getInputSpec());
    }
    // There is none if the parser has failed, which the generator says.
    if (openAPI != null) {
      AllOf.spellOut(openAPI);
    }
    super.setOpenAPI(openAPI);
  }

  @Override
  public void preprocessOpenAPI(OpenAPI openAPI) {
    super.preprocessOpenAPI(openAPI);
    Map<String, Schema> schemas = ModelUtils.getSchemas(openAPI);
    Aliases.resolve(schemas);
    Discriminators.map(schemas);
    // The names that a user gives come first.
    modelNameMapping.replaceAll((schema, name) -> modelNames.take(name));
    Predicate<String> becomesAClass = schema -> becomesAClass(schemas.get(schema));
    schemas.keySet().stream().filter(becomesAClass).forEach(this::tellApart);
    // The generator keeps these under their class name, too, before it forgets them.
    schemas.keySet().stream().filter(becomesAClass.negate()).forEach(this::tellApart);
  }

  private void tellApart(String schema) {
    if (typeMapping.containsKey(schema)) {
      // Or the schema "set", say, would count as java.util.Set, and have no class.
      String type = typeMapping.get(schema);
      importMapping.remove(type);
      notImported.add(type);
    }
    if (modelNameMapping.containsKey(schema)) {
      return;
    }
    String name = toModelName(schema);
    String unique = modelNames.take(isTaken(name) ? name + "Model" : name);
    if (!unique.equals(name)) {
      modelNameMapping.put(schema, unique);
    }
  }

  /** Whether it would hide a class, or the generator would take it for one that it knows. */
  private boolean isTaken(String name) {
    return GeneratorDefaults.isUsedClass(name)
        || typeMapping.containsKey(name)
        || importMapping.containsKey(name)
        || languageSpecificPrimitives.contains(name);
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

  private static boolean becomesAClass(Schema<?> schema) {
    return schema.getEnum() != null
        || !(ModelUtils.isArraySchema(schema)
            || ModelUtils.isStringSchema(schema)
            || ModelUtils.isIntegerSchema(schema)
            || ModelUtils.isNumberSchema(schema)
            || ModelUtils.isBooleanSchema(schema));
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
    return apiNamesByTag.computeIfAbsent(tag, t -> apiNames.take(camelizedTag(t)) + apiNameSuffix);
  }

  private String camelizedTag(String tag) {
    String name = super.toApiName(tag);
    return name.endsWith(apiNameSuffix)
        ? name.substring(0, name.length() - apiNameSuffix.length())
        : name;
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
    String expression = super.toDefaultValue(property, schema);
    Object value = ModelUtils.getReferencedSchema(openAPI, schema).getDefault();
    if (value == null || expression == null) {
      return expression;
    }
    if (property.isDate || property.isDateTime) {
      // The generator has no Java for it where the type is an alias.
      return null;
    }
    property.vendorExtensions.put(EnumConstants.DEFAULT, value);
    if (property.dataType.equals("String") && schema.getEnum() == null) {
      return Literals.quote(String.valueOf(value));
    }
    if (property.isArray && !Json.mapper().valueToTree(value).isEmpty()) {
      JsonNode values = Json.mapper().valueToTree(value);
      if (property.items.isString && !property.items.getIsEnumOrRef()) {
        return texts(values);
      }
      property.vendorExtensions.put("x-default-json", Literals.quote(values.toString()));
    }
    return expression;
  }

  private static String texts(Iterable<JsonNode> values) {
    StringBuilder list = new StringBuilder("Arrays.asList(");
    String separator = "";
    for (JsonNode value : values) {
      list.append(separator).append(Literals.quote(value.asText()));
      separator = ", ";
    }
    return list.append(')').toString();
  }

  @Override
  public Map<String, ModelsMap> postProcessAllModels(Map<String, ModelsMap> all) {
    Map<String, ModelsMap> processed = super.postProcessAllModels(all);
    List<CodegenModel> models =
        processed.values().stream()
            .flatMap(map -> map.getModels().stream())
            .map(ModelMap::getModel)
            .collect(Collectors.toList());
    models.forEach(this::dropInventedDiscriminator);
    models.forEach(model -> Alternatives.relax(model, properties(model), openAPI));
    Map<String, EnumConstants> enums =
        models.stream()
            .filter(model -> model.isEnum && model.allowableValues != null)
            .collect(Collectors.toMap(model -> model.classname, EnumConstants::new));
    models.forEach(this::name);
    models.stream()
        .flatMap(Retrofit2MoshiCodegen::properties)
        .forEach(property -> defaultByValue(property, enums.get(property.dataType)));
    models.forEach(this::escape);
    return processed;
  }

  /**
   * Of alternatives that are unions with discriminators the generator makes one that lacks values.
   */
  private void dropInventedDiscriminator(CodegenModel model) {
    Schema<?> schema = ModelUtils.getSchema(openAPI, model.schemaName);
    if (schema != null
        && (schema.getDiscriminator() == null || schema.getDiscriminator().getMapping() == null)
        && Discriminators.alternatives(schema).stream()
            .map(alternative -> ModelUtils.getReferencedSchema(openAPI, alternative))
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
              + toEnumValue(String.valueOf(value), constants.dataType)
              + ")";
    }
  }

  private PropertyNames name(CodegenModel model) {
    PropertyNames done = named.get(model);
    if (done != null) {
      return done;
    }
    PropertyNames names;
    if (model.parentModel == null) {
      names = new PropertyNames(model.getAdditionalProperties() != null);
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

  @Override
  public OperationsMap postProcessOperationsWithModels(
      OperationsMap operations, List<ModelMap> models) {
    OperationsMap processed = super.postProcessOperationsWithModels(operations, models);
    processed
        .getImports()
        .removeIf(
            line ->
                notImported.stream()
                    .anyMatch(type -> toModelImport(type).equals(line.get("import"))));
    for (CodegenOperation operation : processed.getOperations().getOperation()) {
      PathParameters.rename(operation);
      operation.path = Literals.escape(operation.path);
      if (operation.externalDocs != null && operation.externalDocs.getUrl() != null) {
        operation.externalDocs.setUrl(JavadocEscaper.url(operation.externalDocs.getUrl()));
      }
      parameters(operation).forEach(parameter -> countUnionsAsValues(parameter, models));
      parameters(operation)
          // The templates say what is wrong with a parameter without a name.
          .filter(parameter -> parameter.baseName != null && escaped.add(parameter))
          .forEach(parameter -> parameter.baseName = Literals.escape(parameter.baseName));
    }
    return processed;
  }

  /**
   * In an array the generator has one flag for objects and unions, which the templates write as
   * their value.
   */
  private static void countUnionsAsValues(CodegenParameter parameter, List<ModelMap> models) {
    CodegenProperty element = parameter.items;
    if (parameter.isArray && element != null && element.isModel) {
      element.isModel =
          models.stream()
              .map(ModelMap::getModel)
              .filter(model -> model.classname.equals(element.dataType))
              .noneMatch(
                  model ->
                      model.vars.isEmpty() && !(model.oneOf.isEmpty() && model.anyOf.isEmpty()));
    }
  }

  private static Stream<CodegenParameter> parameters(CodegenOperation operation) {
    return Stream.concat(operation.allParams.stream(), operation.cookieParams.stream());
  }
}
