package io.github.bililive.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import com.squareup.moshi.Types;
import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.WebsocketInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two short cuts for texts: they must read and write what Moshi does. */
class TextsTest {
  private static final Moshi MOSHI =
      new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
  private static final JsonAdapter<WebsocketInfo> INFO = MOSHI.adapter(WebsocketInfo.class);
  private static final JsonAdapter<BatchHeartbeatRequest> BATCH =
      MOSHI.adapter(BatchHeartbeatRequest.class);
  private static final JsonAdapter<List<String>> STRINGS =
      new Moshi.Builder().build().adapter(Types.newParameterizedType(List.class, String.class));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"plain\"",
        "\"主播\"",
        "\"{\\\"a\\\":\\\"b\\\\\\\"c\\\"}\"",
        "\"\\\\\"",
        "\"tab \\t, line \\n, slash \\/, \\\"quoted\\\"\"",
        "\"\\\"\\u4e3b\\ud83d\\ude00\\\"\"",
        "12",
        "1.50"
      })
  void aTextThatHoldsJsonIsReadAsMoshiReadsIt(String text) throws IOException {
    String json = "{\"auth_body\":" + text + ",\"wss_link\":[\"wss://a\"]}";
    String expected = JsonReader.of(new Buffer().writeUtf8(text)).nextString();

    WebsocketInfo info = INFO.fromJson(json);

    assertThat(info.getAuthBody()).isEqualTo(expected);
    assertThat(info.getWssLink()).containsExactly("wss://a");
    assertThat(INFO.fromJsonValue(Map.of("auth_body", expected)).getAuthBody()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"'{\"a\":\\'b\\'}'", "unquoted"})
  void aLenientReaderStaysLenientForATextThatHoldsJson(String text) throws IOException {
    JsonReader moshi = JsonReader.of(new Buffer().writeUtf8(text));
    moshi.setLenient(true);

    WebsocketInfo info = INFO.lenient().fromJson("{auth_body=" + text + ";wss_link=[a]}");

    assertThat(info.getAuthBody()).isEqualTo(moshi.nextString());
    assertThat(info.getWssLink()).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"broken off", "\"bad \\q escape\"", "\"bad \\u12 escape\"", "\"ends \\"})
  void aTextThatIsNoJsonIsAnIoException(String text) {
    assertThatThrownBy(() -> INFO.fromJson("{\"auth_body\":" + text))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anObjectInThePlaceOfATextIsNamedWithItsPath() {
    assertThatThrownBy(() -> INFO.fromJson("{\"auth_body\":{}}"))
        .isInstanceOf(JsonDataException.class)
        .hasMessage("Expected a string but was BEGIN_OBJECT at path $.auth_body");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "id", "观众 😀", "a\"b", "a\\b", "a\nb", "a\u0001b", "a\u2028b", "a\u2029"})
  void listsOfTextsAreWrittenAsMoshiWritesThem(String last) throws IOException {
    for (int count : new int[] {0, 1, 7, 8, 300}) {
      List<String> texts = new ArrayList<>(Collections.nCopies(count, "5b1d9a52-3c0e-4b0b"));
      texts.add(last);
      BatchHeartbeatRequest request = BatchHeartbeatRequest.builder().connIds(texts).build();

      assertThat(BATCH.toJson(request)).isEqualTo("{\"conn_ids\":" + STRINGS.toJson(texts) + "}");
      assertThat(BATCH.toJsonValue(request)).isEqualTo(Map.of("conn_ids", texts));
      assertThat(BATCH.fromJson(BATCH.toJson(request))).isEqualTo(request);
    }
  }

  @Test
  void aLongListOfTextsIsIndentedIfAskedFor() {
    BatchHeartbeatRequest request =
        BatchHeartbeatRequest.builder().connIds(Collections.nCopies(20, "id")).build();

    assertThat(BATCH.indent("  ").toJson(request))
        .startsWith("{\n  \"conn_ids\": [\n    \"id\",\n    \"id\",\n");
  }

  @Test
  void whatFollowsALongListOfTextsIsWrittenAfterIt() throws IOException {
    Buffer buffer = new Buffer();
    JsonWriter writer = JsonWriter.of(buffer);
    BatchHeartbeatRequest request =
        BatchHeartbeatRequest.builder().connIds(Collections.nCopies(9, "i")).build();

    writer.beginArray();
    BATCH.toJson(writer, request);
    BATCH.toJson(writer, request);
    writer.endArray();

    String one = BATCH.toJson(request);
    assertThat(buffer.readUtf8()).isEqualTo("[" + one + "," + one + "]");
  }
}
