package io.github.bililive.generated;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.google.gson.Gson;
import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.Moshi;
import io.github.bililive.generated.model.BatchHeartbeatRequest;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.generated.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.model.StartResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
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
 * Gson and Jackson on plain classes of the same fields; and beside what nobody on Moshi's reader
 * can undercut, skipping the same text. All from and to bytes in UTF-8, as they come from a socket.
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
  private final ObjectMapper jackson =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private byte[] json;
  private JsonAdapter<Object> generated;
  private JsonAdapter<Object> reflective;
  private ObjectReader jacksonReader;
  private Object model;
  private Object plain;

  /** Makes the adapters and what they write. */
  @Setup
  @SuppressWarnings("unchecked") // They write what they have read.
  public void setUp() throws IOException {
    json = sample.json().getBytes(StandardCharsets.UTF_8);
    generated =
        (JsonAdapter<Object>)
            new Moshi.Builder()
                .add(GeneratedJsonAdapterFactory.INSTANCE)
                .build()
                .adapter(sample.model);
    reflective = (JsonAdapter<Object>) new Moshi.Builder().build().adapter(sample.plain);
    jacksonReader = jackson.readerFor(sample.plain);
    model = readGenerated();
    plain = readReflective();
  }

  /** The floor: Moshi's reader over the same text. */
  @Benchmark
  public Object readSkipping() throws IOException {
    JsonReader reader = JsonReader.of(new Buffer().write(json));
    reader.skipValue();
    return reader;
  }

  /** The generated adapter. */
  @Benchmark
  public Object readGenerated() throws IOException {
    return generated.fromJson(new Buffer().write(json));
  }

  /** Moshi's reflective adapter. */
  @Benchmark
  public Object readReflective() throws IOException {
    return reflective.fromJson(new Buffer().write(json));
  }

  /** Gson, from a character stream, as the stock generator's client has it from Retrofit. */
  @Benchmark
  public Object readGson() {
    return gson.fromJson(
        new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8),
        sample.plain);
  }

  /** Jackson, from bytes. */
  @Benchmark
  public Object readJackson() throws IOException {
    return jacksonReader.readValue(json);
  }

  /** The generated adapter. */
  @Benchmark
  public Object writeGenerated() throws IOException {
    Buffer buffer = new Buffer();
    generated.toJson(buffer, model);
    return buffer.readByteArray();
  }

  /** Moshi's reflective adapter. */
  @Benchmark
  public Object writeReflective() throws IOException {
    Buffer buffer = new Buffer();
    reflective.toJson(buffer, plain);
    return buffer.readByteArray();
  }

  /** Gson. */
  @Benchmark
  public Object writeGson() {
    return gson.toJson(plain).getBytes(StandardCharsets.UTF_8);
  }

  /** Jackson. */
  @Benchmark
  public Object writeJackson() throws IOException {
    return jackson.writeValueAsBytes(plain);
  }

  /** The three texts. */
  public enum Sample {
    /** The answer to start. */
    START(StartResponse.class, PlainStart.class) {
      @Override
      String json() {
        return "{\"code\":0,\"message\":\"0\",\"request_id\":\"1730707200000000001\",\"ttl\":1,"
            + "\"data\":{\"conn_id\":\"5b1d9a52-3c0e-4b0b-9d0e-6a1c2f7c8e11\",\"websocket_info\":{"
            + "\"auth_body\":\"{\\\"roomid\\\":1,\\\"protover\\\":2,\\\"uid\\\":0,\\\"key\\\":"
            + "\\\"secret\\\",\\\"group\\\":\\\"open\\\"}\",\"wss_link\":["
            + "\"wss://broadcastlv.chat.bilibili.com:443/sub\","
            + "\"wss://broadcastlv.chat.bilibili.com:2245/sub\"]}}}";
      }
    },
    /** An event. */
    DANMAKU(Danmaku.class, PlainDanmaku.class) {
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
    },
    /** The body of a heartbeat for 200 connections. */
    BATCH(BatchHeartbeatRequest.class, PlainBatch.class) {
      @Override
      String json() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          ids.add("\"" + new UUID(i, i * 31L) + "\"");
        }
        return "{\"conn_ids\":[" + String.join(",", ids) + "]}";
      }
    };

    final Class<?> model;
    final Class<?> plain;

    Sample(Class<?> model, Class<?> plain) {
      this.model = model;
      this.plain = plain;
    }

    abstract String json();
  }

  // Named as the JSON is, so that no library needs annotations.
  static class PlainStart {
    public int code;
    public String message;
    public String request_id;
    public Integer ttl;
    public PlainData data;
  }

  static class PlainData {
    public String conn_id;
    public PlainSocket websocket_info;
  }

  static class PlainSocket {
    public String auth_body;
    public List<String> wss_link;
  }

  static class PlainDanmaku {
    public String open_id;
    public String union_id;
    public String uname;
    public String uface;
    public long uid;
    public long fans_medal_level;
    public String fans_medal_name;
    public boolean fans_medal_wearing_status;
    public long guard_level;
    public long room_id;
    public long timestamp;
    public String msg_id;
    public String msg;
    public String emoji_img_url;
    public long dm_type;
    public long glory_level;
    public String reply_open_id;
    public String reply_uname;
    public long is_admin;
  }

  static class PlainBatch {
    public List<String> conn_ids;
  }
}
