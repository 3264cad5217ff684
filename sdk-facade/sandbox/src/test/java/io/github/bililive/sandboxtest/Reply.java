package io.github.bililive.sandboxtest;

import java.io.IOException;
import java.util.Map;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What a client got. */
record Reply(int status, @Nullable String contentType, String body) {
  static Reply of(Response response) throws IOException {
    return new Reply(
        response.code(), response.header("Content-Type"), String.valueOf(response.body().string()));
  }

  Map<String, Object> envelope() throws IOException {
    return Json.object(Json.read(body));
  }

  int code() throws IOException {
    return ((Double) Json.get(envelope(), "code")).intValue();
  }

  String message() throws IOException {
    return (String) Json.get(envelope(), "message");
  }

  Object data() throws IOException {
    return Json.get(envelope(), "data");
  }
}
