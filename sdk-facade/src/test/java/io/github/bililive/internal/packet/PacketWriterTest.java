package io.github.bililive.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import okio.ByteString;
import org.junit.jupiter.api.Test;

class PacketWriterTest {
  @Test
  void theHeartbeatIsAHeaderAlone() {
    assertThat(PacketWriter.heartbeat().hex()).isEqualTo("00000010001000010000000200000001");
  }

  @Test
  void theHeartbeatIsTheSameObjectEachTime() {
    assertThat(PacketWriter.heartbeat()).isSameAs(PacketWriter.heartbeat());
  }

  @Test
  void theAuthPacketCarriesItsBodyByteForByte() {
    String body = "{\"key\":\"秘密\" ,\n \"protover\":2}";

    ByteString packet = PacketWriter.auth(body);

    assertThat(packet.substring(0, 16).hex()).isEqualTo("00000030001000010000000700000001");
    assertThat(packet.substring(16).string(StandardCharsets.UTF_8)).isEqualTo(body);
    assertThat(packet.size()).isEqualTo(0x30);
  }

  @Test
  void anEmptyAuthBodyIsAHeaderAlone() {
    assertThat(PacketWriter.auth("").hex()).isEqualTo("00000010001000010000000700000001");
  }
}
