package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.generated.model.GuardPurchase;
import io.github.bililive.generated.model.LiveStart;
import io.github.bililive.generated.model.Sender;
import io.github.bililive.generated.model.SuperChatDeletion;
import io.github.bililive.generated.model.UserInfo;
import io.swagger.v3.core.util.Yaml;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The events that the platform pushes: whatever is missing or null is the default. */
class EventsTest {
  private static final JsonNode SPEC = spec();

  private final Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();

  static Stream<String> events() {
    return SPEC.path("x-events").properties().stream()
        .map(event -> event.getValue().path("$ref").asText())
        .map(ref -> ref.substring(ref.lastIndexOf('/') + 1));
  }

  @ParameterizedTest
  @MethodSource("events")
  void absentAndNullAreTheDefault(String event) throws Exception {
    ObjectNode nulls = (ObjectNode) Yaml.mapper().readTree("{}");
    ObjectNode defaults = nulls.deepCopy();
    schema(event)
        .path("properties")
        .properties()
        .forEach(
            property -> {
              nulls.putNull(property.getKey());
              JsonNode value = resolved(property.getValue()).path("default");
              if (!value.isMissingNode()) {
                defaults.set(property.getKey(), value);
              }
            });
    JsonAdapter<Object> adapter = adapter(event);

    Object ofNulls = adapter.fromJson(nulls.toString());
    Object ofNothing = adapter.fromJson("{}");

    assertThat(ofNulls).isEqualTo(ofNothing).hasSameHashCodeAs(ofNothing);
    assertThat(Yaml.mapper().readTree(adapter.toJson(ofNulls))).isEqualTo(defaults);
    assertThat(adapter.toJson(ofNothing)).isEqualTo("{}");
  }

  @ParameterizedTest
  @MethodSource("events")
  void everyPropertyButAnObjectHasADefaultAndADescription(String event) {
    assertThat(schema(event).path("properties"))
        .allSatisfy(
            property -> {
              JsonNode schema = resolved(property);
              assertThat(schema.path("description").asText()).isNotBlank();
              assertThat(schema.has("default")).isNotEqualTo(schema.has("allOf"));
            });
  }

  @ParameterizedTest
  @MethodSource("events")
  void whatIsNewSurvives(String event) throws Exception {
    JsonAdapter<Object> adapter = adapter(event);
    String news = "\"n\":9007199254740993,\"o\":{\"a\":[true,null]},\"x\":null,\"d\":0.10";

    Object read = adapter.fromJson("{" + news + "}");

    assertThat(adapter.toJson(read)).endsWith(news + "}");
    assertThat(read).isNotEqualTo(adapter.fromJson("{}"));
  }

