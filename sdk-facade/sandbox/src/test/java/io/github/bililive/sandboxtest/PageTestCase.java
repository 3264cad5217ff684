package io.github.bililive.sandboxtest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Asks the page's API, as the page does. */
class PageTestCase extends SocketTestCase {
  private static final MediaType JSON = MediaType.get("application/json");

  Request.Builder page(String path) {
    return new Request.Builder().url(sandbox.pageUrl() + path);
  }

  Reply send(Request.Builder request) throws IOException {
    try (Response response = client.newCall(request.build()).execute()) {
      return Reply.of(response);
    }
  }

  Map<String, Object> get(String path) throws IOException {
    Reply reply = send(page(path));
    if (reply.status() != 200) {
      throw new AssertionError(reply);
    }
    return reply.envelope();
  }

  Reply post(String action, String json) throws IOException {
    return send(page("api/" + action).post(RequestBody.create(json, JSON)));
  }

  /** Does what must succeed. */
  Map<String, Object> act(String action, String json) throws IOException {
    Reply reply = post(action, json);
    if (reply.status() != 200) {
      throw new AssertionError(reply);
    }
    return reply.envelope();
  }

  List<Map<String, Object>> journal(String kind) throws IOException {
    return Json.array(Json.get(get("api/journal?after=0"), "entries")).stream()
        .map(Json::object)
        .filter(entry -> kind.equals(entry.get("kind")))
        .toList();
  }

  /** Returns what the page shows of the newest request. */
  Map<String, Object> newestRequest() throws IOException {
    List<Map<String, Object>> requests = journal("REQUEST");
    Object number = requests.get(requests.size() - 1).get("number");
    return get("api/entry?number=" + ((Double) number).longValue());
  }
}
