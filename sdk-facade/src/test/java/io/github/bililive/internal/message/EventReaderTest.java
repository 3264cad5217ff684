package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.LiveEvent;
import io.github.bililive.LiveEvent.NoModelReason;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.generated.model.InteractionEnd;
import io.github.bililive.generated.model.Like;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final List<String> PREFIXES = List.of("OPEN_LIVEROOM_", "LIVE_OPEN_PLATFORM_");

  private final EventReader reader = new EventReader();

  static Stream<Arguments> allCmds() {
    return PREFIXES.stream()
        .flatMap(
            prefix ->
                Arrays.stream(EventType.values())
                    .map(type -> Arguments.of(prefix + type.suffix, type)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uFEFF{\"cmd\":\"LIVE_OPEN_PLATFORM_LIKE\",\"data\":{}}",
        "{\"cmd\":\"LIVE_OPEN_PLATFORM_LIKE\",\"data\":{}}\0\0",
        "\uFEFF{\"cmd\":\"LIVE_OPEN_PLATFORM_LIKE\",\"data\":{}}\0"
      })
  void whatSendersPutAroundJsonIsLeftOut(String message) {
    LiveEvent event = read(message);

    assertThat(event.getModel()).isInstanceOf(Like.class);
    assertThat(event.getJson()).isEqualTo("{\"cmd\":\"LIVE_OPEN_PLATFORM_LIKE\",\"data\":{}}");
  }

  @Nested
  class Cmds {
    @ParameterizedTest
    @MethodSource("io.github.bililive.internal.message.EventReaderTest#allCmds")
    void eachIsKnownInBothPrefixes(String cmd, EventType type) {
      LiveEvent event = read("{\"cmd\":\"" + cmd + "\",\"data\":{\"room_id\":1}}");

      assertThat(EventType.of(event.getModel())).isEqualTo(type);
      assertThat(event.getCmd()).isEqualTo(cmd);
    }

    @ParameterizedTest
    @MethodSource("io.github.bililive.internal.message.EventReaderTest#allCmds")
    void eachIsKnownBehindItsData(String cmd, EventType type) {
      LiveEvent event = read("{\"data\":{\"room_id\":1},\"cmd\":\"" + cmd + "\"}");

      assertThat(EventType.of(event.getModel())).isEqualTo(type);
      assertThat(event.getModel())
          .isEqualTo(read("{\"cmd\":\"" + cmd + "\",\"data\":{\"room_id\":1}}").getModel());
    }

    @Test
    void theOfficialSpellingOfRoomEnterIsKnown() {
      LiveEvent event = read("{\"cmd\":\"OPEN_PLATFORM_LIVE_ROOM_ENTER\",\"data\":{}}");

      assertThat(EventType.of(event.getModel())).isEqualTo(EventType.ROOM_ENTER);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"INTERACTION_END", "OPEN_PLATFORM_INTERACTION_END", "X_INTERACTION_END"})
    void theEndOfPushingIsKnownByItsSuffix(String cmd) {
      LiveEvent event = read("{\"cmd\":\"" + cmd + "\",\"data\":{\"conn_id\":\"c-1\"}}");

      assertThat(EventType.of(event.getModel())).isEqualTo(EventType.INTERACTION_END);
      assertThat(((InteractionEnd) event.getModel()).getConnId()).isEqualTo("c-1");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"conn_id\":\"c-1\",\"timestamp\":{}}",
          "{\"timestamp\":[1],\"game_id\":\"c-1\"}",
          "{\"conn_id\":{},\"game_id\":\"c-1\",\"timestamp\":1.5}",
          "{\"conn_id\":\"\",\"game_id\":\"c-1\",\"timestamp\":\"\"}",
          "{\"game_id\":\"c-2\",\"conn_id\":\"c-1\"}"
        })
    void theIdWhosePushingEndedIsReadWhateverTheOtherFieldsAre(String data) {
      for (String prefix : PREFIXES) {
        assertThat(endedConnId(prefix, data)).isEqualTo("c-1");
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "null",
          "{}",
          "[1]",
          "1",
          "{\"timestamp\":1}",
          "{\"timestamp\":{}}",
          "{\"conn_id\":\"\",\"game_id\":null}",
          "{\"conn_id\":{\"game_id\":\"c-1\"}}"
        })
    void anEndOfPushingWithoutAnIdIsNobodys(String data) {
      for (String prefix : PREFIXES) {
        assertThat(endedConnId(prefix, data)).isNull();
      }
    }

    @Test
    void aCmdMayBeEscaped() {
      LiveEvent event = read("{\"cmd\":\"OPEN_LIVEROOM_\\u0044M\",\"data\":{\"msg\":\"a\"}}");

      assertThat(((Danmaku) event.getModel()).getMsg()).isEqualTo("a");
    }

    @Test
    void ofTwoTheLastCounts() {
      LiveEvent event =
          read(
              "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"like_count\":3},\"cmd\":\"OPEN_LIVEROOM_LIKE\"}");

      assertThat(EventType.of(event.getModel())).isEqualTo(EventType.LIKE);
      assertThat(((Like) event.getModel()).getLikeCount()).isEqualTo(3);
    }
  }

  private String endedConnId(String prefix, String data) {
    String before = "{\"data\":" + data + ",\"cmd\":\"" + prefix + "INTERACTION_END\"}";
    String after = "{\"cmd\":\"" + prefix + "INTERACTION_END\",\"data\":" + data + "}";
    String ended = EventType.endedConnId(read(before));
    assertThat(EventType.endedConnId(read(after))).isEqualTo(ended);
    return ended;
  }

  @Nested
  class Fields {
    @Test
    void aDanmakuHasItsFields() {
      Danmaku danmaku = (Danmaku) read(officialExample()).getModel();

      assertThat(danmaku.getOpenId()).isEqualTo("39b8fedb-60a5-4e29-ac75-b16955f7e632");
      assertThat(danmaku.getFansMedalName()).isEqualTo("粉丝勋章名");
      assertThat(danmaku.isFansMedalWearingStatus()).isTrue();
      assertThat(danmaku.getGloryLevel()).isEqualTo(39);
      assertThat(danmaku.isAdmin()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void allMayBeMissing(EventType type) {
      assertThat(read(message(type, "{}")).getModel()).isEqualTo(emptyOf(type));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void dataMayBeNullOrMissing(EventType type) {
      String cmd = "{\"cmd\":\"OPEN_LIVEROOM_" + type.suffix + "\"";

      assertThat(read(cmd + ",\"data\":null}").getModel()).isEqualTo(emptyOf(type));
      assertThat(read(cmd + "}").getModel()).isEqualTo(emptyOf(type));
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void allMayBeNull(EventType type) {
      String nulls =
          "{\"open_id\":null,\"union_id\":null,\"uname\":null,\"uface\":null,\"uid\":null,"
              + "\"fans_medal_level\":null,\"fans_medal_name\":null,\"guard_level\":null,"
              + "\"fans_medal_wearing_status\":null,\"room_id\":null,\"timestamp\":null,"
              + "\"msg_id\":null,\"msg\":null,\"gift_num\":null,\"anchor_info\":null,"
              + "\"combo_info\":null,\"blind_gift\":null,\"paid\":null,\"message_ids\":null,"
              + "\"user_info\":null,\"like_text\":null,\"title\":null,\"area_name\":null,"
              + "\"block_expired\":null,\"conn_id\":null,\"price\":null,\"rmb\":null}";

      assertThat(read(message(type, nulls)).getModel()).isNotNull();
    }

    @Test
    void newOnesAreReadable() {
      Danmaku danmaku =
          (Danmaku)
              read(message(EventType.DANMAKU, "{\"msg\":\"a\",\"new\":{\"x\":[1]}}")).getModel();

      assertThat(danmaku.getMsg()).isEqualTo("a");
      assertThat(danmaku.getAdditionalProperties().get("new")).hasToString("{x=[1]}");
    }

    @Test
    void textMayBeEscaped() {
      String json = message(EventType.DANMAKU, "{\"msg\":\"\\\"\\u5f39\\n\\ud83d\\ude00😀\"}");

      assertThat(((Danmaku) read(json).getModel()).getMsg()).isEqualTo("\"弹\n😀😀");
    }

    @Test
    void longTextIsRead() {
      String text = "弹幕x".repeat(5000);

      LiveEvent event =
          read(message(EventType.DANMAKU, "{\"msg\":\"" + text + "\",\"is_admin\":1}"));

      assertThat(((Danmaku) event.getModel()).getMsg()).isEqualTo(text);
      assertThat(((Danmaku) event.getModel()).isAdmin()).isTrue();
    }

    @Test
    void whitespaceAndOtherNamesDoNotMatter() {
      LiveEvent event =
          read(
              " \n{ \"ts\" : [1, {}] ,\t\"cmd\" : \"OPEN_LIVEROOM_SEND_GIFT\" , \"data\" : "
                  + "{ \"gift_num\" : 3 } , \"more\" : null } \r\n");

      assertThat(((Gift) event.getModel()).getGiftNum()).isEqualTo(3);
    }

    private Object emptyOf(EventType type) {
      return read("{ \"cmd\":\"OPEN_LIVEROOM_" + type.suffix + "\",\"data\":{}}").getModel();
    }
  }

  @Nested
  class Json {
    @Test
    void itIsKeptAsItCame() {
      String json =
          "{\"cmd\":\"OPEN_LIVEROOM_LIKE\", \"data\":{\"like_count\":\"\", \"new\":1.0}, \"x\":1}";

      assertThat(read(json).getJson()).isEqualTo(json);
      assertThat(read(officialExample()).getJson()).isEqualTo(officialExample());
    }
  }

  @Nested
  class MsgIds {
    @ParameterizedTest
    @EnumSource(EventType.class)
    void eachTypeHasOne(EventType type) {
      assertThat(read(message(type, "{\"msg_id\":\"m-1\"}")).getMsgId()).isEqualTo("m-1");
    }

    @ParameterizedTest
    @EnumSource(EventType.class)
    void aMissingOneIsEmpty(EventType type) {
      assertThat(read(message(type, "{}")).getMsgId()).isEmpty();
    }

    @Test
    void anUnknownCmdHasOne() {
      assertThat(read("{\"cmd\":\"NEW\",\"data\":{\"a\":[1],\"msg_id\":\"m-1\"}}").getMsgId())
          .isEqualTo("m-1");
    }

    @Test
    void dataThatDoesNotFitHasOne() {
      assertThat(read(message(EventType.GIFT, "{\"gift_num\":[],\"msg_id\":\"m-1\"}")).getMsgId())
          .isEqualTo("m-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"\"", "7", "{\"msg_id\":[]}", "{\"msg_id\":null}"})
    void anotherShapeHasNone(String data) {
      assertThat(read("{\"cmd\":\"NEW\",\"data\":" + data + "}").getMsgId()).isEmpty();
    }
  }

  @Nested
  class Raw {
    @Test
    void anUnknownCmdKeepsItsText() {
      String json = "{\"cmd\":\"OPEN_LIVEROOM_NEW\",\"data\":{\"弹\":1}}";

      LiveEvent raw = raw(json);

      assertThat(raw.getNoModelReason()).isEqualTo(NoModelReason.UNKNOWN_CMD);
      assertThat(raw.getCmd()).isEqualTo("OPEN_LIVEROOM_NEW");
      assertThat(raw.getJson()).isEqualTo(json);
      assertThat(raw.getProblem()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DM", "DANMU_MSG", "open_liveroom_dm", "OPEN_LIVEROOM_", ""})
    void aCmdWithoutItsPrefixIsUnknown(String cmd) {
      assertThat(raw("{\"cmd\":\"" + cmd + "\",\"data\":{}}").getCmd()).isEqualTo(cmd);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"{}", "{\"data\":{\"msg\":\"a\"}}", "{\"cmd\":null}", "{\"cmd\":5,\"data\":{}}"})
    void aMessageWithoutCmdIsRaw(String json) {
      LiveEvent raw = raw(json);

      assertThat(raw.getNoModelReason()).isEqualTo(NoModelReason.NO_CMD);
      assertThat(raw.getCmd()).isNull();
      assertThat(raw.getJson()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({"[], an array", "'\"text\"', a text", "5, a number", "true, a boolean"})
    void dataThatIsNoObjectIsRawAndSaysSoInWords(String data, String found) {
      String json = message(EventType.DANMAKU, data);

      LiveEvent raw = raw(json);

      assertThat(raw.getNoModelReason()).isEqualTo(NoModelReason.DATA_MISMATCH);
      assertThat(raw.getCmd()).isEqualTo("OPEN_LIVEROOM_DM");
      assertThat(raw.getJson()).isEqualTo(json);
      assertThat(raw.getProblem())
          .isEqualTo("Expected an object but was " + found + " at path $.data");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "not json",
          "{",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\":\"a\"}",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\":\"a\"}}}",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\":\"a\"}} {}",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{'msg':\"a\"}}",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{msg:\"a\"}}",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\":\"a\",}}",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\"}}",
          "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{/**/\"msg\":\"a\"}}"
        })
    void whatIsNoJsonIsRaw(String text) {
      LiveEvent raw = raw(text);

      assertThat(raw.getNoModelReason()).isEqualTo(NoModelReason.NOT_JSON);
      assertThat(raw.getJson()).isEqualTo(text);
      assertThat(raw.getProblem()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "[{\"cmd\":\"OPEN_LIVEROOM_DM\"}]", "5", "\"text\"", "null"})
    void jsonThatIsNoObjectHasNoCmd(String json) {
      assertThat(raw(json).getNoModelReason()).isEqualTo(NoModelReason.NO_CMD);
    }

    @Test
    void theTextIsNotInItsToString() {
      assertThat(raw("{\"cmd\":\"NEW\",\"data\":\"text\"}").toString()).doesNotContain("text");
    }
  }

  @Nested
  class HostileJson {
    @Test
    void deepNestingIsRaw() {
      String deep = "[".repeat(100_000);

      assertThat(raw("{\"cmd\":\"NEW\",\"data\":" + deep + "}").getCmd()).isEqualTo("NEW");
      assertThat(raw(message(EventType.DANMAKU, "{\"new\":" + deep + "}")).getNoModelReason())
          .isEqualTo(NoModelReason.DATA_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"\"room_id\":%s", "\"room_id\":\"%s\"", "\"new\":%s", "\"new\":-0.%se9"})
    @Timeout(60)
    void endlessNumbersCostNoTime(String field) {
      String digits = "9".repeat(4_000_000);

      LiveEvent event = read(message(EventType.DANMAKU, "{" + String.format(field, digits) + "}"));

      assertThat(event.getProblem()).isEqualTo("a number of more than 400 digits");
    }

    @Test
    void norDoManyShorterOnes() {
      String digits = "9".repeat(3_900);

      LiveEvent event = read(message(EventType.GIFT, "{\"gift_id\":" + digits + "}"));

      assertThat(event.getProblem()).isEqualTo("a number of more than 400 digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"cmd\":\"X\",,}", "{cmd:1}", "{\"cmd\":'X'}", "nothing"})
    void whatIsWrongIsSaidInWordsForAUser(String json) {
      assertThat(raw(json).getProblem()).startsWith("malformed JSON at path $");
    }

    @Test
    void whatIsWrongIsSaidInAFewWordsHoweverLongTheNamesAre() {
      String name = "n".repeat(100_000);

      assertThat(raw("{\"" + name + "\":}").getProblem()).hasSizeLessThan(210);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e99", "99999999999999999999"})
    @Timeout(60)
    void aNumberBeyondItsTypeCostsThatFieldAlone(String number) {
      LiveEvent event =
          read(message(EventType.DANMAKU, "{\"room_id\":" + number + ",\"msg\":\"a\"}"));

      Danmaku danmaku = (Danmaku) event.getModel();
      assertThat(danmaku.getMsg()).isEqualTo("a");
      assertThat(danmaku.getRoomId()).isZero();
      assertThat(danmaku.getAdditionalProperties()).containsOnlyKeys("room_id");
    }

    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '`',
        delimiter = '|',
        value = {
          "\"room_id\":\"12\" | room_id=12",
          "\"room_id\":\"\" | room_id=0",
          "\"room_id\":1.5 | additionalProperties={room_id=1.5}",
          "\"room_id\":[] | additionalProperties={room_id=[]}",
          "\"fans_medal_wearing_status\":1 | fans_medal_wearing_status=true",
          "\"fans_medal_wearing_status\":\"true\" | fans_medal_wearing_status=true",
          "\"is_admin\":\"1\" | is_admin=true",
          "\"msg_id\":7 | msg_id=7",
          "\"uname\":{} | additionalProperties={uname={}}",
        })
    void aFieldOfAnotherTypeIsWhatItPlainlyMeansOrKeptAsItCame(String field, String shown) {
      String json = "\ufeff{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{" + field + ",\"msg\":\"a\"}}\0";

      LiveEvent event = read(json);

      assertThat(event.getModel()).asString().contains(shown, ", msg=a,");
    }

    @Test
    void bytesThatAreNotUtf8AreReplaced() {
      byte[] bytes = "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"msg\":\"?\"}}".getBytes(UTF_8);
      bytes[bytes.length - 4] = (byte) 0xff;

      LiveEvent event = reader.read(bytes, 0, bytes.length);

      assertThat(((Danmaku) event.getModel()).getMsg()).isEqualTo("\ufffd");
    }

    @Test
    void theReaderIsAsGoodAsNewAfterEachFault() {
      String good = message(EventType.DANMAKU, "{\"msg\":\"a\"}");
      List<String> bad =
          List.of(
              "",
              "{",
              "x",
              "{}{}",
              good.substring(0, good.length() - 1),
              good.substring(0, good.length() - 2),
              good + "}",
              message(EventType.DANMAKU, "[]"),
              "{\"data\":[],\"cmd\":\"OPEN_LIVEROOM_DM\"}");
      for (String text : bad) {
        assertThat(read(text).getModel()).as(text).isNull();
        for (int i = 0; i < 3; i++) {
          assertThat(((Danmaku) read(good).getModel()).getMsg()).as(text).isEqualTo("a");
        }
      }
    }

    @Test
    void manyMessagesLeaveNothingBehind() {
      String text = "x".repeat(3000);
      for (int i = 0; i < 1000; i++) {
        LiveEvent event = read(message(EventType.DANMAKU, "{\"msg\":\"" + text + i + "\"}"));
        assertThat(((Danmaku) event.getModel()).getMsg()).isEqualTo(text + i);
      }
    }
  }

  private LiveEvent read(String json) {
    byte[] bytes = ("<" + json + ">").getBytes(UTF_8);
    return reader.read(bytes, 1, bytes.length - 2);
  }

  private LiveEvent raw(String json) {
    LiveEvent event = read(json);
    assertThat(event.getModel()).isNull();
    return event;
  }

  private static String message(EventType type, String data) {
    return "{\"cmd\":\"OPEN_LIVEROOM_" + type.suffix + "\",\"data\":" + data + "}";
  }

  private static String officialExample() {
    return "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"room_id\":1,"
        + "\"open_id\":\"39b8fedb-60a5-4e29-ac75-b16955f7e632\",\"union_id\":\"\",\"uname\":\"\","
        + "\"msg\":\"\",\"msg_id\":\"\",\"fans_medal_level\":0,\"fans_medal_name\":\"粉丝勋章名\","
        + "\"fans_medal_wearing_status\":true,\"guard_level\":0,\"timestamp\":0,\"uface\":\"\","
        + "\"emoji_img_url\":\"\",\"dm_type\":0,\"glory_level\":39,\"reply_open_id\":\"\","
        + "\"reply_uname\":\"\",\"is_admin\":1}}";
  }
}
