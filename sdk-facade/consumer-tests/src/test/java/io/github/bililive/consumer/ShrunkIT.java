package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import io.github.bililive.sandbox.SeenRequest;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okio.Buffer;
import org.jetbrains.annotations.NotNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * Programs are shrunk by R8 in full mode, with the rules that the jars carry and none but that
 * their {@code main} is kept, and do the same as before. Needs the profile {@code r8}.
 *
 * <p>Generated code needs no rule, since nothing looks at a class, field or constant by its name:
 * names in JSON are texts, an enum is a class with texts, and the factory compares classes. That R8
 * has changed what is looked at so, the test of the models shows, too. Retrofit's and Moshi's rules
 * come with their jars. Seen by hand, with Moshi's rules alone: the models print the same, while
 * the class that Moshi reflects on becomes <code>{}</code>; and without the rule on {@code values}
 * in bililive.pro, the shrunk program dies of the {@code EnumMap} in the client's constructor.
 */
class ShrunkIT {
  private static final String RULES =
      "-keep class Shrunk* { public static void main(java.lang.String[]); }\n";

  @TempDir Path folder;

  @Test
  void aProgramShrunkByR8InFullModeDoesTheSame() throws Exception {
    R8 r8 = R8.present(folder);
    List<Path> libraries = libraries();
    Path program = compile("ShrunkProgram", libraries);
    Path shrunk = folder.resolve("shrunk.jar");

    r8.shrink(RULES, program, libraries, List.of("--classfile"), shrunk);
    List<String> before = runOnSandbox(classPath(program, libraries));
    List<String> after = runOnSandbox(shrunk.toString());

    assertThat(after)
        .isEqualTo(before)
        .contains("OPEN_LIVEROOM_DM of sample user, JSON true")
        .contains("start began", "heartbeat began", "batchHeartbeat began")
        .anyMatch(line -> line.startsWith("heartbeat 7003 "))
        .endsWith("done");
    assertThat(Files.size(shrunk)).isLessThan(size(libraries) / 2);
    assertThat(Jar.classes(shrunk)).noneMatch(name -> name.contains("BiliLiveClient"));
  }

  @Test
  void generatedModelsShrunkByR8InFullModeReadAndWriteTheSame() throws Exception {
    R8 r8 = R8.present(folder);
    List<Path> libraries = libraries();
    libraries.add(kitchenSink());
    Path program = compile("ShrunkModels", libraries);
    Path shrunk = folder.resolve("shrunk.jar");

    r8.shrink(RULES, program, libraries, List.of("--classfile"), shrunk);
    List<String> before = R8.run(R8.java(classPath(program, libraries), "ShrunkModels"));
    List<String> after = R8.run(R8.java(shrunk.toString(), "ShrunkModels"));

    assertThat(after)
        .isEqualTo(before)
        .contains(
            "\"light-blue\"",
            "\"new\"",
            "{\"kind\":\"round\",\"r\":0.10}",
            "{\"kind\":\"new\",\"x\":[1,null]}",
            "{\"y\":1,\"new\":true}",
            "{\"kind\":\"cat\",\"name\":\"n\",\"lives\":9}",
            "true false y",
            "{\"id\":9007199254740993}")
        .endsWith("done");
    // Moshi's own rules keep the annotation inside the factory.
    assertThat(Jar.classes(shrunk))
        .noneMatch(name -> name.matches(".*/kitchensink/.*/[A-Z][^$/]+\\.class"));
    // Names have changed: what Moshi finds by reflection is not the same.
    assertThat(R8.run(R8.java(classPath(program, libraries), "ShrunkModels", "hello")))
        .containsExactly("{\"danmaku\":\"hello\"}");
    assertThat(R8.run(R8.java(shrunk.toString(), "ShrunkModels", "hello")))
        .isNotEmpty()
        .doesNotContain("{\"danmaku\":\"hello\"}");
  }

  /** The models of the kitchen sink, which the tests of the other module have generated. */
  private Path kitchenSink() throws IOException {
    Path classes = BuiltArtifacts.target(BuiltArtifacts.GENERATOR).resolve("test-classes");
    Path models = Path.of("io", "github", "bililive", "kitchensink", "model");
    Path copy = Files.createDirectories(folder.resolve("sink").resolve(models));
    try (Stream<Path> files = Files.list(classes.resolve(models))) {
      for (Path file : files.collect(Collectors.toList())) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return Jar.pack(folder.resolve("sink"), folder.resolve("kitchen-sink.jar"));
  }

  private List<String> runOnSandbox(String classPath) throws Exception {
    try (Sandbox sandbox = Sandbox.builder().start()) {
      Process process =
          Programs.on(sandbox, R8.java(classPath, "ShrunkProgram").toArray(new String[0]));
      SandboxRoom room = sandbox.room(sandbox.accessToken());
      SampleEvents events = SampleEvents.openLive();
      List<String> printed = new ArrayList<>();
      for (String line; (line = process.inputReader(StandardCharsets.UTF_8).readLine()) != null; ) {
        printed.add(line);
        if (line.equals("open")) {
          room.send(
              events.danmaku(room.id(), "d", "hello"), events.gift(room.id(), "g", "rose", 3));
        }
      }
      assertThat(sandbox.requests())
          .as(String.join("\n", printed))
          .extracting(SeenRequest::endpoint)
          .startsWith(Endpoint.START, Endpoint.HEARTBEAT);
      return printed;
    }
  }

  private Path compile(String program, List<Path> libraries) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Programs.compile(
        "-source",
        "8",
        "-target",
        "8",
        "-classpath",
        classPath(null, libraries),
        "-d",
        classes.toString(),
        Path.of("src/test/resources/shrunk", program + ".java").toString());
    return Jar.pack(classes, folder.resolve("program.jar"));
  }

  private static String classPath(@Nullable Path program, List<Path> libraries) {
    return Stream.concat(Stream.ofNullable(program), libraries.stream())
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static long size(List<Path> jars) throws IOException {
    long size = 0;
    for (Path jar : jars) {
      size += Files.size(jar);
    }
    return size;
  }

  /** What a user of the SDK gets: our two jars and what they need. */
  static List<Path> libraries() throws URISyntaxException {
    List<Path> libraries = new ArrayList<>();
    BuiltArtifacts.SDK.forEach(ours -> libraries.add(BuiltArtifacts.file(ours, ".jar")));
    for (Class<?> type :
        List.of(
            Retrofit.class,
            MoshiConverterFactory.class,
            Moshi.class,
            OkHttpClient.class,
            Buffer.class,
            kotlin.Unit.class,
            NotNull.class,
            Nullable.class)) {
      libraries.add(jarOf(type));
    }
    return libraries;
  }

  static Path jarOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
