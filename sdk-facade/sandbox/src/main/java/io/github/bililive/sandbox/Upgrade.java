package io.github.bililive.sandbox;

import java.util.List;
import java.util.Locale;
import okhttp3.Headers;
import okhttp3.mockwebserver.MockResponse;

/** The HTTP request that opens a WebSocket. */
final class Upgrade {
  private static final int BAD_REQUEST = 400;
  private static final List<String> SECRET = List.of("authorization", "access-token", "x-bili-");

  private Upgrade() {}

  /** Judges it as RFC 6455 does. */
  static Answer judge(Incoming request) {
    Headers headers = request.arrival.headers();
    if (!"GET".equals(request.method)) {
      return bad("a WebSocket is opened with GET");
    }
    if (!"websocket".equalsIgnoreCase(headers.get("Upgrade"))
        || !"upgrade".equalsIgnoreCase(headers.get("Connection"))) {
      return bad("Upgrade must be websocket, and Connection Upgrade");
    }
    if (!"13".equals(headers.get("Sec-WebSocket-Version"))
        || headers.get("Sec-WebSocket-Key") == null) {
      return bad("Sec-WebSocket-Version must be 13, and Sec-WebSocket-Key be there");
    }
    return Answer.success(Answer.NULL);
  }

  private static Answer bad(String problem) {
    return new Answer(Code.BAD_PARAMETER, problem, Answer.NULL);
  }

  /** Opens it, or answers with 400. */
  static MockResponse respond(Answer answer, String requestId, Incoming request, SocketHub hub) {
    if (answer.code() != Code.SUCCESS) {
      return Responses.json(answer.toJson(requestId)).setResponseCode(BAD_REQUEST);
    }
    SocketProtocol protocol =
        new SocketProtocol(hub, request.arrival.target(), errors(request.arrival.headers()));
    return new MockResponse().withWebSocketUpgrade(protocol);
  }

  /** A signature or a token has no business there. */
  private static List<String> errors(Headers headers) {
    return headers.names().stream()
        .filter(name -> SECRET.stream().anyMatch(name.toLowerCase(Locale.ROOT)::startsWith))
        .map(name -> "the upgrade carries " + name)
        .toList();
  }
}
