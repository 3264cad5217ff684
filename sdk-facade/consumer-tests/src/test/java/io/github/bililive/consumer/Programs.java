package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;

/** Programs of the documentation, run on a sandbox. */
final class Programs {
  private Programs() {}

  /** Runs one until it prints a danmaku of the sandbox, or ends. Returns what it printed. */
  static List<String> untilADanmaku(String classPath, String type, Sandbox sandbox)
      throws IOException, InterruptedException {
    Process program =
        on(
            sandbox,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dfile.encoding=UTF-8",
            "-classpath",
            classPath,
            type);
    List<String> printed = new ArrayList<>();
    try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = lines.readLine()) != null; ) {
        printed.add(line);
        if (line.contains("sample user")) {
          break;
        }
      }
    } finally {
      program.destroyForcibly().waitFor();
    }
    return printed;
  }

  /** Starts a program with the sandbox in its environment, and its errors among its output. */
  static Process on(Sandbox sandbox, String... command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder
        .environment()
        .putAll(
            Map.of(
                "BILILIVE_BASE_URL", sandbox.baseUrl(),
                "BILILIVE_CLIENT_ID", sandbox.clientId(),
                "BILILIVE_APP_SECRET", sandbox.appSecret(),
                "BILILIVE_ACCESS_TOKEN", sandbox.accessToken()));
    return builder.start();
  }

  /** Compiles without annotation processors and warnings. */
  static void compile(String... arguments) {
    String[] all = Arrays.copyOf(new String[] {"-proc:none", "-nowarn"}, 2 + arguments.length);
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, all)).isZero();
  }
}
