package io.github.bililive.openapi;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.openapitools.codegen.DefaultGenerator;
import org.openapitools.codegen.config.CodegenConfigurator;

/**
 * Prints how large a document's client is and how long it takes to generate and compile it, ours
 * and that of OpenAPI Generator's {@code java} with Retrofit and Gson: {@code JarSizes <document>
 * [class path of the stock client]}. See {@code openapi/README.md}.
 */
final class JarSizes {
  private JarSizes() {}

  public static void main(String[] arguments) throws IOException {
    String document = arguments[0];
    String stock = arguments.length > 1 ? arguments[1] : null;
    Path folder = Files.createTempDirectory("jar-sizes");
    // The first round warms up the JVM; times are those of the last.
    for (int round = 1; round <= 3; round++) {
      Path here = Files.createDirectory(folder.resolve("round" + round));
      String figures = measure("retrofit2-moshi", document, here, "");
      if (stock != null) {
        figures += measure("java", document, here, stock);
      }
      if (round == 3) {
        System.out.print(figures);
      }
    }
  }

  private static String measure(String generator, String document, Path folder, String libraries)
      throws IOException {
    Path sources = folder.resolve(generator);
    CodegenConfigurator options =
        new CodegenConfigurator()
            .setGeneratorName(generator)
            .setInputSpec(document)
            .setOutputDir(sources.toString())
            .setInvokerPackage("c")
            .setApiPackage("c.api")
            .setModelPackage("c.model")
            .setValidateSpec(false);
    if (generator.equals("java")) {
      options.setLibrary("retrofit2");
      options.addAdditionalProperty("serializationLibrary", "gson");
      options.addAdditionalProperty("openApiNullable", "false");
      for (String tests : List.of("modelTests", "apiTests", "modelDocs", "apiDocs")) {
        options.addGlobalProperty(tests, "false");
      }
    }
    long start = System.nanoTime();
    new DefaultGenerator().opts(options.toClientOptInput()).generate();
    long generated = System.nanoTime();
    Path main = sources.resolve("src/main/java");
    Path classes = Files.createDirectories(folder.resolve(generator + "-classes"));
    compile(main, classes, libraries);
    long compiled = System.nanoTime();
    return String.format(
        "%s: %,d bytes of source, a jar of %,d bytes, generated in %.1f s, compiled in %.1f s%n",
        generator,
        sourceSize(main),
        jar(classes),
        (generated - start) / 1e9,
        (compiled - generated) / 1e9);
  }

  private static void compile(Path sources, Path classes, String libraries) throws IOException {
    String classPath = System.getProperty("java.class.path");
    List<String> files = files(sources, ".java").map(Path::toString).toList();
    Stream<String> options =
        Stream.of(
            "-g", "-nowarn", "-proc:none", "-source", "8", "-target", "8", "-encoding", "UTF-8");
    Stream<String> places =
        Stream.of(
            "-cp",
            classPath + System.getProperty("path.separator") + libraries,
            "-d",
            classes + "");
    String[] all =
        Stream.of(options, places, files.stream()).flatMap(each -> each).toArray(String[]::new);
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, all) != 0) {
      throw new IllegalStateException(
          sources + " does not compile: does the class path have what it needs?");
    }
  }

  private static long sourceSize(Path sources) throws IOException {
    long size = 0;
    for (Path file : files(sources, ".java").toList()) {
      size += Files.size(file);
    }
    return size;
  }

  private static int jar(Path classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream jar = new JarOutputStream(bytes)) {
      for (Path file : files(classes, ".class").toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        jar.write(Files.readAllBytes(file));
        jar.closeEntry();
      }
    }
    return bytes.size();
  }

  private static Stream<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
    }
  }
}
