package io.github.bililive.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * The page on which one sees what happens in the sandbox, its files, and the API by which it asks
 * and acts. None of these requests is the platform's: no log has them and no fault strikes them.
 */
final class SandboxPage {
  static final String PATH = "/sandbox/";

  private static final String JSON = "application/json; charset=utf-8";
  private static final int ENTRIES_AT_ONCE = 1_000;

  private static final Map<String, String> FILES =
      Map.of(
          "", "text/html; charset=utf-8",
          "page.css", "text/css; charset=utf-8",
          "page.js", "text/javascript; charset=utf-8",
          "details.js", "text/javascript; charset=utf-8",
          "texts.js", "text/javascript; charset=utf-8");

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final Journal journal;
  private final PageState state;
  private final PageActions actions;
  private final PageFeed feed;

  SandboxPage(Journal journal, PageState state, PageActions actions, PageFeed feed) {
    this.journal = journal;
    this.state = state;
    this.actions = actions;
    this.feed = feed;
  }

  /** Returns null if the request is for the platform. */
  @Nullable MockResponse respond(RecordedRequest request) {
    String target = Objects.requireNonNullElse(request.getPath(), "");
    boolean isPage = target.startsWith(PATH);
    String problem = Loopback.problem(request, isPage);
    if (problem != null) {
      Map<String, Object> brief = new LinkedHashMap<>();
      brief.put("what", "refused");
      brief.put("text", problem);
      journal.add(Journal.Kind.ACTION, null, brief);
      return error(403, problem);
    }
    if (!isPage) {
      return isForPeople(request, target)
          ? Responses.redirect(302, PATH).setHeader("Cache-Control", "no-store")
          : null;
    }
    HttpUrl url = HttpUrl.parse("http://sandbox" + target);
    if (url == null) {
      return error(400, "the path is no URL's");
    }
    String name = url.encodedPath().substring(PATH.length());
    try {
      return name.equals("feed") ? openFeed(request) : respond(request, url, name);
    } catch (IllegalArgumentException e) {
      return error(400, String.valueOf(e.getMessage()));
    }
  }

  private static boolean isForPeople(RecordedRequest request, String target) {
    String accept = request.getHeader("Accept");
    return (target.equals("/") || target.equals("/sandbox"))
        && accept != null
        && accept.contains("text/html");
  }

  private MockResponse respond(RecordedRequest request, HttpUrl url, String name) {
    boolean isAction = name.startsWith("api/") && "POST".equals(request.getMethod());
    if (!isAction && !"GET".equals(request.getMethod())) {
      return error(405, "the method must be GET, or POST for an action");
    }
    if (isAction) {
      String type = Objects.requireNonNullElse(request.getHeader("Content-Type"), "");
      if (!type.split(";", 2)[0].strip().equals("application/json")) {
        return error(415, "Content-Type must be application/json");
      }
      Map<?, ?> arguments = Json.readObject(request.getBody());
      return json(actions.perform(name.substring("api/".length()), arguments));
    }
    String type = FILES.get(name);
    if (type != null) {
      return file(name.isEmpty() ? "page.html" : name, type);
    }
    return switch (name) {
      case "api/state" -> json(state.now());
      case "api/credentials" -> json(state.credentials(number(url, "room")));
      case "api/journal" -> journal(number(url, "after"));
      case "api/entry" -> entry(number(url, "number"));
      default -> error(404, "there is no such page");
    };
  }

  private static long number(HttpUrl url, String name) {
    String text = Objects.requireNonNullElse(url.queryParameter(name), "");
    if (!text.matches("-?[0-9]{1,15}")) {
      throw new IllegalArgumentException("the query must have " + name + ", a whole number");
    }
    return Long.parseLong(text);
  }

  private MockResponse journal(long after) {
    List<Map<String, ?>> entries = new ArrayList<>();
    journal.after(after, ENTRIES_AT_ONCE).forEach(entry -> entries.add(PageFeed.toMap(entry)));
    return json(Map.of("entries", entries));
  }

  private MockResponse entry(long number) {
    Journal.Entry entry = journal.entry(number);
    if (entry == null) {
      return error(404, "there is no such entry, or it is no longer kept");
    }
    Map<String, Object> map = PageFeed.toMap(entry);
    map.put("detail", entry.detail().get());
    return json(map);
  }

  private MockResponse openFeed(RecordedRequest request) {
    if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
      return error(400, "this is a WebSocket");
    }
    return feed.isFull()
        ? error(503, "so many pages are open already: " + PageFeed.VIEWERS)
        : new MockResponse().withWebSocketUpgrade(feed.viewer());
  }

  private static MockResponse file(String name, String type) {
    try (InputStream in = SandboxPage.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks the page's file " + name);
      }
      Buffer body = new Buffer().readFrom(in);
      return guarded(Responses.of(200, type, "").setBody(body));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MockResponse json(Object value) {
    return guarded(Responses.of(200, JSON, Json.write(value)));
  }

  private static MockResponse error(int status, String problem) {
    return guarded(Responses.of(status, JSON, Json.write(Map.of("error", problem))));
  }

  private static MockResponse guarded(MockResponse response) {
    return response
        .setHeader("Cache-Control", "no-store")
        .setHeader("Content-Security-Policy", POLICY)
        .setHeader("X-Content-Type-Options", "nosniff")
        .setHeader("Referrer-Policy", "no-referrer");
  }

  void close() {
    feed.close();
  }
}
