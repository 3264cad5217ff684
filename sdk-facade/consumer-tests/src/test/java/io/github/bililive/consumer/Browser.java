package io.github.bililive.consumer;

import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** A page in Chromium without a window, driven over its DevTools protocol. Used by one thread. */
final class Browser {
  private static final long PATIENCE_SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final OkHttpClient http = new OkHttpClient.Builder().readTimeout(Duration.ZERO).build();
  private final WebSocket socket;
  private final Map<Long, CompletableFuture<Map<?, ?>>> asked = new ConcurrentHashMap<>();
  private @Nullable String session;
  private long lastId;

  /** Starts a browser whose profile is in this folder, and opens an empty page. */
  Browser(Path folder, int width, int height) throws Exception {
    List<String> command = new ArrayList<>(List.of(executable().toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--disable-lcd-text",
            "--force-color-profile=srgb",
            "--remote-debugging-port=0",
            "--user-data-dir=" + folder,
            "--window-size=" + width + "," + height,
            "about:blank"));
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader printed = process.inputReader(StandardCharsets.UTF_8);
    String line = printed.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = printed.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("the browser ended at once");
    }
    // A full pipe would stop the browser.
    Thread drain = new Thread(() -> printed.lines().forEach(other -> {}), "browser-output");
    drain.setDaemon(true);
    drain.start();
    Request request = new Request.Builder().url(line.substring(LISTENING.length())).build();
    socket = http.newWebSocket(request, new Answers());
    Object target = ask("Target.createTarget", Map.of("url", "about:blank")).get("targetId");
    session =
        (String)
            ask("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .get("sessionId");
    ask(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  private static Path executable() {
    String given = System.getProperty("browser.executable", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no Chromium in PATH; -Dbrowser.executable names one"));
  }

  private final class Answers extends WebSocketListener {
    @Override
    public void onMessage(WebSocket from, String text) {
      Map<?, ?> message = read(text);
      if (message.get("id") instanceof Double id) {
        CompletableFuture<Map<?, ?>> answer = asked.remove(id.longValue());
        if (answer != null) {
          answer.complete(message);
        }
      }
    }

    @Override
    public void onFailure(WebSocket from, Throwable cause, @Nullable Response response) {
      asked.values().forEach(answer -> answer.completeExceptionally(cause));
    }
  }

  private static Map<?, ?> read(String json) {
    try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
      return (Map<?, ?>) reader.readJsonValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<?, ?> ask(String method, Map<String, ?> parameters) throws Exception {
    Map<String, Object> message = new HashMap<>();
    message.put("id", ++lastId);
    message.put("method", method);
    message.put("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<Map<?, ?>> answer = new CompletableFuture<>();
    asked.put(lastId, answer);
    Buffer json = new Buffer();
    try (JsonWriter writer = JsonWriter.of(json)) {
      writer.jsonValue(message);
    }
    socket.send(json.readUtf8());
    Map<?, ?> answered = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!(answered.get("result") instanceof Map<?, ?> result)) {
      throw new IllegalStateException(method + ": " + answered.get("error"));
    }
    return result;
  }

  void open(String url) throws Exception {
    ask("Page.navigate", Map.of("url", url));
  }

  /** Returns the value of an expression, of a promise's outcome if it is one. */
  @Nullable Object evaluate(String script) throws Exception {
    Map<?, ?> result =
        ask(
            "Runtime.evaluate",
            Map.of("expression", script, "awaitPromise", true, "returnByValue", true));
    if (result.get("exceptionDetails") != null) {
      throw new IllegalStateException(script + ": " + result.get("exceptionDetails"));
    }
    return ((Map<?, ?>) result.get("result")).get("value");
  }

  /** Waits in the page until an expression is true, undefined elements included. */
  void await(String condition) throws Exception {
    String wait =
        "new Promise(done => { const look = () => { let is = false;"
            + " try { is = %s; } catch (e) { is = false; }"
            + " if (is) done(true); else setTimeout(look, 30); }; look(); })";
    evaluate(wait.formatted(condition));
  }

  String text(String selector) throws Exception {
    return String.valueOf(evaluate(element(selector) + ".innerText"));
  }

  /** Waits until a button is there, and clicks it as a mouse does. */
  void click(String selector) throws Exception {
    await(element(selector) + ".getClientRects().length > 0");
    Object place =
        evaluate(
            "(() => { const e = %s; e.scrollIntoView({ block: 'nearest' });"
                    .formatted(element(selector))
                + " const r = e.getBoundingClientRect();"
                + " return [r.x + r.width / 2, r.y + r.height / 2]; })()");
    List<?> xy = (List<?>) place;
    for (String type : List.of("mousePressed", "mouseReleased")) {
      ask(
          "Input.dispatchMouseEvent",
          Map.of("type", type, "x", xy.get(0), "y", xy.get(1), "button", "left", "clickCount", 1));
    }
  }

  void type(String selector, String text) throws Exception {
    click(selector);
    ask("Input.insertText", Map.of("text", text));
  }

  private static String element(String selector) {
    return "document.querySelector('" + selector + "')";
  }

  /** Returns a PNG of what the window shows. */
  byte[] picture() throws Exception {
    Object data = ask("Page.captureScreenshot", Map.of("format", "png")).get("data");
    return Base64.getDecoder().decode(String.valueOf(data));
  }

  void close() throws InterruptedException {
    socket.cancel();
    http.dispatcher().executorService().shutdown();
    process.destroy();
    process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
