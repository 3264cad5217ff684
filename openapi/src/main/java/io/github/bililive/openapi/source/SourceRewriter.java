package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.parser.OpenAPIParser;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.util.List;

/** The document as its author wrote it, made into one that OpenAPI Generator gets right. */
public final class SourceRewriter {
  private final SourceDocument document;
  private final Findings findings;

  private SourceRewriter(SourceDocument document) {
    this.document = document;
    this.findings = new Findings(document);
  }

  /**
   * Reads the file that a parsed document comes from, and puts what it means in the place of what
   * the parser made of it. A document that is no file is taken as the parser has it.
   *
   * @param parsed what the parser made of it; is changed
   * @param location the file
   * @return what cannot be expressed, and the document as it was given to the parser
   */
  public static Result mend(OpenAPI parsed, String location) {
    SourceDocument document = SourceDocument.read(location, parsed);
    if (document.first() == null) {
      return new Result(List.of(), Nodes.object());
    }
    SourceRewriter source = new SourceRewriter(document);
    source.rewrite();
    if (document.isChanged()) {
      source.parseAgain(parsed);
    }
    return new Result(source.findings.all(), document.first().root());
  }

  /**
   * What came of it.
   *
   * @param findings the places that cannot be expressed
   * @param root the document that the parser was given
   */
  public record Result(List<Finding> findings, JsonNode root) {}

  private void rewrite() {
    References.resolve(this.document);
    JsonSchema jsonSchema = new JsonSchema(this.document);
    Keywords keywords = new Keywords(this.document, this.findings);
    Values values = new Values(this.document, this.findings);
    new Walk(this.document) {
      @Override
      void schema(ObjectNode schema, Place place) {
        String reference = Nodes.text(schema, "$ref");
        if (reference != null
            && !reference.contains("://")
            && this.document.target(reference, place.file()) == null) {
          SourceRewriter.this.findings.any(
              schema, place, reference + " leads nowhere", "Correct the reference");
        }
        jsonSchema.rewrite(schema);
        keywords.drop(schema, place);
        values.rewrite(schema, place);
        if (schema.path("x-internal").asBoolean()) {
          // Others may refer to it.
          schema.remove("x-internal");
          SourceRewriter.this.document.change();
        }
      }

      @Override
      void content(ObjectNode holder, Place place, boolean isRequest) {
        if (!isRequest && Answers.dropNull(holder)) {
          SourceRewriter.this.document.change();
        }
      }

      @Override
      void operation(String path, String method, ObjectNode item, Place place) {
        if (Answers.dropNullBody((ObjectNode) item.get(method))) {
          SourceRewriter.this.document.change();
        }
      }

      @Override
      void parameter(ObjectNode parameter, Place place) {
        if (SourceRewriter.this.document.isSwagger2() && parameter.has("type")) {
          values.rewrite(parameter, place);
          if (parameter.path("items") instanceof ObjectNode) {
            values.rewrite((ObjectNode) parameter.get("items"), place.child("items"));
          }
        }
      }
    }.run();
    new Discriminators(this.document).addProperties();
    new Compositions(this.document, this.findings).run();
    new Paths(this.document, this.findings).run();
    new Parameters(this.document, this.findings).run();
    new Answers(this.document).run();
    if (this.document.isSwagger2()) {
      nullableOfSwagger2();
    }
    ObjectNode root = this.document.first().root();
    if (root.path("components") instanceof ObjectNode) {
      ((ObjectNode) root.get("components")).remove(List.of("examples", "links"));
    }
    if (this.document.isJsonSchema()) {
      root.put("openapi", "3.0.3");
      root.remove(List.of("webhooks", "jsonSchemaDialect"));
      if (!root.has("paths")) {
        root.putObject("paths");
      }
      this.document.change();
    }
  }

  /** Swagger 2.0 has another word for it. */
  private void nullableOfSwagger2() {
    new Walk(this.document) {
      @Override
      void schema(ObjectNode schema, Place place) {
        JsonNode nullable = schema.remove("nullable");
        if (nullable != null) {
          schema.set("x-nullable", nullable);
        }
      }
    }.run();
  }

  private void parseAgain(OpenAPI parsed) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    options.setResolveResponses(true);
    replace(
        parsed,
        new OpenAPIParser()
            .readContents(this.document.first().root().toString(), null, options)
            .getOpenAPI());
  }

  private static void replace(OpenAPI parsed, OpenAPI again) {
    parsed.setOpenapi(again.getOpenapi());
    parsed.setSpecVersion(SpecVersion.V30);
    parsed.setInfo(again.getInfo());
    parsed.setServers(again.getServers());
    parsed.setSecurity(again.getSecurity());
    parsed.setTags(again.getTags());
    parsed.setPaths(again.getPaths());
    parsed.setComponents(again.getComponents());
    parsed.setExtensions(again.getExtensions());
    parsed.setWebhooks(null);
    parsed.setJsonSchemaDialect(null);
  }
}
