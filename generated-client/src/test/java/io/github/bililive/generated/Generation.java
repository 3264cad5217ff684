package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.openapi.RetrofitMoshiCodegen;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/**
 * Runs the generator with this project's configuration and templates, and javac on what comes out.
 */
final class Generation {
  private static final Path OPENAPI = Paths.get(System.getProperty("openapi.directory"));

  private Generation() {}

  static Path spec() {
    return OPENAPI.resolve("bililive.yaml");
  }

  /** Writes a document that has these schemas, each indented by four blanks, and nothing else. */
  static Path schemas(Path folder, String schemas) throws IOException {
    return Files.writeString(
        folder.resolve("spec.yaml"),
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            + schemas);
  }

  /** Generates with the packages of {@code generator.yaml}. */
  static void run(Path spec, Path output) {
    generate(configurator(spec, output));
  }

  /**
   * Generates with models in another package, so that they can be loaded beside the shipped ones.
   */
  static void run(Path spec, Path output, String modelPackage, String apiPackage) {
    generate(configurator(spec, output).setModelPackage(modelPackage).setApiPackage(apiPackage));
  }

  /** Generates with {@link RetrofitMoshiCodegen} in the place of the generator {@code java}. */
  static void runWithCodegen(Path spec, Path output, String modelPackage, String apiPackage) {
    generate(
        configurator(spec, output)
            .setGeneratorName(RetrofitMoshiCodegen.class.getName())
            .setModelPackage(modelPackage)
            .setApiPackage(apiPackage));
  }

  /** Generates as whoever has the jar and some templates of their own. */
  static void runWithTemplates(Path spec, Path output, Path templates) {
    generate(
        configurator(spec, output)
            .setGeneratorName(RetrofitMoshiCodegen.class.getName())
            .setTemplateDir(templates.toString()));
  }

  private static CodegenConfigurator configurator(Path spec, Path output) {
    return CodegenConfigurator.fromFile(OPENAPI.resolve("generator.yaml").toString())
        .setGeneratorName("java")
        .setInputSpec(spec.toString())
        .setTemplateDir(OPENAPI.resolve("templates").toAbsolutePath().normalize().toString())
        .setOutputDir(output.toString());
  }

  private static void generate(CodegenConfigurator configurator) {
    new DefaultGenerator().opts(configurator.toClientOptInput()).generate();
  }

  /** The text of every Java file below a folder, by its path from there. */
  static Map<String, String> javaFiles(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      Map<String, String> files = new TreeMap<>();
      for (Path path :
          paths.filter(p -> p.toString().endsWith(".java")).collect(Collectors.toList())) {
        files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles as the build does: Java 8, all warnings are errors, those of Javadoc, too. */
  static void compile(Path sources, Path classes) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      List<String> options =
          Arrays.asList(
              "-source",
              "8",
              "-target",
              "8",
              "-encoding",
              "UTF-8",
              "-proc:none",
              "-Xlint:all,-options,-classfile",
              "-Xdoclint:all,-missing",
              "-Werror",
              "-d",
              classes.toString());
      List<Path> paths =
          javaFiles(sources).keySet().stream().map(sources::resolve).collect(Collectors.toList());
      StringWriter messages = new StringWriter();
      boolean compiled =
          javac
              .getTask(
                  messages, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }
}
