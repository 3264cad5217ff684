package io.github.bililive.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/** Writes requests into the journal, with what is needed to explain a refusal and no secret. */
final class RequestJournal {
  private static final int SHOWN = 300;
  private static final int BODY_SHOWN = 2_000;
  private static final int SECRET_LENGTH = 8;

  /** None of the calls by token has such a field; who sends one may send a real secret. */
  private static final String SECRET_IN_JSON =
      "(?i)(\"[^\"]*(?:token|secret|code|auth|password)[^\"]*\"\\s*:\\s*\")[^\"]*\"?";

  /** Whose values are no secrets. What is not listed here is blanked. */
  private static final Set<String> SHOWN_HEADERS =
      Set.of(
          "accept",
          "accept-encoding",
          "connection",
          "content-length",
          "content-type",
          "host",
          "origin",
          "sec-websocket-version",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          Signature.ACCESS_KEY_ID,
          Signature.CONTENT_MD5,
          Signature.METHOD,
          Signature.NONCE,
          Signature.VERSION,
          Signature.TIMESTAMP);

  private final Journal journal;
  private final SandboxSettings settings;
  private final Grants grants;
  private final Connections connections;

  RequestJournal(
      Journal journal, SandboxSettings settings, Grants grants, Connections connections) {
    this.journal = journal;
    this.settings = settings;
    this.grants = grants;
    this.connections = connections;
  }

  void add(Incoming request, SeenRequest seen) {
    Arrival arrival = request.arrival;
    Map<String, Object> brief = new LinkedHashMap<>();
    brief.put("call", seen.endpoint() == null ? "UNKNOWN" : seen.endpoint().name());
    if (seen.endpoint() == null) {
      brief.put("path", pathOf(arrival.target()));
    }
    brief.put("request", arrival.number());
    brief.put("code", seen.code());
    brief.put("message", seen.message());
    brief.put("fault", seen.fault() == null ? null : seen.fault().toString());
    brief.put("ids", arrival.connIds().size());
    Detail detail = new Detail(request, seen, shownBody(request));
    journal.add(Journal.Kind.REQUEST, roomOf(arrival), brief, () -> toMap(detail));
  }

  /** What is kept to explain a request: not the whole of a large body. */
  private record Detail(
      @Nullable String method,
      Arrival arrival,
      String requestId,
      List<Verdicts.Verdict> verdicts,
      SignatureSearch.@Nullable Found signedInstead,
      int bodyLength,
      String body) {
    Detail(Incoming request, SeenRequest seen, String body) {
      this(
          request.method,
          request.arrival,
          seen.requestId(),
          request.verdicts.all(),
          request.signedInstead,
          request.body.length,
          body);
    }
  }

  private @Nullable Long roomOf(Arrival arrival) {
    String token = arrival.headers().get("access-token");
    Room room = token == null || token.isEmpty() ? null : grants.roomOf(token);
    if (room == null && arrival.connIds().size() == 1) {
      Connection connection = connections.ofId(arrival.connIds().get(0));
      room = connection == null ? null : connection.room;
    }
    return room == null ? null : room.id;
  }

  private Map<String, ?> toMap(Detail detail) {
    Headers headers = detail.arrival.headers();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("method", detail.method);
    map.put("target", shown(target(detail.arrival.target())));
    map.put("requestId", detail.requestId);
    map.put("bodyLength", detail.bodyLength);
    map.put("body", blanked(detail.body));
    List<Map<String, ?>> checked = new ArrayList<>();
    detail.verdicts.forEach(verdict -> checked.add(checked(headers, verdict)));
    map.put("checked", checked);
    List<Map<String, ?>> others = new ArrayList<>();
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if (detail.verdicts.stream().noneMatch(verdict -> verdict.header().equalsIgnoreCase(name))) {
        others.add(Map.of("name", shown(name), "sent", value(name, headers.value(i))));
      }
    }
    map.put("others", others);
    if (detail.verdicts.stream().anyMatch(v -> v.header().equals("Authorization"))) {
      map.put("expectedText", blanked(Signature.text(headers)));
      if (detail.signedInstead != null) {
        map.put("signedText", blanked(detail.signedInstead.text()));
        map.put("mistakes", detail.signedInstead.mistakes());
      }
    }
    return map;
  }

  private Map<String, ?> checked(Headers headers, Verdicts.Verdict verdict) {
    List<String> sent =
        headers.values(verdict.header()).stream()
            .map(value -> value(verdict.header(), value))
            .toList();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", verdict.header());
    map.put("sent", sent);
    map.put("expected", verdict.expected());
    map.put("problem", verdict.problem());
    return map;
  }

  private String value(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (SHOWN_HEADERS.contains(lower) || value.isEmpty()) {
      return shown(value);
    }
    if (lower.equals("authorization")) {
      return Redaction.BLOCK + " (" + shape(value) + ")";
    }
    return Redaction.BLOCK;
  }

  private static String shape(String signature) {
    String kind =
        signature.matches("[0-9a-f]+")
            ? "lower-case hex"
            : signature.matches("[0-9a-fA-F]+") ? "hex" : "no hex";
    return signature.length() + ", " + kind;
  }

  /** Returns the target without the values of its query, client_id's excepted. */
  private static String target(String target) {
    String[] parts = target.split("\\?", 2);
    return parts.length < 2
        ? target
        : parts[0] + "?" + parts[1].replaceAll("(?<!client_id)=[^&]*", "=" + Redaction.BLOCK);
  }

  private String pathOf(String target) {
    return shown(target.split("\\?", 2)[0]);
  }

  private static String shownBody(Incoming request) {
    Endpoint called = request.arrival.endpoint();
    if (called == null) {
      return request.body.length == 0 ? "" : Redaction.BLOCK;
    }
    String text = new String(request.body, 0, Math.min(BODY_SHOWN, request.body.length), UTF_8);
    return switch (called) {
      case TOKEN, REFRESH_TOKEN -> text.replaceAll("=[^&]*", "=" + Redaction.BLOCK);
      case APP_START -> text.replaceAll(":\\s*\"[^\"]*\"?", ":\"" + Redaction.BLOCK + "\"");
      default -> text.replaceAll(SECRET_IN_JSON, "$1" + Redaction.BLOCK + "\"");
    };
  }

  private String shown(String value) {
    return blanked(value.length() > SHOWN ? value.substring(0, SHOWN) + "…" : value);
  }

  /** Blanks what is a secret of this sandbox, wherever a client has put it. */
  private String blanked(String text) {
    List<String> secrets = grants.secrets();
    secrets.add(settings.appSecret().text());
    String blanked = text;
    for (String secret : secrets) {
      // A test's token may be one letter: it is blanked in its own place alone.
      if (secret.length() >= SECRET_LENGTH) {
        blanked = blanked.replace(secret, Redaction.BLOCK);
      }
    }
    return blanked;
  }
}
