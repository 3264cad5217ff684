package io.github.bililive.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.Moshi;
import io.github.bililive.petstore.api.PetApi;
import io.github.bililive.petstore.api.Separated;
import io.github.bililive.petstore.api.StoreApi;
import io.github.bililive.petstore.api.UserApi;
import io.github.bililive.petstore.model.Category;
import io.github.bililive.petstore.model.GeneratedJsonAdapterFactory;
import io.github.bililive.petstore.model.Order;
import io.github.bililive.petstore.model.OrderStatus;
import io.github.bililive.petstore.model.Pet;
import io.github.bililive.petstore.model.Tag;
import io.github.bililive.petstore.model.User;
import java.util.Arrays;
import java.util.Collections;
import okhttp3.MultipartBody;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/** A visit to the Petstore. */
class PetstoreTest {
  private static final String DOG =
      "{\"id\":1,\"category\":{\"id\":2,\"name\":\"dogs\"},\"name\":\"doggie\","
          + "\"photoUrls\":[\"u\"],\"tags\":[{\"id\":3,\"name\":\"t\"}],\"status\":\"sold\"}";

  private final MockWebServer server = new MockWebServer();
  private final Retrofit retrofit =
      new Retrofit.Builder()
          .baseUrl(server.url("/v3/"))
          .addConverterFactory(
              MoshiConverterFactory.create(
                  new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build()))
          .build();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void pets() throws Exception {
    server.enqueue(new MockResponse().setBody(DOG));
    server.enqueue(new MockResponse().setBody("[" + DOG + "]"));
    server.enqueue(new MockResponse());
    server.enqueue(new MockResponse().setBody("{\"code\":200,\"type\":\"t\"}"));
    PetApi api = retrofit.create(PetApi.class);

    Pet dog = api.getPetById(1).execute().body();

    assertThat(dog.getCategory()).isEqualTo(Category.builder().id(2L).name("dogs").build());
    assertThat(dog.getTags()).containsExactly(Tag.builder().id(3L).name("t").build());
    assertThat(api.findPetsByStatus(Separated.csv(Arrays.asList("sold", "new"))).execute().body())
        .containsExactly(dog);
    api.updatePetWithForm(1, "n", null).execute();
    assertThat(
            api.uploadFile(1, null, MultipartBody.Part.createFormData("file", "text"))
                .execute()
                .body()
                .getCode())
        .isEqualTo(200);
    assertThat(server.takeRequest().getPath()).isEqualTo("/v3/pet/1");
    assertThat(server.takeRequest().getRequestUrl().query()).isEqualTo("status=sold,new");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("name=n");
    assertThat(server.takeRequest().getPath()).isEqualTo("/v3/pet/1/uploadImage");
  }

  @Test
  void ordersAndUsers() throws Exception {
    server.enqueue(new MockResponse().setBody("{\"available\":7}"));
    server.enqueue(new MockResponse().setBody("{\"id\":1,\"status\":\"placed\"}"));
    server.enqueue(new MockResponse());
    server.enqueue(new MockResponse().setBody("\"token\""));
    StoreApi store = retrofit.create(StoreApi.class);
    UserApi users = retrofit.create(UserApi.class);

    assertThat(store.getInventory().execute().body()).containsEntry("available", 7);
    Order order =
        store
            .placeOrder(Order.builder().petId(1L).status(OrderStatus.PLACED).build())
            .execute()
            .body();
    assertThat(order.getStatus()).isSameAs(OrderStatus.PLACED);
    assertThat(order.isComplete()).isFalse();
    users
        .createUsersWithListInput(Collections.singletonList(User.builder().username("u").build()))
        .execute();
    assertThat(users.loginUser("u", "p").execute().body()).isEqualTo("token");

    server.takeRequest();
    assertThat(server.takeRequest().getBody().readUtf8())
        .isEqualTo("{\"petId\":1,\"status\":\"placed\"}");
    assertThat(server.takeRequest().getBody().readUtf8()).isEqualTo("[{\"username\":\"u\"}]");
  }
}
