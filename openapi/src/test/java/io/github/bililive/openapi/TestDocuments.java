package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All documents among the test's resources, or those of a folder that {@code -Ddocuments} names,
 * each generated into a package of its own and all compiled at once.
 */
final class TestDocuments implements AutoCloseable {
  private final Path classes;
  private final URLClassLoader loader;

  TestDocuments(Path temp) throws Exception {
    this.classes = Files.createDirectory(temp.resolve("classes"));
    Path sources = Files.createDirectory(temp.resolve("sources"));
    List<String> failures = new ArrayList<>();
    documents().forEach((name, document) -> generate(name, document, sources, failures));
    assertThat(failures).isEmpty();
    Generation.compile(sources, this.classes);
    this.loader = new URLClassLoader(new URL[] {this.classes.toUri().toURL()});
  }

  private static void generate(String name, Path document, Path sources, List<String> failures) {
    try {
      Generation.run(
          document,
          sources.resolve(name),
          options ->
              options
                  .setValidateSpec(false)
                  .setModelPackage(name + ".model")
                  .setApiPackage(name + ".api"));
    } catch (RuntimeException e) {
      failures.add(document + ": " + e);
    }
  }

  /** By the package that each is generated into, which is the file's name. */
  static Map<String, Path> documents() throws Exception {
    Path resources = Paths.get(TestDocuments.class.getResource("/golden.yaml").toURI()).getParent();
    String folder = System.getProperty("documents");
    Map<String, Path> documents = new TreeMap<>();
    for (Path each :
        folder == null
            ? List.of(resources, resources.resolve("cases"))
            : List.of(Path.of(folder))) {
      try (Stream<Path> files = Files.list(each)) {
        files
            .filter(file -> file.toString().matches(".*\\.(yaml|yml|json)"))
            .forEach(file -> documents.put(packageOf(file), file));
      }
    }
    return documents;
  }

  private static String packageOf(Path file) {
    return "d_" + file.getFileName().toString().replaceAll("\\.\\w+$", "").replaceAll("\\W", "_");
  }

  GeneratedClient client(String document) throws ReflectiveOperationException {
    return new GeneratedClient(this.loader, packageOf(Path.of(document)));
  }

  /** The names of the interfaces of a package. */
  List<String> apis(String packageName) throws IOException {
    Path folder = this.classes.resolve(packageName).resolve("api");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".class", ""))
          .filter(name -> name.endsWith("Api"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @Override
  public void close() throws IOException {
    this.loader.close();
  }
}
