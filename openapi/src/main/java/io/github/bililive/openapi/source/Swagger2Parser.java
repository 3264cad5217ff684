package io.github.bililive.openapi.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.parser.converter.SwaggerConverter;
import io.swagger.v3.parser.core.extensions.SwaggerParserExtension;
import io.swagger.v3.parser.core.models.AuthorizationValue;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads a document of Swagger 2.0 on which the parser of OpenAPI Generator fails with an exception,
 * before any generator is asked: one with an answer whose type is null, or with dates that are none
 * in an enum. The parser finds this class as a service; any other document is left to it.
 */
public final class Swagger2Parser implements SwaggerParserExtension {
  @Override
  public SwaggerParseResult readLocation(
      String location, List<AuthorizationValue> authorizations, ParseOptions options) {
    try {
      Path path = Path.of(location);
      return Files.isRegularFile(path)
          ? readContents(Files.readString(path), authorizations, options)
          : null;
    } catch (InvalidPathException | IOException e) {
      return null; // The parser says what is wrong.
    }
  }

  @Override
  public SwaggerParseResult readContents(
      String text, List<AuthorizationValue> authorizations, ParseOptions options) {
    try {
      JsonNode root = YamlTree.read(text).root();
      return root.has("swagger") && mend(root)
          ? new SwaggerConverter().readContents(root.toString(), authorizations, options)
          : null;
    } catch (YAMLException e) {
      return null;
    }
  }

  /** Leaves out what the parser fails on, and returns whether there was any. */
  private static boolean mend(JsonNode node) {
    boolean mended = false;
    if (node instanceof ObjectNode) {
      mended = Answers.dropNull((ObjectNode) node);
      String format = Nodes.text(node, "format");
      if (node.path("enum").isArray() && format != null && format.startsWith("date")) {
        ((ObjectNode) node).remove("format");
        mended = true;
      }
    }
    for (JsonNode child : node) {
      mended |= mend(child);
    }
    return mended;
  }
}
