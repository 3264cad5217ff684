package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import io.github.bililive.LiveEvent;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.internal.packet.FramePropertyTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventDanmakuTest {
  private static final JsonAdapter<Danmaku> MOSHI =
      new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build().adapter(Danmaku.class);

  private final EventDanmaku reader = new EventDanmaku();

  @Test
  void eachFieldOfTheContractIsRead() throws IOException {
    for (String field : fields(defaults())) {
      Danmaku danmaku = read("{" + field + "}");

      assertThat(danmaku).as(field).isNotNull().isEqualTo(MOSHI.fromJson("{" + field + "}"));
    }
  }

  @Test
  void theOrderMayChangeFromMessageToMessage() throws IOException {
    List<String> fields = fields(full());
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      Collections.shuffle(fields, random);
      List<String> some = fields.subList(0, 1 + random.nextInt(fields.size()));
      String json = "{" + String.join(",", some) + "}";

      assertThat(read(json)).isNotNull().isEqualTo(MOSHI.fromJson(json));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{ \"msg\":\"a\"}",
        "{\"msg\" :\"a\"}",
        "{\"msg\":\"a\" }",
        "{\"msg\":\"a\\n\"}",
        "{\"msg\":\"a\\\"}",
        "{\"msg\":null}",
        "{\"msg\":1}",
        "{\"room_id\":\"1\"}",
        "{\"room_id\":1.0}",
        "{\"room_id\":1e3}",
        "{\"room_id\":-0}",
        "{\"room_id\":01}",
        "{\"room_id\":-}",
        "{\"room_id\":1000000000000000000}",
        "{\"fans_medal_wearing_status\":True}",
        "{\"fans_medal_wearing_status\":tru}",
        "{\"fans_medal_wearing_status\":1}",
        "{\"new\":\"a\"}",
        "{\"msg\":\"a\",}",
        "{\"msg\":\"a\"}}",
        "{\"msg\":\"a\"",
        "{\"msg\":\"a",
        "{\"msg\":",
        "{",
        ""
      })
  void whateverIsUnusualIsLeftToMoshi(String json) {
    assertThat(read(json)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 999999999999999999L, -999999999999999999L})
  void integersOfUpToEighteenDigitsAreRead(long number) {
    assertThat(read("{\"room_id\":" + number + "}").getRoomId()).isEqualTo(number);
  }

  @Property(tries = 2000)
  void whatIsReadIsWhatMoshiReads(
      @ForAll("danmaku") Danmaku danmaku,
      @ForAll("maybeFaults") List<FramePropertyTest.Fault> faults) {
    byte[] json = MOSHI.toJson(danmaku).getBytes(UTF_8);
    for (FramePropertyTest.Fault fault : faults) {
      json = fault.appliedTo(json);
    }

    Danmaku read = reader.read(message(json));

    if (read != null) {
      assertThat(read).isEqualTo(readByMoshi(new String(json, UTF_8)));
    }
  }

  @Property(tries = 2000)
  void ofAValueOfAnotherTypeNothingElseIsReadThanMoshiReads(
      @ForAll("danmaku") Danmaku danmaku,
      @ForAll("fieldNames") String name,
      @ForAll("oddValues") String value)
      throws IOException {
    String json = MOSHI.toJson(danmaku);
    String odd =
        json.replaceAll("\"" + name + "\":(\"(\\\\.|[^\"])*\"|[^,}]*),?", "")
            .replaceFirst("\\{", "{\"" + name + "\":" + value + ",")
            .replaceFirst(",}$", "}");
    byte[] bytes = message(odd.getBytes(UTF_8));

    Danmaku read = reader.read(bytes);
    LiveEvent event = new EventReader().read(bytes, 0, bytes.length);

    Danmaku expected = MOSHI.fromJson(odd);
    assertThat(event.getModel()).isEqualTo(expected);
    assertThat(MOSHI.toJson((Danmaku) event.getModel())).isEqualTo(MOSHI.toJson(expected));
    if (read != null) {
      assertThat(read).isEqualTo(expected);
    }
  }

  @Provide
  Arbitrary<String> fieldNames() {
    return Arbitraries.of("room_id", "msg", "fans_medal_wearing_status", "is_admin", "uid", "new");
  }

  @Provide
  Arbitrary<String> oddValues() {
    return Arbitraries.of(
        "null",
        "\"\"",
        "\"12\"",
        "\"a\"",
        "\"true\"",
        "0",
        "1",
        "2",
        "-0",
        "1.5",
        "1e3",
        "12.0",
        "true",
        "false",
        "[]",
        "[1]",
        "{}",
        "{\"a\":null}",
        "99999999999999999999",
        "1e999999999");
  }

  private static Object readByMoshi(String json) {
    try {
      return MOSHI.fromJson(json);
    } catch (IOException | JsonDataException e) {
      return e;
    }
  }

  @Provide
  Arbitrary<Danmaku> danmaku() {
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20);
    return Combinators.combine(
            texts,
            texts,
            texts,
            Arbitraries.longs(),
            Arbitraries.longs(),
            Arbitraries.of(true, false))
        .as(
            (msg, uname, msgId, roomId, guardLevel, wearing) ->
                Danmaku.builder()
                    .msg(msg)
                    .uname(uname)
                    .msgId(msgId)
                    .roomId(roomId)
                    .guardLevel(guardLevel)
                    .fansMedalWearingStatus(wearing)
                    .build());
  }

  @Provide
  Arbitrary<List<FramePropertyTest.Fault>> maybeFaults() {
    return Arbitraries.oneOf(Arbitraries.just(List.of()), FramePropertyTest.anyFaults());
  }

  private Danmaku read(String json) {
    return reader.read(message(json.getBytes(UTF_8)));
  }

  /** A message with these bytes as data. */
  private static byte[] message(byte[] data) {
    return new Buffer()
        .writeUtf8("{\"cmd\":\"LIVE_OPEN_PLATFORM_DM\",\"data\":")
        .write(data)
        .writeUtf8("}")
        .readByteArray();
  }

  /** All fields with their defaults, as which null is written again. */
  private static String defaults() throws IOException {
    String nulls =
        Pattern.compile("(\\w+)=")
            .matcher(Danmaku.builder().build().toString().replace("additionalProperties=", ""))
            .results()
            .map(name -> "\"" + name.group(1) + "\":null")
            .collect(Collectors.joining(",", "{", "}"));
    String json = MOSHI.toJson(MOSHI.fromJson(nulls));
    assertThat(json).contains("\"open_id\"", "\"is_admin\"").doesNotContain("null");
    return json;
  }

  /** All fields, none of them with its default. */
  private static String full() throws IOException {
    return defaults().replace("\"\"", "\"弹幕 x\"").replace(":0", ":-12").replace("false", "true");
  }

  /** An object's fields, each as it stands in the JSON. */
  private static List<String> fields(String json) throws IOException {
    List<String> fields = new ArrayList<>();
    JsonAdapter<Object> any = new Moshi.Builder().build().adapter(Object.class);
    for (Object name : ((Map<?, ?>) any.fromJson(json)).keySet()) {
      int from = json.indexOf("\"" + name + "\":");
      int to = json.indexOf(",\"", from);
      fields.add(json.substring(from, to < 0 ? json.length() - 1 : to));
    }
    return fields;
  }
}
