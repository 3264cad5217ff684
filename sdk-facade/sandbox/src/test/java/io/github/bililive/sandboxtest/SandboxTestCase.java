package io.github.bililive.sandboxtest;

import io.github.bililive.sandbox.ManualClock;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;

/** A sandbox on a clock that stands still, and a client. */
class SandboxTestCase {
  static final long NOW = 1_760_000_000;

  /** Reached only if something hangs. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  final ManualClock clock = ManualClock.startingAt(NOW * 1000);
  final OkHttpClient client =
      new OkHttpClient.Builder()
          .callTimeout(LIMIT)
          .connectTimeout(LIMIT)
          .readTimeout(LIMIT)
          .build();
  Sandbox sandbox = configure(Sandbox.builder().clock(clock)).start();

  SandboxBuilder configure(SandboxBuilder builder) {
    return builder;
  }

  @AfterEach
  void close() {
    client.dispatcher().executorService().shutdown();
    client.connectionPool().evictAll();
    sandbox.close();
  }

  long timestamp() {
    return clock.wallMillis() / 1000;
  }

  TestCall start() {
    return TestCall.start(sandbox, timestamp());
  }

  TestCall heartbeat(String connId) {
    return TestCall.heartbeat(sandbox, timestamp(), connId);
  }

  TestCall batch(List<String> connIds) {
    return TestCall.batch(sandbox, timestamp(), connIds);
  }

  Reply send(TestCall call) throws IOException {
    return call.send(client);
  }

  String startedId() throws IOException {
    return (String) Json.get(send(start()).data(), "conn_id");
  }
}
