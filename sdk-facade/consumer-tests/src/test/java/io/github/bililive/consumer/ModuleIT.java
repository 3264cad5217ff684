package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenRequest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that is a Java module, as modules.md shows it, compiles and runs, with all jars on the
 * module path.
 */
class ModuleIT {
  private static final String MAIN =
      """
      package com.example.app;

      import io.github.bililive.BiliLiveClient;
      import io.github.bililive.Credentials;
      import io.github.bililive.StartedConnection;
      import io.github.bililive.generated.model.Danmaku;

      public final class Main {
        public static void main(String[] args) {
          try (BiliLiveClient client =
              BiliLiveClient.builder()
                  .baseUrl(args[0])
                  .credentials(Credentials.of(args[1], args[2]))
                  .accessToken(args[3])
                  .build()) {
            StartedConnection room = client.start();
            client.heartbeat(room.getConnId());
          }
          System.out.println(Main.class.getModule() + " " + Danmaku.builder().msg("hi").build().getMsg());
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aModuleMakesSignedCalls() throws Exception {
    String modules =
        ShrunkIT.libraries().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    Path classes = folder.resolve("classes");
    Programs.compile(
        "--module-path",
        modules,
        "-d",
        classes.toString(),
        write("module-info.java", moduleOfThePage()),
        write("Main.java", MAIN));

    try (Sandbox sandbox = Sandbox.start()) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--module-path",
                  modules + File.pathSeparator + classes,
                  "--module",
                  "com.example.app/com.example.app.Main",
                  sandbox.baseUrl(),
                  sandbox.clientId(),
                  sandbox.appSecret(),
                  sandbox.accessToken())
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(printed).isZero();
      assertThat(printed).contains("module com.example.app hi");
      assertThat(sandbox.requests())
          .extracting(SeenRequest::endpoint, SeenRequest::code)
          .containsExactly(tuple(Endpoint.START, 0), tuple(Endpoint.HEARTBEAT, 0));
    }
  }

  private static String moduleOfThePage() throws IOException {
    return Snippet.all().stream().filter(Snippet::isModule).findFirst().orElseThrow().text();
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
