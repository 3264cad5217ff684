package io.github.bililive.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.IdentityCode;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomLinesTest {
  @Test
  void aLineNamesARoomAndItsDoor() {
    assertThat(
            RoomLines.read(
                """
                # rooms
                alice
                bob broadcaster 39b8fedb  # by another name
                carol access-token abc, dave identity-code XYZ 1650000000000

                """,
                "rooms"))
        .containsExactly(
            Room.ofBroadcaster("alice", "alice"),
            Room.ofBroadcaster("bob", "39b8fedb"),
            Room.ofAccessToken("carol", "abc"),
            Room.ofIdentityCode("dave", IdentityCode.of("XYZ", 1_650_000_000_000L)));
  }

  @Test
  void aNumberSignWithinAWordIsPartOfIt() {
    assertThat(RoomLines.read("alice#2, bob access-token a#b # both", "rooms"))
        .containsExactly(
            Room.ofBroadcaster("alice#2", "alice#2"), Room.ofAccessToken("bob", "a#b"));
  }

  @Test
  void aRoomIsAnotherIfItsSecretIs() {
    assertThat(Room.ofAccessToken("a", "1"))
        .isEqualTo(Room.ofAccessToken("a", "1"))
        .isNotEqualTo(Room.ofAccessToken("a", "2"))
        .hasToString("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice secret-word",
        "alice access-token",
        "alice access-token secret-word more",
        "alice identity-code secret-word",
        "alice identity-code secret-word 12x",
        "alice broadcaster a secret-word"
      })
  void whatIsNoRoomIsRefusedWithoutItsWords(String line) {
    assertThatThrownBy(() -> RoomLines.read("bob\n" + line, "the file"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the file, line 2 is no room: give KEY")
        .hasMessageNotContaining("secret-word");
  }

  /** So that a room's task stays the same from release to release. */
  @Test
  void aBucketIsTheCrc32OfTheKey() {
    for (int bucket = 0; bucket < 256; bucket++) {
      assertThat(Buckets.of(256, "" + bucket).hold("alice")).isEqualTo(bucket == bucket("alice"));
    }
    assertThat(Buckets.names(8, 1, 3)).isEqualTo("1,4,7");
  }

  private static int bucket(String key) {
    CRC32 hash = new CRC32();
    hash.update(key.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % 256);
  }
}
