package io.github.bililive.generated;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonToken;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.BoundAdapters;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.StartResponse;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to read and write JSON: with the generated adapters; with Moshi's reflective ones,
 * Gson and Jackson on plain classes of the same fields, set up as OpenAPI Generator's own Retrofit
 * client sets them up; and beside what nobody on Moshi's reader can undercut. {@link
 * AdapterMeasurement} runs it and prints what sdk-facade/docs/figures.md states.
 *
 * <p>Everything is read from an Okio buffer and written to bytes by the calls that Retrofit's
 * converter for the library makes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdapterBenchmark {
  /** Which JSON. */
  @Param({"START", "DANMAKU", "BATCH"})
  public Sample sample;

  private final Gson gson = new Gson();
  private final JsonMapper jackson =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .configure(MapperFeature.ALLOW_COERCION_OF_SCALARS, false)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private byte[] json;
  private JsonAdapter<Object> generated;
  private JsonAdapter<Object> byHand;
  private JsonAdapter<Object> byHandInOrder;
  private JsonAdapter<Object> reflective;
  private TypeAdapter<Object> gsonAdapter;
  private ObjectReader jacksonReader;
  private ObjectWriter jacksonWriter;
  private Object model;
  private Object plain;
  private Object stock;
  private byte[][] texts;

  /** Makes the adapters and what they write. */
  @Setup
  @SuppressWarnings("unchecked") // They write what they have read.
  public void setUp() throws IOException {
    json = sample.json().getBytes(StandardCharsets.UTF_8);
    Moshi moshi = new Moshi.Builder().add(GeneratedJsonAdapterFactory.INSTANCE).build();
    generated = (JsonAdapter<Object>) moshi.adapter(sample.model);
    reflective = (JsonAdapter<Object>) new Moshi.Builder().build().adapter(sample.plain);
    gsonAdapter = (TypeAdapter<Object>) gson.getAdapter(sample.stock);
    jacksonReader = jackson.readerFor(sample.stock);
    jacksonWriter = jackson.writerFor(sample.stock);
    byHand = sample.byHand(true);
    byHandInOrder = sample.byHand(false);
    model = readGenerated();
    if (!model.equals(readByHand()) || !model.equals(readByHandInOrder())) {
      throw new AssertionError("What was written by hand reads something else.");
    }
    plain = readReflective();
    stock = readGson();
    texts = sample.texts();
  }

  /** The floor: Moshi's reader over the same text, which makes nothing of it. */
  @Benchmark
  public Object readSkipping() throws IOException {
    JsonReader reader = JsonReader.of(new Buffer().write(json));
    reader.skipValue();
    return reader;
  }

  /** As little as an adapter can do: see {@link BoundAdapters}. */
  @Benchmark
  public Object readByHand() throws IOException {
    return byHand.fromJson(JsonReader.of(new Buffer().write(json)));
  }

  /** Less than an adapter can do, since it looks at no name. */
  @Benchmark
  public Object readByHandInOrder() throws IOException {
    return byHandInOrder.fromJson(JsonReader.of(new Buffer().write(json)));
  }

  /** What a result itself takes: plain objects, and texts out of bytes that lie ready. */
  @Benchmark
  public Object bareResult() {
    return sample.bare(texts);
  }

  /** The generated adapter. */
  @Benchmark
  public Object readGenerated() throws IOException {
    return generated.fromJson(JsonReader.of(new Buffer().write(json)));
  }

  /** Moshi's reflective adapter. */
  @Benchmark
  public Object readReflective() throws IOException {
    return reflective.fromJson(JsonReader.of(new Buffer().write(json)));
  }

  /** Gson, from a character stream. */
  @Benchmark
  public Object readGson() throws IOException {
    com.google.gson.stream.JsonReader reader =
        gson.newJsonReader(
            new InputStreamReader(new Buffer().write(json).inputStream(), StandardCharsets.UTF_8));
    Object result = gsonAdapter.read(reader);
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new AssertionError("There is more.");
    }
    return result;
  }

  /** Jackson, from a byte stream. */
  @Benchmark
  public Object readJackson() throws IOException {
    return jacksonReader.readValue(new Buffer().write(json).inputStream());
  }

  /** The generated adapter. */
  @Benchmark
  public ByteString writeGenerated() throws IOException {
    Buffer buffer = new Buffer();
    generated.toJson(JsonWriter.of(buffer), model);
    return buffer.readByteString();
  }

  /** Moshi's reflective adapter. */
  @Benchmark
  public ByteString writeReflective() throws IOException {
    Buffer buffer = new Buffer();
    reflective.toJson(JsonWriter.of(buffer), plain);
    return buffer.readByteString();
  }

  /** Gson, to a character stream. */
  @Benchmark
  public ByteString writeGson() throws IOException {
    Buffer buffer = new Buffer();
    Writer characters = new OutputStreamWriter(buffer.outputStream(), StandardCharsets.UTF_8);
    com.google.gson.stream.JsonWriter writer = gson.newJsonWriter(characters);
    gsonAdapter.write(writer, stock);
    writer.close();
    return buffer.readByteString();
  }

  /** Jackson. */
  @Benchmark
  public byte[] writeJackson() throws IOException {
    return jacksonWriter.writeValueAsBytes(stock);
  }

  /** The three texts. */
  public enum Sample {
    /** The answer to start. */
    START(StartResponse.class, PlainModels.Start.class, PlainModels.StockStart.class) {
      @Override
      String json() {
        return "{\"code\":0,\"message\":\"0\",\"request_id\":\"1730707200000000001\",\"ttl\":1,"
            + "\"data\":{\"conn_id\":\"5b1d9a52-3c0e-4b0b-9d0e-6a1c2f7c8e11\",\"websocket_info\":{"
            + "\"auth_body\":\"{\\\"roomid\\\":1,\\\"protover\\\":2,\\\"uid\\\":0,\\\"key\\\":"
            + "\\\"secret\\\",\\\"group\\\":\\\"open\\\"}\",\"wss_link\":["
            + "\"wss://broadcastlv.chat.bilibili.com:443/sub\","
            + "\"wss://broadcastlv.chat.bilibili.com:2245/sub\"]}}}";
      }

      @Override
      JsonAdapter<Object> byHand(boolean looksUp) {
        return BoundAdapters.start(looksUp);
      }

      @Override
      Object bare(byte[][] texts) {
        PlainModels.Start start = new PlainModels.Start();
        start.message = text(texts[0]);
        start.request_id = text(texts[1]);
        start.ttl = 1;
        start.data = new PlainModels.Data();
        start.data.conn_id = text(texts[2]);
        start.data.websocket_info = new PlainModels.Socket();
        start.data.websocket_info.auth_body = text(texts[3]);
        start.data.websocket_info.wss_link = list(texts, 4);
        return start;
      }
    },
    /** An event. */
    DANMAKU(Danmaku.class, PlainModels.Danmaku.class, PlainModels.StockDanmaku.class) {
      @Override
      String json() {
        return "{\"room_id\":1,\"open_id\":\"39b8fedb-60a5-4e29-ac75-b16955f7e632\","
            + "\"union_id\":\"u-1\",\"uname\":\"观众\",\"msg\":\"主播你好\",\"msg_id\":"
            + "\"0a6b9a2e-6cb7-4a3f-8f4e-0c1f2a3b4c5d\",\"fans_medal_level\":12,"
            + "\"fans_medal_name\":\"粉丝勋章名\",\"fans_medal_wearing_status\":true,"
            + "\"guard_level\":3,\"timestamp\":1730707200,\"uface\":"
            + "\"https://i0.hdslb.com/bfs/face/0123456789abcdef.jpg\",\"emoji_img_url\":\"\","
            + "\"dm_type\":0,\"glory_level\":39,\"reply_open_id\":\"\",\"reply_uname\":\"\","
            + "\"is_admin\":1}";
      }

      @Override
      JsonAdapter<Object> byHand(boolean looksUp) {
        return BoundAdapters.danmaku(looksUp);
      }

      @Override
      Object bare(byte[][] texts) {
        PlainModels.Danmaku danmaku = new PlainModels.Danmaku();
        danmaku.open_id = text(texts[0]);
        danmaku.union_id = text(texts[1]);
        danmaku.uname = text(texts[2]);
        danmaku.msg = text(texts[3]);
        danmaku.msg_id = text(texts[4]);
        danmaku.fans_medal_name = text(texts[5]);
        danmaku.uface = text(texts[6]);
        return danmaku;
      }
    },
    /** The body of a heartbeat for 200 connections. */
    BATCH(BatchHeartbeatRequest.class, PlainModels.Batch.class, PlainModels.Batch.class) {
      @Override
      String json() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          ids.add("\"" + new UUID(i, i * 31L) + "\"");
        }
        return "{\"conn_ids\":[" + String.join(",", ids) + "]}";
      }

      @Override
      JsonAdapter<Object> byHand(boolean looksUp) {
        return BoundAdapters.batch(looksUp);
      }

      @Override
      Object bare(byte[][] texts) {
        PlainModels.Batch batch = new PlainModels.Batch();
        batch.conn_ids = list(texts, 0);
        return batch;
      }
    };

    final Class<?> model;
    final Class<?> plain;
    final Class<?> stock;

    Sample(Class<?> model, Class<?> plain, Class<?> stock) {
      this.model = model;
      this.plain = plain;
      this.stock = stock;
    }

    abstract String json();

    abstract JsonAdapter<Object> byHand(boolean looksUp);

    abstract Object bare(byte[][] texts);

    /** The texts in the JSON that are not empty, in its order. */
    byte[][] texts() throws IOException {
      List<byte[]> texts = new ArrayList<>();
      JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json()));
      while (reader.peek() != JsonReader.Token.END_DOCUMENT) {
        switch (reader.peek()) {
          case BEGIN_OBJECT -> reader.beginObject();
          case END_OBJECT -> reader.endObject();
          case BEGIN_ARRAY -> reader.beginArray();
          case END_ARRAY -> reader.endArray();
          case NAME -> reader.skipName();
          case STRING -> texts.add(reader.nextString().getBytes(StandardCharsets.UTF_8));
          default -> reader.skipValue();
        }
      }
      texts.removeIf(text -> text.length == 0);
      return texts.toArray(new byte[0][]);
    }

    static String text(byte[] utf8) {
      return new String(utf8, StandardCharsets.UTF_8);
    }

    static List<String> list(byte[][] texts, int from) {
      List<String> list = new ArrayList<>(texts.length - from);
      for (int i = from; i < texts.length; i++) {
        list.add(text(texts[i]));
      }
      return Collections.unmodifiableList(list);
    }
  }
}
