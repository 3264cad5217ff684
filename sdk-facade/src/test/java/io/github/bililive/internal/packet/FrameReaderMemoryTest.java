package io.github.bililive.internal.packet;

import static io.github.bililive.internal.packet.FrameEncoder.frame;
import static io.github.bililive.internal.packet.FrameEncoder.packet;
import static io.github.bililive.internal.packet.FrameEncoder.zlib;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.zip.Inflater;
import okio.ByteString;
import org.junit.jupiter.api.Test;

/** What is kept between frames, on the heap and outside of it, and what is freed. */
class FrameReaderMemoryTest {
  private static final ByteString SMALL = frame(packet(2, 5, zlib(packet(0, 5, new byte[9]))));

  private final FrameReader reader = new FrameReader();

  @Test
  void oneDecoderReadsOneFrameAfterTheOther() throws PacketException {
    reader.read(SMALL, new FrameLog());
    FrameDecoder kept = reader.idle.getFirst();
    reader.read(SMALL, new FrameLog());

    assertThat(reader.idle).containsExactly(kept);
    assertThat(kept.inflation.inflater).isNotNull();
  }

  @Test
  void whatALargeFrameTookIsNotKept() throws PacketException {
    byte[] large = packet(0, 5, new byte[PacketLimits.MAX_KEPT_BYTES]);
    reader.read(frame(packet(2, 5, zlib(large))), new FrameLog());
    reader.read(frame(large), new FrameLog());

    assertThat(reader.idle.getFirst().buffers)
        .allSatisfy(
            buffer ->
                assertThat(buffer.bytes).hasSizeLessThanOrEqualTo(PacketLimits.MAX_KEPT_BYTES));
  }

  @Test
  void ofManyDecodersThatReadAtOnceEightAreKeptAndTheOthersFreed() throws PacketException {
    read(FrameReader.MAX_IDLE + 3);

    assertThat(reader.idle).hasSize(FrameReader.MAX_IDLE);
    read(FrameReader.MAX_IDLE + 3);
    assertThat(reader.idle).hasSize(FrameReader.MAX_IDLE);
    assertThat(reader.idle).allSatisfy(kept -> assertThat(kept.inflation.inflater).isNotNull());
  }

  /** Reads frames within frames, as deep. */
  private void read(int depth) throws PacketException {
    reader.read(
        SMALL,
        new FrameLog() {
          @Override
          public void message(byte[] buffer, int offset, int length) {
            try {
              if (depth > 1) {
                read(depth - 1);
              }
            } catch (PacketException e) {
              throw new AssertionError(e);
            }
          }
        });
  }

  @Test
  void closingFreesWhatIsKeptAndNothingIsKeptAfterwards() throws PacketException {
    reader.read(SMALL, new FrameLog());
    FrameDecoder kept = reader.idle.getFirst();
    Inflater inflater = kept.inflation.inflater;
    reader.close();

    assertThat(reader.idle).isEmpty();
    assertThat(kept.inflation.inflater).isNull();
    assertThatThrownBy(inflater::getTotalIn).hasMessageContaining("closed");

    reader.idle.add(kept); // The one that is taken next.
    reader.read(SMALL, new FrameLog());
    assertThat(reader.idle).isEmpty();
    assertThat(kept.inflation.inflater).isNull();
  }
}
