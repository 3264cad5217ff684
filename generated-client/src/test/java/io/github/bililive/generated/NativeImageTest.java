package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.bililive.generated.api.LiveRoomApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What GraalVM's native-image reads of the interfaces of which Retrofit makes proxies. */
class NativeImageTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path METADATA =
      CLASSES.resolve("META-INF/native-image/io.github.bililive/bililive-generated-client");

  @Test
  void itMayMakeAProxyOfEachInterface() throws Exception {
    List<String> interfaces = new ArrayList<>();
    for (JsonNode proxy : read("proxy-config.json")) {
      assertThat(proxy.get("interfaces")).hasSize(1);
      interfaces.add(proxy.get("interfaces").get(0).asText());
    }

    assertThat(interfaces).containsExactlyInAnyOrderElementsOf(generatedInterfaces());
  }

  @Test
  void itKeepsTheirMethodsAndAnnotations() throws Exception {
    List<String> types = new ArrayList<>();
    for (JsonNode type : read("reflect-config.json")) {
      assertThat(type.get("allDeclaredMethods").asBoolean()).isTrue();
      types.add(type.get("name").asText());
    }

    assertThat(types).containsExactlyInAnyOrderElementsOf(generatedInterfaces());
  }

  private static JsonNode read(String file) throws IOException {
    return new ObjectMapper().readTree(METADATA.resolve(file).toFile());
  }

  /** Those whose methods have annotations of Retrofit's. */
  private static List<String> generatedInterfaces() throws Exception {
    List<String> interfaces = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(CLASSES)) {
      files = all.filter(file -> file.toString().endsWith(".class")).toList();
    }
    for (Path file : files) {
      String name = CLASSES.relativize(file).toString().replaceAll("[/\\\\]", ".");
      Class<?> type =
          Class.forName(
              name.substring(0, name.length() - ".class".length()),
              false,
              NativeImageTest.class.getClassLoader());
      boolean isApi =
          type.isInterface()
              && Arrays.stream(type.getDeclaredMethods())
                  .flatMap(method -> Arrays.stream(method.getAnnotations()))
                  .anyMatch(a -> a.annotationType().getName().startsWith("retrofit2.http."));
      if (isApi) {
        interfaces.add(type.getName());
      }
    }
    assertThat(interfaces).contains(LiveRoomApi.class.getName());
    return interfaces;
  }
}
