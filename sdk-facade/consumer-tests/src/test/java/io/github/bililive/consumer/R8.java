package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The compilers of Android's build: R8, which shrinks in full mode, and D8, which does not. */
record R8(Path jar, Path folder) {
  /** The class library is the JDK's, which has none of Android's classes; Retrofit names some. */
  private static final String RULES = "-dontwarn android.**\n";

  /** Returns it, with a folder to work in; without the profile r8 the test is skipped. */
  static R8 present(Path folder) throws URISyntaxException {
    Class<?> main = null;
    try {
      main = Class.forName("com.android.tools.r8.R8");
    } catch (ClassNotFoundException withoutTheProfile) {
      // Then the test ends here.
    }
    assumeThat(main).as("R8, which is there with -Pr8").isNotNull();
    return new R8(ShrunkIT.jarOf(main), folder);
  }

  /**
   * Shrinks a program, with these rules and those that the libraries carry.
   *
   * @param options such as {@code --classfile}, or the API level of dex
   * @param output a jar, or a folder
   */
  void shrink(String rules, Path program, List<Path> libraries, List<String> options, Path output)
      throws IOException, InterruptedException {
    List<String> command = compiler("R8", options, output);
    command.addAll(List.of("--pg-conf", write("main.pro", rules + RULES).toString()));
    for (Path library : libraries) {
      for (String file : Jar.files(library)) {
        if (file.startsWith("META-INF/proguard/")) {
          Path carried = write(library.getFileName() + ".pro", Jar.text(library, file));
          command.addAll(List.of("--pg-conf", carried.toString()));
        }
      }
    }
    command.add(program.toString());
    libraries.forEach(library -> command.add(library.toString()));
    requireNoWarning(run(command));
  }

  /** Makes dex of jars, which need those of the class path. */
  void dex(List<Path> jars, List<Path> classPath, List<String> options, Path output)
      throws IOException, InterruptedException {
    List<String> command = compiler("D8", options, output);
    classPath.forEach(jar -> command.addAll(List.of("--classpath", jar.toString())));
    jars.forEach(jar -> command.add(jar.toString()));
    requireNoWarning(run(command));
  }

  private List<String> compiler(String type, List<String> options, Path output) {
    List<String> command = java(jar.toString(), "com.android.tools.r8." + type);
    command.addAll(List.of("--release", "--lib", System.getProperty("java.home")));
    command.addAll(options);
    command.addAll(List.of("--output", output.toString()));
    return command;
  }

  /** Missing classes are errors of R8's and warnings of D8's. */
  private static void requireNoWarning(List<String> printed) {
    assertThat(printed)
        .filteredOn(line -> line.startsWith("Warning"))
        .allMatch(line -> line.matches("Warning: Resource 'META-INF/.*' already exists."));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  static List<String> java(String classPath, String... main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(main));
    return command;
  }

  /** Runs a program, which must succeed. Returns what it printed. */
  static List<String> run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().toList();
  }
}
