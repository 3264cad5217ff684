package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.github.bililive.kitchensink.api.DefaultApi;
import io.github.bililive.kitchensink.api.FormApi;
import io.github.bililive.kitchensink.api.NestedApi;
import io.github.bililive.kitchensink.api.OtherTagApi;
import io.github.bililive.kitchensink.api.PetApi;
import io.github.bililive.kitchensink.api.Separated;
import io.github.bililive.kitchensink.api.UndescribedApi;
import io.github.bililive.kitchensink.model.Cat;
import io.github.bililive.kitchensink.model.Colour;
import io.github.bililive.kitchensink.model.GeneratedJsonAdapterFactory;
import io.github.bililive.kitchensink.model.GetPetInlineEnumParameter;
import io.github.bililive.kitchensink.model.NestedWhichParameter;
import io.github.bililive.kitchensink.model.Other;
import io.github.bililive.kitchensink.model.PathModel;
import io.github.bililive.kitchensink.model.UnionRequest;
import java.util.Arrays;
import java.util.Collections;
import okhttp3.FormBody;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** What every kind of parameter, body and answer looks like on the wire. */
class KitchenSinkApiTest {
  private final MockWebServer server = new MockWebServer();
  private final Retrofit retrofit =
      new Retrofit.Builder()
          .baseUrl(server.url("/base/"))
          .addConverterFactory(
              MoshiConverterFactory.create(
                  new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build()))
          .build();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void parametersOfAllKinds() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"kind\":\"cat\",\"name\":\"n\",\"lives\":9}"));

    Object animal =
        retrofit
            .create(PetApi.class)
            .getPet(
                7,
                "2020-01-02T03:04:05Z",
                Colour.of("new"),
                Separated.csv(Arrays.asList("a", "b")),
                Separated.pipes(Arrays.asList(1L, 2L)),
                Separated.ssv(Arrays.asList(Colour.RED, Colour.LIGHT_BLUE)),
                Arrays.asList(Colour.RED, Colour.LIGHT_BLUE),
                Collections.singletonMap("deep[a]", "x"),
                Collections.singletonMap("k", "v"),
                10L,
                Separated.csv(Arrays.asList("h", "i")),
                GetPetInlineEnumParameter.ASC,
                "session=s; class=c")
            .execute()
            .body();

    assertThat(animal).isEqualTo(Cat.builder().kind("cat").name("n").lives(9).build());
    RecordedRequest request = server.takeRequest();
    assertThat(request.getRequestUrl().encodedPath()).isEqualTo("/base/pets/7");
    assertThat(request.getRequestUrl().query())
        .isEqualTo(
            "since=2020-01-02T03:04:05Z&kind=new&csv=a,b&pipes=1|2&spaces=red light-blue"
                + "&multi=red&multi=light-blue&deep[a]=x&k=v&limit=10&inlineEnum=asc");
    assertThat(request.getHeader("x-list")).isEqualTo("h,i");
    assertThat(request.getHeader("Cookie")).isEqualTo("session=s; class=c");
  }

  @Test
  void whatIsOptionalIsLeftOut() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"kind\":\"k\",\"name\":\"n\"}"));

    retrofit
        .create(OtherTagApi.class)
        .getPet(
            7,
            null,
            null,
            null,
            null,
            null,
            null,
            Collections.emptyMap(),
            Collections.emptyMap(),
            null,
            null,
            null,
            null)
        .execute();

    assertThat(server.takeRequest().getPath()).isEqualTo("/base/pets/7");
  }

  @Test
  void anArrayInAPathAndAnAnswerOfText() throws Exception {
    server.enqueue(new MockResponse().setBody("text"));

    assertThat(
            retrofit
                .create(DefaultApi.class)
                .matrixIdsXGet(Separated.csv(Arrays.asList("a", "b")))
                .execute()
                .body()
                .string())
        .isEqualTo("text");
    assertThat(server.takeRequest().getRequestUrl().pathSegments())
        .containsExactly("base", "matrix", "a,b", "x");
  }

  @Test
  void aBodyWhereHttpHasNoneAndAnEmptyAnswer() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(204));

    assertThat(
            retrofit
                .create(PetApi.class)
                .petsIdDelete(7, Other.builder().x("x").build())
                .execute()
                .code())
        .isEqualTo(204);
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("DELETE");
    assertThat(request.getBody().readUtf8()).isEqualTo("{\"x\":\"x\"}");
  }

  @Test
  void aForm() throws Exception {
    server.enqueue(new MockResponse());

    form().form("n&", 3, Arrays.asList("a", "b"), Colour.LIGHT_BLUE).execute();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.getBody().readUtf8())
        .isEqualTo("name=n%26&age=3&tags=a&tags=b&colour=light-blue");
  }

  @Test
  void aMultipartBodyWithFilesAndAStreamedAnswer() throws Exception {
    server.enqueue(new MockResponse().setBody(new Buffer().write(new byte[] {1, 2})));

    byte[] answer =
        form()
            .multi(
                MultipartBody.Part.createFormData("file", "f.bin", bytes("F")),
                Arrays.asList(
                    MultipartBody.Part.createFormData("files", "g.bin", bytes("G")),
                    MultipartBody.Part.createFormData("files", "h.bin", bytes("H"))),
                MultipartBody.Part.createFormData("name", "plain"),
                Other.builder().x("x").build(),
                null)
            .execute()
            .body()
            .bytes();

    assertThat(answer).containsExactly(1, 2);
    // OkHttp 4 gives each part its length, OkHttp 5 does not.
    String body =
        server.takeRequest().getBody().readUtf8().replaceAll("Content-Length: [0-9]+\r\n", "");
    assertThat(body)
        .contains(
            "name=\"file\"; filename=\"f.bin\"",
            "name=\"files\"; filename=\"g.bin\"",
            "filename=\"h.bin\"",
            "name=\"name\"\r\n\r\nplain",
            "{\"x\":\"x\"}")
        .doesNotContain("count");
  }

  @Test
  void bodiesOfBytesTextAndJson() throws Exception {
    server.enqueue(new MockResponse().setBody("png"));
    server.enqueue(new MockResponse().setBody("text"));
    server.enqueue(new MockResponse().setBody("\"json\""));
    server.enqueue(new MockResponse().setBody("{\"kind\":\"round\"}"));
    server.enqueue(new MockResponse().setBody("{\"x\":\"y\"}"));

    assertThat(form().putBytes(bytes("B")).execute().body().string()).isEqualTo("png");
    assertThat(form().postText(bytes("T")).execute().body().string()).isEqualTo("text");
    assertThat(form().postJsonString("s").execute().body()).isEqualTo("json");
    assertThat(form().union(UnionRequest.of("u")).execute().body().getValue()).isNotNull();
    assertThat(form().several(Other.builder().build()).execute().body())
        .isEqualTo(Other.builder().x("y").build());

    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("B");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("T");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("\"s\"");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("\"u\"");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("{}");
  }

  @Test
  void aFormWhoseFieldsAreNotNamedIsTheBodyThatIsGiven() throws Exception {
    UndescribedApi api = retrofit.create(UndescribedApi.class);
    for (int i = 0; i < 4; i++) {
      server.enqueue(new MockResponse());
    }

    api.read().execute();
    api.ofUnion(new FormBody.Builder().add("a", "1").build(), "c=d").execute();
    api.ofMap("r", new MultipartBody.Builder("b").addFormDataPart("a", "2").build()).execute();
    api.ofArray(new FormBody.Builder().add("0", "3").build()).execute();

    assertThat(server.takeRequest().getBodySize()).isZero();
    RecordedRequest union = server.takeRequest();
    assertThat(union.getHeader("Cookie")).isEqualTo("c=d");
    assertThat(union.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(union.getBody().readUtf8()).isEqualTo("a=1");
    RecordedRequest map = server.takeRequest();
    assertThat(map.getRequestUrl().queryParameter("q")).isEqualTo("r");
    assertThat(map.getBody().readUtf8()).contains("name=\"a\"", "\r\n2\r\n");
    RecordedRequest array = server.takeRequest();
    assertThat(array.getMethod()).isEqualTo("DELETE");
    assertThat(array.getBody().readUtf8()).isEqualTo("0=3");
  }

  @Test
  void nestedPartsGoOutUnderTheirKeysAndJsonUnderItsName() throws Exception {
    server.enqueue(new MockResponse());
    server.enqueue(new MockResponse().setBody("{\"collections\":{\"l\":[\"a\"]}}"));
    NestedApi api = retrofit.create(NestedApi.class);

    api.nested(
            NestedWhichParameter.of(7L),
            "{\"x\":1}",
            Separated.csv(Arrays.asList("x", "1")),
            Separated.csv(Arrays.asList("x", "2")),
            "p",
            Collections.singletonMap("object[x]", "3"),
            Collections.singletonMap("objects[0][x]", "4"))
        .execute();
    PathModel path = api.merge("8", Other.builder().x("y").build()).execute().body();

    assertThat(path.getCollections().getL()).containsExactly("a");
    RecordedRequest nested = server.takeRequest();
    assertThat(nested.getRequestUrl().encodedPath()).endsWith("/nested/7");
    assertThat(nested.getRequestUrl().queryParameter("json")).isEqualTo("{\"x\":1}");
    assertThat(nested.getRequestUrl().queryParameter("flat")).isEqualTo("x,1");
    assertThat(nested.getHeader("X-Object")).isEqualTo("x,2");
    assertThat(nested.getBody().readUtf8())
        .isEqualTo("plain=p&object%5Bx%5D=3&objects%5B0%5D%5Bx%5D=4");
    assertThat(server.takeRequest().getHeader("Content-Type"))
        .isEqualTo("application/merge-patch+json");
  }

  private FormApi form() {
    return retrofit.create(FormApi.class);
  }

  private static RequestBody bytes(String text) {
    return RequestBody.create(text, MediaType.get("application/octet-stream"));
  }
}
