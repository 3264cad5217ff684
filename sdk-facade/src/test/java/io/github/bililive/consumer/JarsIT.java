package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** What is about to be published holds what it should, and nothing else. */
class JarsIT {
  private static final int JAVA_8 = 52;

  @ParameterizedTest
  @CsvSource({
    "generated-client, io.github.bililive.generated",
    "sdk-facade, io.github.bililive",
  })
  void aJarSaysWhichModuleItIs(String module, String name) throws IOException {
    assertThat(Jar.manifest(main(module)).getValue("Automatic-Module-Name")).isEqualTo(name);
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#MODULES")
  void aJarIsForJava8AndCarriesTheLicense(String module) throws IOException {
    assertThat(Jar.classFileVersions(main(module))).containsExactly(JAVA_8);
    assertThat(Jar.files(main(module))).contains("META-INF/LICENSE");
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#MODULES")
  void sourcesAndJavadocGoWithAJar(String module) throws IOException {
    assertThat(Jar.files(BuiltArtifacts.file(module, "-sources.jar")))
        .anyMatch(name -> name.endsWith(".java"));
    assertThat(Jar.files(BuiltArtifacts.file(module, "-javadoc.jar"))).contains("index.html");
  }

  @Test
  void theJarOfTheFacadeHoldsNothingOfTheTests() throws IOException {
    assertThat(Jar.classes(main("sdk-facade")))
        .contains("io/github/bililive/BiliLiveClient.class")
        .noneMatch(name -> Files.exists(Path.of("target", "test-classes", name)));
  }

  @Test
  void theJarOfTheSandboxHoldsNothingElse() throws IOException {
    assertThat(Jar.classes(BuiltArtifacts.file("sdk-facade", "-sandbox.jar")))
        .contains("io/github/bililive/sandbox/Sandbox.class")
        .allMatch(name -> name.startsWith("io/github/bililive/sandbox/"));
  }

  private static Path main(String module) {
    return BuiltArtifacts.file(module, ".jar");
  }
}
