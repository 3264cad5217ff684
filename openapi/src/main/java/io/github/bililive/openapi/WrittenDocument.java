package io.github.bililive.openapi;

import io.github.bililive.openapi.source.Finding;
import io.github.bililive.openapi.source.SourceRewriter;
import io.github.bililive.openapi.source.UnsupportedDocumentException;
import io.swagger.v3.oas.models.OpenAPI;
import java.util.Map;
import java.util.stream.Collectors;
import org.openapitools.codegen.CliOption;
import org.openapitools.codegen.utils.ModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with a document before the generator sees it, and with what cannot be expressed. */
final class WrittenDocument {
  static final CliOption OPTION =
      CliOption.newBoolean(
          "failOnUnsupported",
          "Fail on what cannot be expressed, instead of a warning and any JSON (Object) there.",
          false);

  private static final Logger LOG = LoggerFactory.getLogger(Retrofit2MoshiCodegen.class);

  private WrittenDocument() {}

  static void mend(OpenAPI document, String location, Map<String, Object> options) {
    // There is none if the parser has failed, which the generator says.
    if (document == null) {
      return;
    }
    SourceRewriter.Result result = SourceRewriter.mend(document, location);
    if (!result.findings().isEmpty()
        && Boolean.parseBoolean(String.valueOf(options.get(OPTION.getOpt())))) {
      throw new UnsupportedDocumentException(
          result.findings().stream().map(Finding::refusal).collect(Collectors.joining("\n")));
    }
    result.findings().forEach(finding -> LOG.warn(finding.warning()));
    NumericDefaults.restore(ModelUtils.getSchemas(document), result.root());
    AllOf.spellOut(document);
    Lenient.spread(ModelUtils.getSchemas(document));
  }
}
