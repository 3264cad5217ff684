package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A raw client of the long connection. Used by one test's thread. */
final class TestSocket extends WebSocketListener {
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<ByteString> frames = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> opened = new CompletableFuture<>();
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Queue<Unpacked> unpacked = new ArrayDeque<>();
  private final WebSocket webSocket;

  private TestSocket(OkHttpClient client, Request request) {
    webSocket = client.newWebSocket(request, this);
  }

  static TestSocket dial(OkHttpClient client, String url) {
    return dial(client, new Request.Builder().url(url).build());
  }

  static TestSocket dial(OkHttpClient client, Request request) {
    return new TestSocket(client, request);
  }

  TestSocket awaitOpen() throws Exception {
    assertThat(opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("open");
    return this;
  }

  void send(ByteString frame) {
    assertThat(webSocket.send(frame)).isTrue();
  }

  void sendText(String text) {
    assertThat(webSocket.send(text)).isTrue();
  }

  TestSocket sendAuth(String body) {
    send(Unpacked.pack(1, Unpacked.AUTH, 1, ByteString.encodeUtf8(body)));
    return this;
  }

  TestSocket authenticate(String body) throws Exception {
    sendAuth(body);
    Unpacked reply = next();
    assertThat(reply.operation()).isEqualTo(Unpacked.AUTH_REPLY);
    assertThat(reply.text()).isEqualTo("{\"code\":0}");
    return this;
  }

  void sendHeartbeat(String body) {
    send(Unpacked.pack(1, Unpacked.HEARTBEAT, 1, ByteString.encodeUtf8(body)));
  }

  /** Returns the next packet. */
  Unpacked next() throws Exception {
    while (unpacked.isEmpty()) {
      unpacked.addAll(Unpacked.unpack(nextFrame()));
    }
    return unpacked.remove();
  }

  ByteString nextFrame() throws InterruptedException {
    @Nullable ByteString frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (frame == null) {
      throw new AssertionError("no frame came; the socket is " + end.getNow("open"));
    }
    return frame;
  }

  String nextText() throws InterruptedException {
    @Nullable String text = texts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("no text came; the socket is " + end.getNow("open"));
    }
    return text;
  }

  String nextMessage() throws Exception {
    Unpacked packet = next();
    assertThat(packet.operation()).isEqualTo(Unpacked.MESSAGE);
    return packet.text();
  }

  /** Returns how it ended: the close code, or the failure. */
  String awaitEnd() throws Exception {
    return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Returns what has come and was not asked for, after the end. */
  List<String> rest() throws Exception {
    awaitEnd();
    List<ByteString> left = new ArrayList<>();
    frames.drainTo(left);
    for (ByteString frame : left) {
      unpacked.addAll(Unpacked.unpack(frame));
    }
    return unpacked.stream().map(Unpacked::text).toList();
  }

  void cancel() {
    webSocket.cancel();
  }

  void close() {
    webSocket.close(1000, null);
  }

  @Override
  public void onOpen(WebSocket socket, Response response) {
    opened.complete("open");
  }

  @Override
  public void onMessage(WebSocket socket, ByteString frame) {
    frames.add(frame);
  }

  @Override
  public void onMessage(WebSocket socket, String text) {
    texts.add(text);
  }

  @Override
  public void onClosing(WebSocket socket, int code, String reason) {
    socket.close(1000, null);
    end.complete("closed with " + code);
  }

  @Override
  public void onFailure(WebSocket socket, Throwable cause, @Nullable Response response) {
    String status = response == null ? "no response" : "status " + response.code();
    try (Response closing = response) {
      String body = closing == null || closing.code() == 101 ? "" : closing.body().string();
      opened.complete(status + " " + body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end.complete("failed: " + cause.getClass().getSimpleName());
    }
  }

  /** Returns the answer to the upgrade: {@code open}, or the status and the body. */
  String awaitUpgrade() throws Exception {
    return opened.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
