package io.github.bililive.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * Keeps open pages up to date, each over a WebSocket: with the journal's new entries, and with the
 * state about once a second. A page that reads too slowly misses some of it and stays bounded.
 */
final class PageFeed {
  /** So many pages may be open at once: each holds a thread. */
  static final int VIEWERS = 20;

  private static final int ENTRIES_AT_ONCE = 500;
  private static final int ENTRIES_AT_FIRST = 1_000;
  private static final long TICK_MILLIS = 200;
  private static final int TICKS_PER_STATE = 5;
  private static final int SMALL_STATE = 20_000;
  private static final long BACKLOG_LIMIT = 2 << 20;

  private final Journal journal;
  private final PageState state;
  private final SocketHub hub;
  private final List<Viewer> viewers = new CopyOnWriteArrayList<>();
  private @Nullable ScheduledThreadPoolExecutor ticker;
  private long tick;
  private int stateLength;
  private boolean closed;

  PageFeed(Journal journal, PageState state, SocketHub hub) {
    this.journal = journal;
    this.state = state;
    this.hub = hub;
  }

  boolean isFull() {
    return viewers.size() >= VIEWERS;
  }

  Viewer viewer() {
    return new Viewer();
  }

  /** One open page. */
  final class Viewer extends WebSocketListener {
    private @Nullable WebSocket webSocket;
    private @Nullable TcpSocket tcp;

    /** The newest entry that was sent. Guarded by the feed. */
    private long sent;

    @Override
    public void onOpen(WebSocket opened, Response response) {
      webSocket = opened;
      tcp = TcpSocket.ofThisThread();
      join(this);
    }

    @Override
    public void onClosing(WebSocket closing, int code, String reason) {
      viewers.remove(this);
      closing.close(1000, null);
    }

    @Override
    public void onFailure(WebSocket failed, Throwable cause, @Nullable Response response) {
      viewers.remove(this);
    }

    private boolean send(String json) {
      WebSocket to = webSocket;
      return to != null && to.queueSize() < BACKLOG_LIMIT && to.send(json);
    }
  }

  private synchronized void join(Viewer viewer) {
    if (closed) {
      return;
    }
    List<Journal.Entry> entries = journal.after(0, ENTRIES_AT_FIRST);
    viewer.sent = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).number();
    viewers.add(viewer);
    viewer.send(message("hello", entries));
    viewer.send(stateMessage());
    if (ticker == null) {
      ticker =
          new ScheduledThreadPoolExecutor(
              1, DaemonThread.named("sandbox-page"), new ThreadPoolExecutor.DiscardPolicy());
      ticker.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void tick() {
    try {
      tick++;
      if (viewers.isEmpty()) {
        return;
      }
      boolean news = false;
      for (Viewer viewer : viewers) {
        List<Journal.Entry> entries = journal.after(viewer.sent, ENTRIES_AT_ONCE);
        if (!entries.isEmpty() && viewer.send(message("entries", entries))) {
          viewer.sent = entries.get(entries.size() - 1).number();
          news = true;
        }
      }
      if (tick % TICKS_PER_STATE == 0 || (news && stateLength < SMALL_STATE)) {
        String now = stateMessage();
        viewers.forEach(viewer -> viewer.send(now));
      }
    } catch (RuntimeException | Error e) {
      hub.failed(e);
    }
  }

  private String stateMessage() {
    Map<String, Object> message = new LinkedHashMap<>(state.now());
    message.put("type", "state");
    String text = Json.write(message);
    stateLength = text.length();
    return text;
  }

  private static String message(String type, List<Journal.Entry> entries) {
    List<Map<String, ?>> written = new ArrayList<>();
    entries.forEach(entry -> written.add(toMap(entry)));
    return Json.write(Map.of("type", type, "entries", written));
  }

  /** Returns an entry as the list shows it. */
  static Map<String, Object> toMap(Journal.Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>(entry.brief());
    map.put("number", entry.number());
    map.put("at", entry.atWallMillis());
    map.put("kind", entry.kind().name());
    map.putIfAbsent("room", entry.roomId());
    return map;
  }

  void close() {
    synchronized (this) {
      closed = true;
      if (ticker != null) {
        ticker.shutdownNow();
      }
    }
    for (Viewer viewer : viewers) {
      TcpSocket tcp = viewer.tcp;
      if (tcp != null) {
        tcp.end();
      }
    }
  }
}
