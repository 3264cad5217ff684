package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.oauth.api.OAuthApi;
import io.github.bililive.generated.oauth.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.oauth.model.TokenData;
import io.github.bililive.generated.oauth.model.TokenResponse;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** The document of the two OAuth calls, which have packages of their own. */
class OAuthSpecTest {
  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
  private final JsonAdapter<TokenResponse> adapter = moshi.adapter(TokenResponse.class);

  @TestFactory
  Stream<DynamicTest> everyExampleIsReadAndWrittenBackAsItWas() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    JsonNode spec = Yaml.mapper().readTree(Contracts.OAUTH.toFile());
    spec.path("paths")
        .forEach(
            path ->
                path.at("/post/responses/200/content/application~1json/examples")
                    .forEach(
                        example ->
                            tests.add(
                                DynamicTest.dynamicTest(
                                    example.path("summary").asText(),
                                    () -> roundTrip(example.path("value"))))));
    assertThat(tests).hasSize(4);
    return tests.stream();
  }

  @Test
  void bothCallsSendAForm() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      OAuthApi api =
          new Retrofit.Builder()
              .baseUrl(server.url("/"))
              .addConverterFactory(MoshiConverterFactory.create(moshi))
              .build()
              .create(OAuthApi.class);
      server.enqueue(new MockResponse().setBody("{\"code\":122000}"));
      server.enqueue(new MockResponse().setBody("{\"code\":122000}"));

      api.token("id", "a&b", "authorization_code", "c+d").execute();
      api.refreshToken("id", "密", "refresh_token", "r").execute();

      RecordedRequest token = server.takeRequest();
      assertThat(token.getRequestLine()).isEqualTo("POST /x/account-oauth2/v1/token HTTP/1.1");
      assertThat(token.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
      assertThat(token.getBody().readUtf8())
          .isEqualTo("client_id=id&client_secret=a%26b&grant_type=authorization_code&code=c%2Bd");
      RecordedRequest refresh = server.takeRequest();
      assertThat(refresh.getPath()).isEqualTo("/x/account-oauth2/v1/refresh_token");
      assertThat(refresh.getBody().readUtf8())
          .isEqualTo(
              "client_id=id&client_secret=%E5%AF%86&grant_type=refresh_token&refresh_token=r");
    }
  }

  @Test
  void theTokensPrintAsBars() {
    assertThat(TokenData.builder().accessToken("hush").refreshToken("hush").build().toString())
        .contains("██")
        .doesNotContain("hush");
  }

  @Test
  void scopesOfAnyShapeCostNoPair() throws IOException {
    for (String scopes : Arrays.asList("null", "\"A B\"", "[\"A\",1]", "{\"a\":true}", "7")) {
      TokenResponse answer =
          adapter.fromJson(
              "{\"code\":0,\"data\":{\"access_token\":\"a\",\"scopes\":" + scopes + "}}");

      assertThat(answer.getData().getAccessToken()).isEqualTo("a");
    }
  }

  private void roundTrip(JsonNode example) throws IOException {
    String rewritten = adapter.toJson(adapter.fromJson(example.toString()));

    assertThat(Json.mapper().readTree(rewritten)).isEqualTo(example);
  }
}
