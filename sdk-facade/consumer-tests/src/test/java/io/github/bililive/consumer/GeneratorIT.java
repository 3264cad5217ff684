package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A Maven project of its own does what openapi/README.md says of an API of one's own, with the
 * plugin as it stands there, and reads and writes JSON with what comes out.
 */
class GeneratorIT {
  private static final Path DIRECTORY = Path.of("target", "generator").toAbsolutePath();

  private static final String DOCUMENT =
      """
      openapi: 3.0.3
      info: {title: Collisions, version: '1'}
      paths:
        /file:
          get:
            tags: [files]
            operationId: getFile
            responses:
              '200':
                description: ok
                content: {application/json: {schema: {$ref: '#/components/schemas/foo_bar'}}}
        /file/{id}:
          put:
            tags: [files]
            operationId: rename
            parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
            requestBody:
              required: true
              content: {application/json: {schema: {$ref: '#/components/schemas/RenameRequest'}}}
            responses:
              '200':
                description: ok
                content: {application/json: {schema: {$ref: '#/components/schemas/FileInfo'}}}
      components:
        schemas:
          foo-bar: {type: object, properties: {a: {type: string}}}
          foo_bar:
            type: object
            required: [is_on, isOn]
            properties:
              is_on: {type: boolean}
              isOn: {type: integer, format: int32}
              media: {type: string, enum: ['*/*', 'a"b']}
              file: {$ref: '#/components/schemas/file'}
              first: {$ref: '#/components/schemas/foo-bar'}
          file: {type: object, properties: {name: {type: string}}}
          RenameRequest: {type: object, properties: {name: {type: string}}}
          FileInfo: {type: object, properties: {name: {type: string}}}
      """;

  private static final String MAIN =
      """
      import com.example.files.api.FilesApi;
      import com.example.files.model.FileInfo;
      import com.example.files.model.FooBar2;
      import com.example.files.model.GeneratedJsonAdapterFactory;
      import com.example.files.model.RenameRequest;
      import com.squareup.moshi.JsonAdapter;
      import com.squareup.moshi.Moshi;
      import retrofit2.Retrofit;
      import retrofit2.converter.moshi.MoshiConverterFactory;

      public final class Main {
        public static void main(String[] args) throws Exception {
          Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
          JsonAdapter<FooBar2> adapter = moshi.adapter(FooBar2.class);
          FooBar2 read = adapter.fromJson(System.getenv("JSON"));
          System.out.println("back " + adapter.toJson(read));
          System.out.println("second " + read.getIsOn2());
          FilesApi calls =
              new Retrofit.Builder()
                  .baseUrl("http://127.0.0.1/")
                  .addConverterFactory(MoshiConverterFactory.create(moshi))
                  .validateEagerly(true)
                  .build()
                  .create(FilesApi.class);
          System.out.println("call " + calls.getFile().request().url());
        }

        static void asThePageShows() throws Exception {
          %s
        }
      }
      """;

  private static final String JSON =
      "{\"is_on\":true,\"isOn\":2,\"media\":\"*/*\",\"file\":{\"name\":\"n\"},\"first\":{\"a\":\"a\"}}";

  @Test
  void aProjectThatFollowsTheReadmeHasAClientOfItsOwnDocument() throws Exception {
    Path repository = DIRECTORY.resolve("repository");
    BuiltArtifacts.layOut(repository, Maven.localRepository());
    Path project = DIRECTORY.resolve("project");
    write(project);

    List<String> printed =
        Maven.run(
            project,
            repository,
            Map.of("JSON", JSON),
            "compile",
            "org.codehaus.mojo:exec-maven-plugin:exec");

    assertThat(String.join("\n", printed))
        .contains("back " + JSON, "second 2", "call http://127.0.0.1/file");
  }

  private static void write(Path project) throws IOException {
    Files.createDirectories(project.resolve(".mvn")); // Or Maven would look for it further up.
    Files.writeString(
        project.resolve("pom.xml"),
        ConsumerProject.pom(
            "<dependencies>"
                + dependency("com.squareup.retrofit2", "retrofit", "retrofit.version")
                + dependency("com.squareup.retrofit2", "converter-moshi", "retrofit.version")
                + dependency("com.squareup.moshi", "moshi", "moshi.version")
                + dependency("org.jspecify", "jspecify", "jspecify.version")
                + "</dependencies>",
            shown("xml", "<plugin>") + resourcesPlugin()));
    Files.createDirectories(project.resolve("openapi"));
    Files.writeString(project.resolve("openapi").resolve("api.yaml"), DOCUMENT);
    Path sources = Files.createDirectories(project.resolve(Path.of("src", "main", "java")));
    Files.writeString(sources.resolve("Main.java"), MAIN.formatted(shown("java", "")));
  }

  /** Of the version that this build has, since nothing is downloaded. */
  private static String resourcesPlugin() {
    return "<plugin><artifactId>maven-resources-plugin</artifactId><version>%s</version></plugin>"
        .formatted(System.getProperty("resources-plugin.version"));
  }

  private static String dependency(String groupId, String artifactId, String version) {
    return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>"
        .formatted(groupId, artifactId, System.getProperty(version));
  }

  /** Returns what openapi/README.md shows in this language, and begins so. */
  private static String shown(String language, String begin) throws IOException {
    String readme = Files.readString(BuiltArtifacts.openapi().resolve("README.md"));
    Matcher snippet =
        Pattern.compile("```" + language + "\n(" + begin + ".*?)```", Pattern.DOTALL)
            .matcher(readme);
    assertThat(snippet.find()).as("openapi/README.md shows %s", language).isTrue();
    return snippet.group(1).replace(BuiltArtifacts.DOCUMENTED_VERSION, BuiltArtifacts.VERSION);
  }
}
