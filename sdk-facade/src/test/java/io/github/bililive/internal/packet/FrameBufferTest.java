package io.github.bililive.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import okio.ByteString;
import org.junit.jupiter.api.Test;

class FrameBufferTest {
  private final FrameBuffer buffer = new FrameBuffer();

  @Test
  void aFrameOfTheSameLengthNeedsNoNewBytes() {
    buffer.copy(ByteString.encodeUtf8("first"));
    byte[] bytes = buffer.bytes;
    buffer.copy(ByteString.encodeUtf8("other"));

    assertThat(buffer.bytes).isSameAs(bytes).isEqualTo("other".getBytes());
  }

  @Test
  void whatIsFullGetsRoomForOneByteAtLeastAndDoublesUpToTheLimit() {
    buffer.grow(10);
    assertThat(buffer.bytes).hasSizeBetween(1, 10);
    buffer.clear(4);
    buffer.size = 4;
    buffer.grow(10);
    assertThat(buffer.bytes).hasSize(8);
    buffer.grow(10);
    assertThat(buffer.bytes).hasSize(8);
    buffer.size = 8;
    buffer.grow(10);
    assertThat(buffer.bytes).hasSize(10);
  }

  @Test
  void onlyWhatIsLargeIsNotKept() {
    buffer.clear(PacketLimits.MAX_KEPT_BYTES);
    buffer.trim();
    assertThat(buffer.bytes).hasSize(PacketLimits.MAX_KEPT_BYTES);

    buffer.clear(PacketLimits.MAX_KEPT_BYTES + 1);
    buffer.trim();
    assertThat(buffer.bytes).isEmpty();
  }
}
