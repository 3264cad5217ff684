package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/** An interceptor of a user's that writes down everything it can get hold of. */
final class Snooper implements Interceptor {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final StringBuffer seen = new StringBuffer();

  @Override
  public Response intercept(Chain chain) throws IOException {
    write("--> ", chain.request());
    write("call ", chain.call().request());
    RequestBody body = chain.request().body();
    if (body != null) {
      Buffer sent = new Buffer();
      body.writeTo(sent);
      line("body ", sent.readUtf8());
    }
    Response response;
    try {
      response = chain.proceed(chain.request());
    } catch (IOException e) {
      line("<-- ", e);
      throw e;
    }
    write("<-- ", response);
    if (response.code() == SWITCHING_PROTOCOLS) {
      return response; // It has no body, and OkHttp 5 lets nobody ask for one.
    }
    line("peeked ", response.peekBody(Long.MAX_VALUE).string());
    // As logging interceptors do it: buffer the whole body, and read a copy.
    response.body().source().request(Long.MAX_VALUE);
    Buffer buffered = response.body().source().getBuffer().clone();
    line("buffered ", buffered.readString(StandardCharsets.UTF_8));
    line("done ", response.request());
    return response;
  }

  /** Everything that was seen so far. */
  String seen() {
    return seen.toString();
  }

  private void write(String mark, Response response) {
    line(mark, response);
    write(response.headers());
    write("of ", response.request());
    if (response.networkResponse() != null) {
      write("network ", response.networkResponse());
    }
    if (response.priorResponse() != null) {
      write("prior ", response.priorResponse());
    }
  }

  private void write(String mark, Request request) {
    line(mark, request);
    line("tag ", request.tag());
    line("trace ", request.tag(CallTrace.class));
    line("token ", request.tag(AccessToken.class));
    write(request.headers());
  }

  private void write(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      line(headers.name(i) + ": ", headers.value(i));
    }
  }

  private void line(String mark, Object what) {
    seen.append(mark).append(what).append('\n');
  }
}
