package io.github.bililive.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.Schema;
import java.util.Map;
import org.openapitools.codegen.OpenAPINormalizer;

/** OpenAPI Generator's normaliser, which warns of every alternative that is no reference. */
@SuppressWarnings("rawtypes") // As the parser has it.
public final class QuietNormalizer extends OpenAPINormalizer {
  /** The generator calls this. */
  public QuietNormalizer(OpenAPI document, Map<String, String> rules) {
    super(document, rules);
  }

  @Override
  protected boolean isSelfReference(String name, Schema schema) {
    return schema != null && schema.get$ref() != null && super.isSelfReference(name, schema);
  }
}
