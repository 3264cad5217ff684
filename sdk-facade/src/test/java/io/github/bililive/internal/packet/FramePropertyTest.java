package io.github.bililive.internal.packet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import okio.ByteString;

public class FramePropertyTest {
  private final FrameReader reader = new FrameReader();

  /** Bytes of a packet, and what reading it must give. */
  record Sample(byte[] bytes, List<String> lines) {
    static Sample join(List<Sample> samples) {
      List<String> lines = new ArrayList<>();
      byte[][] bytes = new byte[samples.size()][];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = samples.get(i).bytes;
        lines.addAll(samples.get(i).lines);
      }
      return new Sample(FrameEncoder.join(bytes), lines);
    }

    Sample packed(int version) {
      byte[] body = version == 2 ? FrameEncoder.zlib(bytes) : FrameEncoder.storedBrotli(bytes);
      return new Sample(FrameEncoder.packet(version, 5, body), lines);
    }
  }

  /** One thing that goes wrong with a frame's bytes. */
  public record Fault(Kind kind, int place, byte value) {
    enum Kind {
      FLIP,
      CUT,
      INSERT,
      REMOVE
    }

    public byte[] appliedTo(byte[] bytes) {
      if (bytes.length == 0) {
        return bytes;
      }
      int at = Math.floorMod(place, bytes.length);
      byte[] head = Arrays.copyOf(bytes, at);
      byte[] tail = Arrays.copyOfRange(bytes, at + 1, bytes.length);
      return switch (kind) {
        case FLIP -> FrameEncoder.join(head, new byte[] {(byte) (bytes[at] ^ value)}, tail);
        case CUT -> head;
        case INSERT -> FrameEncoder.join(head, new byte[] {value, bytes[at]}, tail);
        case REMOVE -> FrameEncoder.join(head, tail);
      };
    }
  }

  @Property(tries = 500)
  void whatAServerPacksIsReadInOrder(@ForAll("frames") Sample frame) throws PacketException {
    assertThat(read(frame.bytes)).isEqualTo(frame.lines);
  }

  @Property(tries = 2000)
  void damageEndsInPacketsOrInOneKindOfException(
      @ForAll("frames") Sample frame, @ForAll("faults") List<Fault> faults) {
    byte[] damaged = frame.bytes;
    for (Fault fault : faults) {
      damaged = fault.appliedTo(damaged);
    }
    try {
      assertThat(read(damaged)).hasSizeLessThanOrEqualTo(PacketLimits.MAX_PACKETS);
    } catch (PacketException e) {
      assertThat(e.getMessage()).isNotEmpty();
    } catch (RuntimeException e) {
      fail("another exception", e);
    }
  }

  @Property(tries = 2000)
  void damageToPackedBytesEndsInPacketsOrInOneKindOfException(
      @ForAll("packedFixtures") String hex, @ForAll("faults") List<Fault> faults) {
    byte[] body = ByteString.decodeHex(hex).substring(16).toByteArray();
    for (Fault fault : faults) {
      body = fault.appliedTo(body);
    }
    try {
      read(FrameEncoder.packet(hex.startsWith("00000063") ? 2 : 3, 5, body));
    } catch (PacketException e) {
      assertThat(e.getMessage()).startsWith("packet ");
    }
  }

  @Property(tries = 1000)
  void anyBytesEndInPacketsOrInOneKindOfException(@ForAll byte[] bytes) {
    try {
      read(bytes);
    } catch (PacketException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @Property(tries = 1000)
  void anyPackedBodyEndsInPacketsOrInOneKindOfException(
      @ForAll("packedVersions") int version, @ForAll byte[] body) {
    try {
      read(FrameEncoder.packet(version, 5, body));
    } catch (PacketException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  private List<String> read(byte[] bytes) throws PacketException {
    FrameLog log = new FrameLog();
    reader.read(ByteString.of(bytes), log);
    return log.lines;
  }

  @Provide
  Arbitrary<String> packedFixtures() {
    return Arbitraries.of(FrameReaderTest.ZLIB, FrameReaderTest.BROTLI);
  }

  @Provide
  Arbitrary<Integer> packedVersions() {
    return Arbitraries.of(2, 3);
  }

  @Provide
  Arbitrary<Sample> frames() {
    return packets(3).list().ofMinSize(1).ofMaxSize(5).map(Sample::join);
  }

  @Provide
  Arbitrary<List<Fault>> faults() {
    return anyFaults();
  }

  public static Arbitrary<List<Fault>> anyFaults() {
    return Combinators.combine(
            Arbitraries.of(Fault.Kind.class), Arbitraries.integers(), Arbitraries.bytes())
        .as(Fault::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  private Arbitrary<Sample> packets(int depth) {
    if (depth == 0) {
      return plain();
    }
    Arbitrary<Sample> packed =
        Combinators.combine(
                Arbitraries.lazy(() -> packets(depth - 1)).list().ofMinSize(1).ofMaxSize(4),
                packedVersions())
            .as((inside, version) -> Sample.join(inside).packed(version));
    return Arbitraries.oneOf(plain(), plain(), packed);
  }

  private Arbitrary<Sample> plain() {
    Arbitrary<Integer> versions = Arbitraries.of(0, 1);
    Arbitrary<Sample> messages =
        Combinators.combine(versions, Arbitraries.strings().ofMaxLength(300))
            .as(
                (version, text) -> {
                  byte[] body = text.getBytes(UTF_8);
                  String read = "message " + new String(body, UTF_8);
                  return new Sample(FrameEncoder.packet(version, 5, body), List.of(read));
                });
    Arbitrary<Sample> authReplies =
        Arbitraries.integers()
            .map(
                code -> {
                  byte[] body = ("{\"code\":" + code + "}").getBytes(UTF_8);
                  return new Sample(FrameEncoder.packet(1, 8, body), List.of("auth " + code));
                });
    Arbitrary<Sample> heartbeatReplies =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofSize(4)
            .map(
                body -> {
                  String read =
                      "heartbeat " + (ByteString.of(body).asByteBuffer().getInt() & 0xffffffffL);
                  return new Sample(FrameEncoder.packet(1, 3, body), List.of(read));
                });
    Arbitrary<Sample> unknown =
        Combinators.combine(Arbitraries.integers().between(4, 0xffff), Arbitraries.integers())
            .as(
                (version, operation) ->
                    new Sample(
                        FrameEncoder.packet(version, operation, new byte[3]),
                        List.of("unknown version " + version + " operation " + operation)));
    return Arbitraries.oneOf(messages, messages, authReplies, heartbeatReplies, unknown);
  }
}
