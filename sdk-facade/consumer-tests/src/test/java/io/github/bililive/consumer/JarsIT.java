package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is about to be published holds what it should, and nothing else. */
class JarsIT {
  private static final int JAVA_8 = 52;

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#ALL")
  void aJarSaysWhichModuleItIs(BuiltArtifacts.Artifact artifact) throws IOException {
    assertThat(
            Jar.manifest(BuiltArtifacts.file(artifact, ".jar")).getValue("Automatic-Module-Name"))
        .isEqualTo(artifact.moduleName());
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#ALL")
  void aJarCarriesTheLicenseAndNoOtherModulesDescriptor(BuiltArtifacts.Artifact artifact)
      throws IOException {
    assertThat(Jar.files(BuiltArtifacts.file(artifact, ".jar")))
        .contains("META-INF/LICENSE", "META-INF/NOTICE")
        .noneMatch(name -> name.endsWith("module-info.class"));
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#ALL")
  void aJarSaysItsNameAndVersion(BuiltArtifacts.Artifact artifact) throws IOException {
    Attributes manifest = Jar.manifest(BuiltArtifacts.file(artifact, ".jar"));

    assertThat(manifest.getValue("Implementation-Title")).startsWith("bililive ");
    assertThat(manifest.getValue("Implementation-Version")).isEqualTo(BuiltArtifacts.VERSION);
  }

  @Test
  void theRunnableJarListsTheLicencesOfWhatItCarries() throws IOException {
    assertThat(
            Jar.text(BuiltArtifacts.file(BuiltArtifacts.TOOLS, ".jar"), "META-INF/THIRD-PARTY.txt"))
        .contains("(Apache-2.0) okhttp", "(MIT) org.brotli:dec");
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#ALL")
  void sourcesAndJavadocGoWithAJar(BuiltArtifacts.Artifact artifact) throws IOException {
    assertThat(Jar.files(BuiltArtifacts.file(artifact, "-sources.jar")))
        .anyMatch(name -> name.endsWith(".java"));
    assertThat(Jar.files(BuiltArtifacts.file(artifact, "-javadoc.jar"))).contains("index.html");
  }

  @ParameterizedTest
  @FieldSource("io.github.bililive.consumer.BuiltArtifacts#SDK")
  void whatGoesIntoUsersAppsIsForJava8(BuiltArtifacts.Artifact artifact) throws IOException {
    assertThat(Jar.classFileVersions(BuiltArtifacts.file(artifact, ".jar")))
        .containsExactly(JAVA_8);
  }

  @Test
  void thePluginForKafkaConnectHoldsTheSdkAndNothingOfKafka() throws IOException {
    assertThat(Jar.files(BuiltArtifacts.file(BuiltArtifacts.KAFKA_CONNECT, "-plugin.zip")))
        .allMatch(name -> name.startsWith("bililive-kafka-connect/"))
        .extracting(name -> name.replaceFirst(".*/", "").replaceFirst("-[0-9].*jar", ""))
        .contains("LICENSE", "NOTICE", "bililive-kafka-connect", "bililive-sdk-facade", "okhttp")
        .noneMatch(name -> name.matches("(kafka|connect|slf4j|bililive-sandbox).*"));
  }

  @Test
  void theJarOfTheFacadeHoldsNothingOfTheTests() throws IOException {
    assertThat(Jar.classes(BuiltArtifacts.file(BuiltArtifacts.FACADE, ".jar")))
        .contains("io/github/bililive/BiliLiveClient.class")
        .noneMatch(
            name ->
                Files.exists(
                    BuiltArtifacts.target(BuiltArtifacts.FACADE)
                        .resolve("test-classes")
                        .resolve(name)));
  }
}
