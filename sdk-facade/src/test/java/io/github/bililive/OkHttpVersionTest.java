package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The profile okhttp5 is worth something only if the tests then really meet OkHttp 5. */
class OkHttpVersionTest {
  @Test
  void okHttpHasTheVersionThatTheBuildPutThere() throws ReflectiveOperationException {
    // By reflection: javac copies the constant of the OkHttp that it compiles against.
    Object version = Class.forName("okhttp3.OkHttp").getField("VERSION").get(null);

    assertThat(version).isEqualTo(System.getProperty("expected.okhttp.version"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okhttp3/OkHttpClient.class",
        "okhttp3/mockwebserver/MockWebServer.class",
        "okio/Buffer.class",
        "kotlin/Unit.class"
      })
  void aLibraryIsOnTheClassPathOnce(String name) throws IOException {
    assertThat(Collections.list(getClass().getClassLoader().getResources(name))).hasSize(1);
  }
}
