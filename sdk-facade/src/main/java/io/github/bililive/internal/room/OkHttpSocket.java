package io.github.bililive.internal.room;

import io.github.bililive.ConnectionState.Reason;
import io.github.bililive.LiveEvent;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.message.EventReader;
import io.github.bililive.internal.message.EventType;
import io.github.bililive.internal.packet.BrotliMissingException;
import io.github.bililive.internal.packet.FrameReader;
import io.github.bililive.internal.packet.PacketException;
import io.github.bililive.internal.packet.PacketSink;
import io.github.bililive.internal.packet.PacketWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A socket over OkHttp. Its frames are read, and events handed to the {@link EventQueue}, on
 * OkHttp's reader thread of this socket; that thread alone waits when the listener is slow.
 */
final class OkHttpSocket extends WebSocketListener implements LiveSocket, PacketSink {
  /** RFC 6455: the purpose of the connection is fulfilled. */
  private static final int NORMAL_CLOSURE = 1000;

  private final Events events;
  private final EventQueue queue;
  private final RoomCounters counters;
  private final FrameReader frames;
  private final Redaction redaction;

  /** Used by the socket's reader alone. */
  private final EventReader eventReader = new EventReader();

  private final AtomicBoolean over = new AtomicBoolean();
  private final BoundedSocketFactory bound;

  /** What OkHttp calls uses its own argument instead: it may come before this is set. */
  private final WebSocket webSocket;

  /** Begins to open the socket. */
  OkHttpSocket(
      LiveConnections shared, String link, Events events, EventQueue queue, RoomCounters counters) {
    this.events = events;
    this.queue = queue;
    this.counters = counters;
    frames = shared.frames;
    redaction = shared.redaction;
    bound = new BoundedSocketFactory(shared.http.socketFactory());
    webSocket =
        bound.bound(shared.http).newWebSocket(new Request.Builder().url(link).build(), this);
  }

  @Override
  public void authenticate(String authBody) {
    webSocket.send(PacketWriter.auth(authBody));
  }

  @Override
  public void beat() {
    bound.beating();
    webSocket.send(PacketWriter.heartbeat());
  }

  @Override
  public boolean heldBackSince(long nanos) {
    return queue.heldBackSince(nanos);
  }

  @Override
  public void close() {
    over.set(true);
    webSocket.close(NORMAL_CLOSURE, null);
  }

  @Override
  public void cancel() {
    over.set(true);
    webSocket.cancel();
  }

  private void lost(Reason reason, String message, @Nullable Integer closeCode) {
    if (over.compareAndSet(false, true)) {
      events.lost(reason, message, closeCode);
    }
  }

  // What OkHttp tells

  @Override
  public void onOpen(WebSocket webSocket, Response response) {
    events.opened();
  }

  @Override
  public void onMessage(WebSocket webSocket, ByteString frame) {
    bound.messageCame();
    if (over.get()) {
      return;
    }
    counters.frameCame();
    try {
      frames.read(frame, this);
    } catch (BrotliMissingException e) {
      lost(Reason.BROTLI_MISSING, String.valueOf(e.getMessage()), null);
      webSocket.cancel();
    } catch (PacketException e) {
      unreadable(webSocket, e.getMessage());
    } catch (Throwable e) { // Memory is short, say: OkHttp would let its thread die of it.
      unreadable(webSocket, e.getClass().getName());
    }
  }

  private void unreadable(WebSocket webSocket, @Nullable String why) {
    lost(Reason.FRAME_UNREADABLE, "a frame could not be read: " + why, null);
    webSocket.cancel();
  }

  @Override
  public void onClosing(WebSocket webSocket, int code, String reason) {
    webSocket.close(NORMAL_CLOSURE, null);
    lost(Reason.SOCKET_LOST, "the platform closed the socket with code " + code, code);
  }

  @Override
  public void onFailure(WebSocket webSocket, Throwable thrown, @Nullable Response response) {
    String excess = bound.excess();
    if (excess != null) {
      unreadable(webSocket, excess);
      return;
    }
    String message =
        response == null
            ? "the socket broke: " + redaction.startOf(thrown.toString())
            : "the socket was refused with HTTP " + response.code();
    lost(Reason.SOCKET_LOST, message, null);
  }

  // A frame's packets

  @Override
  public void authReply(int code) {
    events.authReply(code);
  }

  @Override
  public void heartbeatReply(long popularity) {
    counters.popularity = popularity;
    events.heartbeatReply();
  }

  @Override
  public void message(byte[] buffer, int offset, int length) {
    LiveEvent event = eventReader.read(buffer, offset, length);
    queue.offer(this, event);
    String endedConnId = EventType.endedConnId(event);
    if (endedConnId != null) {
      events.interactionEnded(endedConnId);
    }
  }

  @Override
  public void unknown(int version, int operation) {
    // A packet of a newer protocol is ignored, and no reason to hang up.
  }
}
