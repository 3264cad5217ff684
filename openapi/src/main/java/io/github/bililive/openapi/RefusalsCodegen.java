package io.github.bililive.openapi;

import org.openapitools.codegen.CodegenType;
import org.openapitools.codegen.DefaultCodegen;
import org.openapitools.codegen.SupportingFile;

/**
 * Turns bililive's table of refusals, {@code openapi/refusals.yaml}, into Java and Markdown. The
 * table is an extension of an otherwise empty OpenAPI document.
 */
public final class RefusalsCodegen extends DefaultCodegen {
  private static final String FOLDER = "src/main/java/io/github/bililive/error";

  /** Takes the templates that the jar holds. */
  public RefusalsCodegen() {
    embeddedTemplateDir = templateDir = "io/github/bililive/openapi/refusals";
    supportingFiles.add(new SupportingFile("platformCode.mustache", FOLDER, "PlatformCode.java"));
    supportingFiles.add(new SupportingFile("httpRefusal.mustache", FOLDER, "HttpRefusal.java"));
    supportingFiles.add(new SupportingFile("table.mustache", "refusals.md"));
    supportingFiles.add(new SupportingFile("tableZh.mustache", "refusals.zh-CN.md"));
  }

  @Override
  public CodegenType getTag() {
    return CodegenType.OTHER;
  }

  @Override
  public String getName() {
    return "bililive-refusals";
  }

  @Override
  public String getHelp() {
    return "Generates bililive's table of refusals.";
  }

  /** The title of the table is in no comment. */
  @Override
  public String escapeUnsafeCharacters(String input) {
    return input;
  }

  /** A file whose content stays the same keeps its time, so that javac has nothing to do. */
  @Override
  public boolean isEnableMinimalUpdate() {
    return true;
  }

  /** Without the generator's banner. */
  @Override
  public void postProcess() {}
}
