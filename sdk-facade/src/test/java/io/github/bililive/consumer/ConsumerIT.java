package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A Maven project of its own depends on the facade as README.md says, and makes signed calls with
 * the class path that Maven gives it.
 */
class ConsumerIT {
  private static final Path DIRECTORY = Path.of("target", "consumer").toAbsolutePath();
  private static final Path REPOSITORY = DIRECTORY.resolve("repository");

  private static final String AS_IT_COMES =
      """
      <dependencies>
        <dependency>
          <groupId>io.github.bililive</groupId>
          <artifactId>bililive-sdk-facade</artifactId>
          <version>%s</version>
        </dependency>
      </dependencies>
      """
          .formatted(BuiltArtifacts.VERSION);

  /** OkHttp 5's bill of materials takes the classes out of the artifact that Retrofit brings. */
  private static final String WITH_OKHTTP_5 =
      """
      <dependencyManagement>
        <dependencies>
          <dependency>
            <groupId>com.squareup.okhttp3</groupId>
            <artifactId>okhttp-bom</artifactId>
            <version>%s</version>
            <type>pom</type>
            <scope>import</scope>
          </dependency>
        </dependencies>
      </dependencyManagement>

      <dependencies>
        <dependency>
          <groupId>com.squareup.okhttp3</groupId>
          <artifactId>okhttp-jvm</artifactId>
        </dependency>
        <dependency>
          <groupId>io.github.bililive</groupId>
          <artifactId>bililive-sdk-facade</artifactId>
          <version>%s</version>
        </dependency>
      </dependencies>
      """
          .formatted(System.getProperty("okhttp5.version"), BuiltArtifacts.VERSION);

  @BeforeAll
  static void layOutRepository() throws IOException {
    BuiltArtifacts.layOut(REPOSITORY, Maven.localRepository());
  }

  @Test
  void aProjectThatDependsOnTheFacadeAloneMakesSignedCalls() throws Exception {
    ConsumerProject.Outcome outcome = makesSignedCalls("as-it-comes", AS_IT_COMES);

    assertThat(outcome.okHttpVersion()).isEqualTo(System.getProperty("okhttp.version"));
  }

  @Test
  void aProjectThatAddsOkHttp5MakesSignedCallsWithIt() throws Exception {
    ConsumerProject.Outcome outcome = makesSignedCalls("with-okhttp-5", WITH_OKHTTP_5);

    assertThat(outcome.okHttpVersion()).isEqualTo(System.getProperty("okhttp5.version"));
  }

  @Test
  void theReadmeSaysTheSame() throws IOException {
    assumeThat(BuiltArtifacts.readme()).exists();
    String readme = Files.readString(BuiltArtifacts.readme());
    for (String snippet : List.of(AS_IT_COMES, WITH_OKHTTP_5)) {
      assertThat(readme.contains(snippet)).as("README.md shows%n%s", snippet).isTrue();
    }
  }

  private static ConsumerProject.Outcome makesSignedCalls(String name, String dependencies)
      throws Exception {
    ConsumerProject project = new ConsumerProject(DIRECTORY.resolve(name), dependencies);
    try (Sandbox sandbox = Sandbox.start()) {
      ConsumerProject.Outcome outcome = project.run(REPOSITORY, sandbox);

      assertThat(sandbox.requests())
          .extracting(SeenRequest::endpoint, SeenRequest::code)
          .containsExactly(tuple(Endpoint.START, 0), tuple(Endpoint.HEARTBEAT, 0));
      assertThat(classes(outcome.classPath())).doesNotHaveDuplicates();
      return outcome;
    }
  }

  private static List<String> classes(List<Path> classPath) throws IOException {
    List<String> classes = new ArrayList<>();
    for (Path entry : classPath) {
      if (Files.isRegularFile(entry)) {
        classes.addAll(Jar.classes(entry));
      }
    }
    return classes;
  }
}
