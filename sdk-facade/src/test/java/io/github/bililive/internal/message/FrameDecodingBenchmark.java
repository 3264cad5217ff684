package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.bililive.LiveEvent;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.Gift;
import io.github.bililive.internal.packet.FrameEncoder;
import io.github.bililive.internal.packet.FrameReader;
import io.github.bililive.internal.packet.PacketException;
import io.github.bililive.internal.packet.PacketSink;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import okio.ByteString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import tech.ordinaryroad.live.chat.client.codec.bilibili.msg.base.IBilibiliMsg;
import tech.ordinaryroad.live.chat.client.codec.bilibili.util.BilibiliCodecUtil;

/**
 * What it costs to read a frame of events that are packed together by zlib: with the SDK, down to
 * models; beside inflating the same bytes and nothing else, which nobody can undercut; and beside
 * the usual Java client, which stops at a tree of JSON nodes. Danmaku are read past Moshi, gifts by
 * its adapters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameDecodingBenchmark {
  /** How many events the frame holds. */
  @Param({"1", "10", "50"})
  public int packets;

  /** Of what type they are. */
  @Param({"DANMAKU", "GIFT"})
  public EventType type;

  private final FrameReader reader = new FrameReader();

  private final EventReader events = new EventReader();
  private final Inflater inflater = new Inflater();
  private byte[] frameBytes;
  private ByteString frame;
  private byte[] inflated;

  /** Makes the frame. */
  @Setup
  public void pack() {
    Random random = new Random(packets);
    byte[][] messages = new byte[packets][];
    for (int i = 0; i < packets; i++) {
      String event = type == EventType.GIFT ? gift(random) : danmaku(random);
      messages[i] = FrameEncoder.packet(0, 5, event.getBytes(UTF_8));
    }
    byte[] unpacked = FrameEncoder.join(messages);
    frameBytes = FrameEncoder.packet(2, 5, FrameEncoder.zlib(unpacked));
    frame = ByteString.of(frameBytes);
    inflated = new byte[unpacked.length];
  }

  /** As the platform sends it: ids, texts and the address of the face differ from user to user. */
  private static String danmaku(Random random) {
    return String.format(
        Locale.ROOT,
        "{\"cmd\":\"OPEN_LIVEROOM_DM\",\"data\":{\"room_id\":7734200,\"open_id\":\"%s\","
            + "\"union_id\":\"\",\"uname\":\"%s\",\"msg\":\"%s\",\"msg_id\":\"%s\","
            + "\"fans_medal_level\":%d,\"fans_medal_name\":\"%s\",\"fans_medal_wearing_status\":%b,"
            + "\"guard_level\":%d,\"timestamp\":17607%05d,"
            + "\"uface\":\"https://i0.hdslb.com/bfs/face/%s.jpg\",\"emoji_img_url\":\"\","
            + "\"dm_type\":0,\"glory_level\":%d,\"reply_open_id\":\"\",\"reply_uname\":\"\","
            + "\"is_admin\":0}}",
        uuid(random),
        text(random, 3, 10),
        text(random, 4, 20),
        uuid(random),
        random.nextInt(30),
        random.nextBoolean() ? "粉丝勋章名" : "",
        random.nextBoolean(),
        random.nextInt(4),
        random.nextInt(100_000),
        uuid(random).replace("-", "") + uuid(random).substring(0, 8),
        random.nextInt(60));
  }

  private static String gift(Random random) {
    return String.format(
        Locale.ROOT,
        "{\"cmd\":\"LIVE_OPEN_PLATFORM_SEND_GIFT\",\"data\":{\"room_id\":7734200,\"uid\":0,"
            + "\"open_id\":\"%s\",\"union_id\":\"\",\"uname\":\"%s\","
            + "\"uface\":\"https://i0.hdslb.com/bfs/face/%s.jpg\",\"gift_id\":%d,\"gift_name\":\"%s\","
            + "\"gift_num\":%d,\"price\":%d,\"r_price\":%d,\"paid\":%b,\"fans_medal_level\":%d,"
            + "\"fans_medal_name\":\"%s\",\"fans_medal_wearing_status\":%b,\"guard_level\":%d,"
            + "\"timestamp\":17607%05d,\"anchor_info\":{\"uid\":0,\"open_id\":\"%s\","
            + "\"union_id\":\"\",\"uname\":\"主播\","
            + "\"uface\":\"https://i0.hdslb.com/bfs/face/0123456789abcdef.jpg\"},\"msg_id\":\"%s\","
            + "\"gift_icon\":\"https://s1.hdslb.com/bfs/live/%s.png\",\"combo_gift\":true,"
            + "\"combo_info\":{\"combo_base_num\":1,\"combo_count\":%d,\"combo_id\":\"%s\","
            + "\"combo_timeout\":60},\"blind_gift\":{\"blind_gift_id\":0,\"status\":false}}}",
        uuid(random),
        text(random, 3, 10),
        uuid(random).replace("-", "") + uuid(random).substring(0, 8),
        random.nextInt(40_000),
        text(random, 2, 5),
        random.nextInt(100),
        random.nextInt(500_000),
        random.nextInt(500_000),
        random.nextBoolean(),
        random.nextInt(30),
        random.nextBoolean() ? "粉丝勋章名" : "",
        random.nextBoolean(),
        random.nextInt(4),
        random.nextInt(100_000),
        uuid(random),
        uuid(random),
        uuid(random).replace("-", ""),
        random.nextInt(100),
        uuid(random));
  }

  private static String uuid(Random random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  /** Chinese of random length, from as many characters as are in daily use. */
  private static String text(Random random, int min, int max) {
    StringBuilder text = new StringBuilder();
    for (int length = min + random.nextInt(max - min); text.length() < length; ) {
      text.append((char) (0x4e00 + random.nextInt(2500)));
    }
    return text.toString();
  }

  /** Frees what the heap does not show. */
  @TearDown
  public void end() {
    reader.close();
    inflater.end();
  }

  /** The SDK. */
  @Benchmark
  public void sdk(Blackhole blackhole) throws PacketException {
    Class<?> model = type == EventType.GIFT ? Gift.class : Danmaku.class;
    reader.read(frame, new Consuming(events, model, blackhole));
  }

  /** One inflater for all, into a buffer of the right size. */
  @Benchmark
  public byte[] bareInflater() throws DataFormatException {
    inflater.reset();
    inflater.setInput(frameBytes, 16, frameBytes.length - 16);
    int count = inflater.inflate(inflated);
    if (count != inflated.length || !inflater.finished()) {
      throw new IllegalStateException();
    }
    return inflated;
  }

  /** The codec of {@code tech.ordinaryroad:live-chat-client}. */
  @Benchmark
  public List<IBilibiliMsg> peer() {
    return BilibiliCodecUtil.decode(Unpooled.wrappedBuffer(frameBytes));
  }

  private static final class Consuming implements PacketSink {
    private final EventReader events;
    private final Class<?> model;
    private final Blackhole blackhole;

    Consuming(EventReader events, Class<?> model, Blackhole blackhole) {
      this.events = events;
      this.model = model;
      this.blackhole = blackhole;
    }

    @Override
    public void message(byte[] buffer, int offset, int length) {
      LiveEvent event = events.read(buffer, offset, length);
      if (!model.isInstance(event.getModel())) {
        throw new IllegalStateException(event.toString());
      }
      blackhole.consume(event);
    }

    @Override
    public void authReply(int code) {
      throw new IllegalStateException();
    }

    @Override
    public void heartbeatReply(long popularity) {
      throw new IllegalStateException();
    }

    @Override
    public void unknown(int version, int operation) {
      throw new IllegalStateException();
    }
  }
}
