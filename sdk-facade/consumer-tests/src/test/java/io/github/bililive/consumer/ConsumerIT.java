package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A Maven project of its own depends on the facade, or on the sandbox alone, as the README and the
 * pages say, and runs with the class path that Maven gives it.
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

  private static final String SANDBOX =
      """
      <dependency>
        <groupId>io.github.bililive</groupId>
        <artifactId>bililive-sandbox</artifactId>
        <version>%s</version>
        <scope>test</scope>
      </dependency>
      """
          .formatted(BuiltArtifacts.VERSION);

  /** Starts a connection and sends a heartbeat. */
  private static final String CALLS =
      """
      import io.github.bililive.BiliLiveClient;
      import io.github.bililive.StartedConnection;
      import io.github.bililive.Credentials;

      public final class Main {
        public static void main(String[] args) throws Exception {
          Credentials credentials =
              Credentials.of(
                  System.getenv("BILILIVE_CLIENT_ID"), System.getenv("BILILIVE_APP_SECRET"));
          try (BiliLiveClient client =
              BiliLiveClient.builder()
                  .baseUrl(System.getenv("BILILIVE_BASE_URL"))
                  .credentials(credentials)
                  .accessToken(System.getenv("BILILIVE_ACCESS_TOKEN"))
                  .build()) {
            StartedConnection room = client.start();
            client.heartbeat(room.getConnId());
          }
          // By reflection: javac would copy the constant of the OkHttp that it compiles against.
          Object version = Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);
          System.out.println("OkHttp " + version);
          System.out.println("class path " + System.getProperty("java.class.path"));
        }
      }
      """;

  /** Starts a sandbox and asks it for a call that there is not. */
  private static final String SERVES =
      """
      import io.github.bililive.sandbox.Sandbox;
      import java.io.BufferedReader;
      import java.io.InputStreamReader;
      import java.net.URL;

      public final class Main {
        public static void main(String[] args) throws Exception {
          try (Sandbox sandbox = Sandbox.start();
              BufferedReader answer =
                  new BufferedReader(
                      new InputStreamReader(new URL(sandbox.baseUrl() + "x").openStream()))) {
            System.out.println("answer " + answer.readLine());
          }
          System.out.println("class path " + System.getProperty("java.class.path"));
        }
      }
      """;

  @BeforeAll
  static void layOutRepository() throws IOException {
    BuiltArtifacts.layOut(REPOSITORY, Maven.localRepository());
  }

  @Test
  void aProjectThatDependsOnTheFacadeAloneMakesSignedCalls() throws Exception {
    assertThat(makesSignedCalls("as-it-comes", AS_IT_COMES))
        .isEqualTo(System.getProperty("okhttp.version"));
  }

  @Test
  void aProjectThatAddsOkHttp5MakesSignedCallsWithIt() throws Exception {
    assertThat(makesSignedCalls("with-okhttp-5", WITH_OKHTTP_5))
        .isEqualTo(System.getProperty("okhttp5.version"));
  }

  @Test
  void aProjectThatDependsOnTheSandboxAloneRunsIt() throws Exception {
    ConsumerProject project =
        new ConsumerProject(
            DIRECTORY.resolve("sandbox-alone"),
            "<dependencies>" + SANDBOX.replace("  <scope>test</scope>\n", "") + "</dependencies>",
            SERVES);

    List<String> printed = project.run(REPOSITORY, Map.of());

    assertThat(ConsumerProject.printedAfter("answer ", printed))
        .contains("\"code\":4010", "\"request_id\":");
    assertThat(ConsumerProject.classPath(printed))
        .extracting(path -> path.getFileName().toString())
        .contains("bililive-sandbox-" + BuiltArtifacts.VERSION + ".jar")
        .noneMatch(name -> name.matches("bililive-(sdk-facade|generated-client).*"));
  }

  @Test
  void thePagesSayTheSame() throws IOException {
    String facade = AS_IT_COMES.replaceAll("</?dependencies>", "");
    for (Path readme : List.of(BuiltArtifacts.readme(), BuiltArtifacts.readmeInChinese())) {
      assertThat(words(Files.readString(readme))).contains(words(facade), words(SANDBOX));
    }
    assertThat(words(Files.readString(BuiltArtifacts.docs().resolve("modules.md"))))
        .contains(words(WITH_OKHTTP_5));
  }

  private static String words(String text) {
    return text.replace(BuiltArtifacts.VERSION, BuiltArtifacts.DOCUMENTED_VERSION)
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** Returns the version of OkHttp with which it was made. */
  private static String makesSignedCalls(String name, String dependencies) throws Exception {
    ConsumerProject project = new ConsumerProject(DIRECTORY.resolve(name), dependencies, CALLS);
    try (Sandbox sandbox = Sandbox.start()) {
      List<String> printed =
          project.run(
              REPOSITORY,
              Map.of(
                  "BILILIVE_BASE_URL", sandbox.baseUrl(),
                  "BILILIVE_CLIENT_ID", sandbox.clientId(),
                  "BILILIVE_APP_SECRET", sandbox.appSecret(),
                  "BILILIVE_ACCESS_TOKEN", sandbox.accessToken()));

      assertThat(sandbox.requests())
          .extracting(SeenRequest::endpoint, SeenRequest::code)
          .containsExactly(tuple(Endpoint.START, 0), tuple(Endpoint.HEARTBEAT, 0));
      assertThat(classes(ConsumerProject.classPath(printed))).doesNotHaveDuplicates();
      return ConsumerProject.printedAfter("OkHttp ", printed);
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
