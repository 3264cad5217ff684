package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * The walk of openapi/README.md, "A change, from edit to use": a field and a call are added to a
 * copy of the document, and used.
 */
class WalkTest {
  // As in openapi/README.md.
  private static final String FIELD =
      "        like_total:\n"
          + "          type: integer\n"
          + "          format: int64\n"
          + "          default: 0\n"
          + "          description: How many likes the room has had.\n";
  private static final String CALL =
      "  /arcopen/fn/live/room/ws-status:\n"
          + "    post:\n"
          + "      tags:\n"
          + "        - LiveRoom\n"
          + "      operationId: status\n"
          + "      summary: Says whether a connection is alive.\n"
          + "      requestBody:\n"
          + "        required: true\n"
          + "        content:\n"
          + "          application/json:\n"
          + "            schema:\n"
          + "              $ref: '#/components/schemas/HeartbeatRequest'\n"
          + "      responses:\n"
          + "        '200':\n"
          + "          description: Alive, or refused with a code other than 0.\n"
          + "          content:\n"
          + "            application/json:\n"
          + "              schema:\n"
          + "                $ref: '#/components/schemas/HeartbeatResponse'\n";

  @Test
  void aFieldAndACallAreAddedGeneratedCompiledAndUsed(@TempDir Path folder) throws Exception {
    assertThat(Files.readString(Generation.contract().resolveSibling("README.md"))).contains(FIELD);
    Path spec = folder.resolve("bililive.yaml");
    Files.writeString(
        spec,
        Files.readString(Generation.contract())
            .replace("        like_count:\n", FIELD + "        like_count:\n")
            .replace("\ncomponents:\n", "\n" + CALL + "components:\n"));
    Path classes = Files.createDirectory(folder.resolve("classes"));

    Generation.run(spec, folder.resolve("sources"), "walk.model", "walk.api");
    Generation.compile(folder.resolve("sources"), classes);

    try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
        MockWebServer server = new MockWebServer()) {
      Moshi moshi = new Moshi.Builder().add(factory(loader)).build();
      Object like =
          moshi.adapter(loader.loadClass("walk.model.Like")).fromJson("{\"like_total\":7}");
      assertThat(like.getClass().getMethod("getLikeTotal").invoke(like)).isEqualTo(7L);

      server.enqueue(new MockResponse().setBody("{\"code\":7003}"));
      Object answer = status(loader, moshi, server).execute().body();
      assertThat(answer.getClass().getMethod("getCode").invoke(answer)).isEqualTo(7003);
      assertThat(server.takeRequest().getPath()).isEqualTo("/arcopen/fn/live/room/ws-status");
    }
  }

  private static Call<?> status(ClassLoader loader, Moshi moshi, MockWebServer server)
      throws Exception {
    Class<?> request = loader.loadClass("walk.model.HeartbeatRequest");
    Class<?> api = loader.loadClass("walk.api.LiveRoomApi");
    Object client =
        new Retrofit.Builder()
            .baseUrl(server.url("/"))
            .addConverterFactory(MoshiConverterFactory.create(moshi))
            .build()
            .create(api);
    return (Call<?>)
        api.getMethod("status", request)
            .invoke(client, moshi.adapter(request).fromJson("{\"conn_id\":\"c\"}"));
  }

  private static JsonAdapter.Factory factory(ClassLoader loader) throws Exception {
    return (JsonAdapter.Factory)
        loader.loadClass("walk.model.GeneratedJsonAdapterFactory").getField("INSTANCE").get(null);
  }
}
