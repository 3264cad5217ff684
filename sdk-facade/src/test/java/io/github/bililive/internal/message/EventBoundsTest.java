package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.LiveEvent;
import io.github.bililive.LiveEvent.NoModelReason;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.Like;
import io.github.bililive.generated.model.RoomEnter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events at the bounds of what is read, and what is said of their size. */
class EventBoundsTest {
  private static final String LIKE = "{\"cmd\":\"OPEN_LIVEROOM_LIKE\",\"data\":{\"msg_id\":\"m\"";

  private final EventReader reader = new EventReader();

  private LiveEvent read(String json) {
    byte[] bytes = json.getBytes(UTF_8);
    return reader.read(bytes, 0, bytes.length);
  }

  @Test
  void whatAnEventTakesGrowsWithItsTextFieldsObjectsAndArrays() {
    String json = LIKE + ",\"a\":[1,2],\"b\":{}}}";

    // Two objects and a third in b, an array, and four commas.
    assertThat(read(json).getMemoryBytes()).isEqualTo(256 + 2 * json.length() + 4 * 256 + 4 * 64);
  }

  @Test
  void anEventThatWouldTakeTooMuchHasNoModelButItsMsgId() {
    String many = ",0".repeat(100_000);
    LiveEvent event = read(LIKE + ",\"a\":[0" + many + "]}}");

    assertThat(event.getModel()).isNull();
    assertThat(event.getNoModelReason()).isEqualTo(NoModelReason.DATA_MISMATCH);
    assertThat(event.getMsgId()).isEqualTo("m");
    assertThat(read(LIKE + ",\"a\":[0" + many.substring(40_000) + "]}}").getModel())
        .isInstanceOf(Like.class);
  }

  @Test
  void aModelMayTakeSixMebibytesAndNotOneByteMore() {
    String json = LIKE + ",\"uname\":\"\"}}";
    int spare = (6 << 20) - 256 - 2 * 256 - 2 * 64 - 2 * json.length();
    String largest = json.replace("\"\"", '"' + "u".repeat(spare / 2) + '"');

    assertThat(read(largest).getMemoryBytes()).isEqualTo(6 << 20);
    assertThat(read(largest).getModel()).isInstanceOf(Like.class);
    assertThat(read(largest.replace("u\"", "uu\"")).getModel()).isNull();
  }

  @Test
  void twoBytesOfAMarkAtTheEndOfTheBufferAreNoJson() {
    LiveEvent event = reader.read(new byte[] {'{', (byte) 0xEF, (byte) 0xBB}, 1, 2);

    assertThat(event.getNoModelReason()).isEqualTo(NoModelReason.NOT_JSON);
  }

  @Test
  void ofTwoCmdsTheLastThatIsATextCounts() {
    String data = ",\"data\":{\"msg_id\":\"m\",\"uname\":\"u\"}";
    assertThat(read("{\"cmd\":{\"x\":1},\"cmd\":\"OPEN_LIVEROOM_LIKE\"" + data + "}").getModel())
        .isInstanceOf(Like.class);
    LiveEvent other =
        read(
            "{\"cmd\":\"OPEN_LIVEROOM_LIKE\""
                + data
                + ",\"cmd\":\"OPEN_LIVEROOM_LIVE_ROOM_ENTER\"}");
    assertThat(other.getModel()).isInstanceOf(RoomEnter.class);
    assertThat(other.getMsgId()).isEqualTo("m");
    LiveEvent same =
        read("{\"cmd\":\"OPEN_LIVEROOM_LIKE\"" + data + ",\"cmd\":\"OPEN_LIVEROOM_LIKE\"}");
    assertThat(((Like) same.getModel()).getUname()).isEqualTo("u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fals", "fxlse", "faxse", "falxe", "falsx", "tru", "txue", "trxe"})
  void whatIsAlmostABooleanIsNoJson(String value) {
    String json =
        "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"fans_medal_wearing_status\":" + value + "}}";

    assertThat(read(json).getNoModelReason()).isEqualTo(NoModelReason.NOT_JSON);
  }

  @Test
  void aDanmakuWithOneFieldMoreThanIsKnownKeepsIt() {
    StringBuilder data = new StringBuilder();
    for (String text :
        new String[] {
          "open_id",
          "union_id",
          "uname",
          "uface",
          "fans_medal_name",
          "msg_id",
          "msg",
          "emoji_img_url",
          "reply_open_id",
          "reply_uname"
        }) {
      data.append('"').append(text).append("\":\"t\",");
    }
    for (String number :
        new String[] {
          "uid",
          "fans_medal_level",
          "guard_level",
          "room_id",
          "timestamp",
          "dm_type",
          "glory_level",
          "is_admin"
        }) {
      data.append('"').append(number).append("\":1,");
    }
    data.append("\"fans_medal_wearing_status\":true");
    Danmaku danmaku =
        (Danmaku)
            read("{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{" + data + ",\"new\":\"n\"}}").getModel();

    assertThat(danmaku.getReplyUname()).isEqualTo("t");
    assertThat(danmaku.getAdditionalProperties()).containsEntry("new", "n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "5", "9"})
  void aNumberMayHave400DigitsAndNotOneMore(String digit) {
    String longest = digit.repeat(LongNumbers.MAX_DIGITS);

    assertThat(LongNumbers.isIn(("[" + longest + "," + longest + "]").getBytes(UTF_8))).isFalse();
    assertThat(LongNumbers.isIn(("[" + longest + digit + "]").getBytes(UTF_8))).isTrue();
    assertThat(LongNumbers.isIn((longest + "/" + longest + ":" + longest).getBytes(UTF_8)))
        .isFalse();
  }
}