  @ParameterizedTest
  @MethodSource("events")
  void aValueOfAnotherTypeCostsNoOtherAndIsKeptAsItCame(String event) throws Exception {
    JsonAdapter<Object> adapter = adapter(event);
    for (Map.Entry<String, JsonNode> property : schema(event).path("properties").properties()) {
      boolean isObject = resolved(property.getValue()).has("allOf");
      String odd = "\"" + property.getKey() + "\":" + (isObject ? "[]" : "{}");

      Object read = adapter.fromJson("{" + odd + ",\"new\":1}");

      assertThat(adapter.toJson(read)).isEqualTo("{" + odd + ",\"new\":1}");
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void aTextOfANumberAndANumberForABooleanAreWhatTheyMean(String event) throws Exception {
    JsonAdapter<Object> adapter = adapter(event);
    for (Map.Entry<String, JsonNode> property : schema(event).path("properties").properties()) {
      String type = resolved(property.getValue()).path("type").asText();
      String odd = type.equals("integer") ? "\"12\"" : type.equals("boolean") ? "1" : null;
      String plain = type.equals("integer") ? "12" : "true";
      if (odd != null) {
        String name = "{\"" + property.getKey() + "\":";
        assertThat(adapter.fromJson(name + odd + "}"))
            .isEqualTo(adapter.fromJson(name + plain + "}"));
        assertThat(adapter.fromJson(name + "\"\"}")).isEqualTo(adapter.fromJson("{}"));
      }
    }
  }

  @Test
  void scalarsNeedNoNullChecks() throws Exception {
    Danmaku danmaku = moshi.adapter(Danmaku.class).fromJson("{\"msg\":null,\"is_admin\":1}");

    assertThat(danmaku.getMsg()).isEmpty();
    assertThat(danmaku.isFansMedalWearingStatus()).isFalse();
    assertThat(danmaku.getTimestamp()).isZero();
    assertThat(danmaku.isAdmin()).isTrue();
    assertThat(danmaku.getAdditionalProperties()).isEmpty();
  }

  @Test
  void thereIsOneEmptyMapForAllThatHaveNothingNew() throws Exception {
    JsonAdapter<Danmaku> adapter = moshi.adapter(Danmaku.class);

    assertThat(adapter.fromJson("{}").getAdditionalProperties())
        .isSameAs(adapter.fromJson("{\"msg\":\"m\"}").getAdditionalProperties());
  }

  @Test
  void whatIsNewCannotBeChanged() throws Exception {
    Danmaku danmaku = moshi.adapter(Danmaku.class).fromJson("{\"new\":[1]}");

    assertThat(danmaku.getAdditionalProperties())
        .containsExactly(
            Collections.singletonMap("new", Collections.singletonList(1L))
                .entrySet()
                .iterator()
                .next());
    assertThatThrownBy(() -> danmaku.getAdditionalProperties().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(danmaku.newBuilder().msg("m").build().getAdditionalProperties()).containsKey("new");
  }

  @Test
  void aUserInsideAnEventIsAModelOfItsOwn() throws Exception {
    UserInfo user = UserInfo.builder().openId("o").uname("观众").build();

    assertThat(
            moshi
                .adapter(GuardPurchase.class)
                .fromJson("{\"user_info\":{\"open_id\":\"o\",\"uname\":\"观众\"}}")
                .getUserInfo())
        .isEqualTo(user);
    assertThat(
            moshi
                .adapter(Gift.class)
                .fromJson("{\"anchor_info\":{\"open_id\":\"o\",\"uname\":\"观众\",\"uid\":null}}")
                .getAnchorInfo())
        .isEqualTo(user);
    assertThat(moshi.adapter(Gift.class).fromJson("{}").getAnchorInfo()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Danmaku",
        "Gift",
        "SuperChat",
        "GuardPurchase",
        "Like",
        "RoomEnter",
        "Follow",
        "UserMute",
        "UserInfo"
      })
  void whoDidItIsASenderAndWhatTheEventDoesNotTellIsEmpty(String model) throws Exception {
    String user = "\"open_id\":\"o\",\"uname\":\"观众\"";
    String json =
        model.equals("GuardPurchase") ? "{\"user_info\":{" + user + "}}" : "{" + user + "}";

    Sender sender = (Sender) adapter(model).fromJson(json);
    Sender nobody = (Sender) adapter(model).fromJson("{}");

    assertThat(sender.getOpenId()).isEqualTo("o");
    assertThat(sender.getUname()).isEqualTo("观众");
    assertThat(sender.getUface()).isEmpty();
    assertThat(nobody.getOpenId()).isEmpty();
  }

  @Test
  void theFaceOfASenderIsThatOfTheEvent() {
    UserInfo user = UserInfo.builder().uface("https://face.test").build();
    Sender writer = Danmaku.builder().uface("https://face.test").build();
    Sender guard = GuardPurchase.builder().userInfo(user).build();

    assertThat(writer.getUface()).isEqualTo(guard.getUface()).isEqualTo("https://face.test");
  }

  @Test
  void theAreaOfALiveStartIsANameOrANumber() throws Exception {
    JsonAdapter<LiveStart> adapter = moshi.adapter(LiveStart.class);

    assertThat(adapter.fromJson("{\"area_name\":\"学习\"}").getAreaName()).isEqualTo("学习");
    assertThat(adapter.fromJson("{\"area_id\":372}").getAreaId()).isEqualTo(372L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999"})
  void aNumberWithAHugeExponentDoesNotCostTheEvent(String huge) throws Exception {
    JsonAdapter<Danmaku> adapter = moshi.adapter(Danmaku.class);

    Danmaku danmaku =
        adapter.fromJson(
            "{\"msg\":\"m\",\"room_id\":%,\"new\":{\"a\":[1,%]},\"new2\":%}".replace("%", huge));

    assertThat(danmaku.getMsg()).isEqualTo("m");
    assertThat(danmaku.getRoomId()).isZero();
    assertThat(danmaku.getAdditionalProperties())
        .containsEntry("room_id", huge)
        .containsEntry("new", Map.of("a", List.of(1L, huge)))
        .containsEntry("new2", huge);
    assertThat(adapter.fromJson(adapter.toJson(danmaku))).isEqualTo(danmaku);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e99999999999", "1e-99999999999"})
  void aStrictReaderNamesThePathOfANumberWithAHugeExponent(String huge) {
    for (String json : List.of("{\"room_id\":" + huge + "}", "{\"extra\":" + huge + "}")) {
      JsonReader strict = JsonReader.of(new Buffer().writeUtf8(json));
      strict.setFailOnUnknown(true);

      assertThatThrownBy(() -> moshi.adapter(Danmaku.class).fromJson(strict))
          .isInstanceOf(JsonDataException.class)
          .hasMessageMatching(".*" + huge + " at path \\$\\.(room_id|extra)");
    }
  }

  @Test
  void anArrayThatIsNullIsEmpty() throws Exception {
    JsonAdapter<SuperChatDeletion> adapter = moshi.adapter(SuperChatDeletion.class);

    assertThat(adapter.fromJson("{\"message_ids\":null}").getMessageIds()).isEmpty();
    assertThat(adapter.fromJson("{\"message_ids\":[9007199254740993]}").getMessageIds())
        .containsExactly(9007199254740993L);
  }

  @Test
  void theLastOfEqualNamesWinsEvenIfItIsNull() throws Exception {
    assertThat(
            moshi
                .adapter(Danmaku.class)
                .fromJson("{\"msg\":\"m\",\"msg\":null,\"room_id\":1,\"room_id\":2}"))
        .isEqualTo(Danmaku.builder().roomId(2).build());
  }

  @SuppressWarnings("unchecked") // Only reads and writes what it has read.
  private JsonAdapter<Object> adapter(String event) throws ClassNotFoundException {
    return (JsonAdapter<Object>)
        (JsonAdapter<?>)
            moshi.adapter(Class.forName("io.github.bililive.generated.model." + event));
  }

  private static JsonNode schema(String name) {
    return SPEC.path("components").path("schemas").path(name);
  }

  private static JsonNode resolved(JsonNode schema) {
    return schema.has("$ref") ? SPEC.at(schema.path("$ref").asText().substring(1)) : schema;
  }

  private static JsonNode spec() {
    try {
      return Yaml.mapper().readTree(Contracts.LIVE_ROOM.toFile());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
