package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/** Runs the generator as a user would, by its name alone, and javac on what comes out. */
final class Generation {
  private Generation() {}

  /** The contract of bililive itself. */
  static Path contract() {
    return Paths.get("bililive.yaml").toAbsolutePath();
  }

  /** Writes a document that has these schemas, each indented by four blanks, and nothing else. */
  static Path schemas(Path folder, String schemas) throws IOException {
    return Files.writeString(
        folder.resolve("spec.yaml"),
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n"
            + schemas);
  }

  /** Generates in the packages {@code c.model} and {@code c.api}. */
  static void run(Path spec, Path output) {
    run(spec, output, "c.model", "c.api");
  }

  static void run(Path spec, Path output, String modelPackage, String apiPackage) {
    run(spec, output, options -> options.setModelPackage(modelPackage).setApiPackage(apiPackage));
  }

  /** Generates with options of a user's own. */
  static void run(Path spec, Path output, Consumer<CodegenConfigurator> options) {
    CodegenConfigurator configurator =
        new CodegenConfigurator()
            .setGeneratorName("retrofit2-moshi")
            .setInputSpec(spec.toString())
            .setOutputDir(output.toString());
    options.accept(configurator);
    new DefaultGenerator().opts(configurator.toClientOptInput()).generate();
  }

  /** Generates in the same packages, unless there is anything that Java cannot express. */
  static void runStrictly(Path spec, Path output) {
    run(
        spec,
        output,
        options ->
            options
                .setModelPackage("c.model")
                .setApiPackage("c.api")
                .addAdditionalProperty("failOnUnsupported", "true"));
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
