package io.github.bililive.internal.http;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.Moshi;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.internal.message.LongNumbers;
import io.github.bililive.internal.time.CallbackErrors;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Connection;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor.Chain;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;
import retrofit2.converter.moshi.MoshiConverterFactory;

/**
 * Where a call passes the user's OkHttp client: in front of all interceptors, behind them, and at
 * the wire. Secrets exist at the wire alone: there they are put into the request and taken out of
 * the answer, so that no interceptor of the user's sees one.
 *
 * <p>Only {@link IOException}s are thrown here: after anything else OkHttp ends its thread.
 */
public final class Wire {
  /**
   * How long a call may take from end to end, in seconds, unless the user's client has a limit of
   * its own. OkHttp has none by default, and an answer that trickles would hold a caller for ever.
   */
  static final long CALL_TIMEOUT_SECONDS = 30;

  /**
   * The longest answer that is read, in bytes. The longest that the platform is known to give, 200
   * failed ids, has about 8,000.
   */
  static final long MAX_BYTES = 1 << 20;

  /** How much is kept of an answer that is too long, for the error message. */
  private static final long START_BYTES = 4096;

  /** JSON has none, but gateways have been seen to send one. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final String USER_AGENT = "User-Agent";

  /** Puts the secrets into requests. */
  interface Filling {
    /** Returns the request as it leaves, once for each time that OkHttp sends it. */
    Request fill(Request request, CallTrace trace) throws IOException;

    /**
     * Returns whether a request whose time the platform refused (4003) is to be filled and sent
     * again. It was not carried out, so this is safe for every call.
     */
    default boolean hasOtherTime(CallTrace trace) {
      return false;
    }
  }

  private final Dispatcher dispatcher;
  private final HttpUrl baseUrl;
  private final Filling filling;

  private Wire(Dispatcher dispatcher, HttpUrl baseUrl, Filling filling) {
    this.dispatcher = dispatcher;
    this.baseUrl = baseUrl;
    this.filling = filling;
  }

  /**
   * Returns a client with the user's settings, interceptors and connection pool, and with:
   *
   * <ul>
   *   <li>secrets filled in behind all interceptors of the user's, for the configured host alone;
   *   <li>HTTP/1.1, in whose terms the platform's documentation is written;
   *   <li>a dispatcher of its own, so that closing the SDK cancels the SDK's calls alone.
   * </ul>
   */
  static OkHttpClient derive(
      OkHttpClient users, Dispatcher dispatcher, HttpUrl baseUrl, Filling filling) {
    Wire wire = new Wire(dispatcher, baseUrl, filling);
    OkHttpClient.Builder derived =
        guarded(users)
            .dispatcher(dispatcher)
            .protocols(Collections.singletonList(Protocol.HTTP_1_1))
            // Ours are kept by the scheduler: an EventListener that throws when a call is cancelled
            // would end the one thread that keeps all of Okio's.
            .callTimeout(0, TimeUnit.SECONDS);
    derived.interceptors().add(1, wire::inFront);
    derived.interceptors().add(wire::behind);
    derived.networkInterceptors().add(wire::atWire);
    return derived.build();
  }

  /**
   * Makes of the user's settings those of a client whose calls end by {@link IOException}s: parts
   * of the user's may throw anything, and OkHttp itself does at a few odd answers. It follows no
   * redirects and answers no challenge, since secrets are for the configured host alone, and talks
   * to this machine itself without a proxy.
   */
  public static OkHttpClient.Builder guarded(OkHttpClient users) {
    EventListener.Factory listeners = users.eventListenerFactory();
    UsersProxies proxies = new UsersProxies(users);
    OkHttpClient.Builder guarded =
        users
            .newBuilder()
            .followRedirects(false)
            .followSslRedirects(false)
            .authenticator(Authenticator.NONE)
            .proxy(null)
            .proxySelector(proxies)
            .eventListenerFactory(
                call -> {
                  try {
                    return listeners.create(call);
                  } catch (Throwable e) {
                    CallbackErrors.warn(
                        "your EventListener.Factory threw; the call is made without", e);
                    return EventListener.NONE;
                  }
                });
    guarded.interceptors().add(0, chain -> first(chain, proxies));
    return guarded;
  }

  private static Response first(Chain chain, UsersProxies proxies) throws IOException {
    Request request = chain.request();
    try {
      boolean isNamed = request.header(USER_AGENT) != null;
      return chain.proceed(
          isNamed ? request : request.newBuilder().header(USER_AGENT, Version.USER_AGENT).build());
    } catch (IOException e) {
      throw proxies.named(request.url(), e);
    } catch (Throwable e) {
      throw told(e);
    }
  }

  /** Returns what a call fails with in place of this. */
  static IOException told(Throwable thrown) {
    IOException told =
        new ProtocolException( // Trying again would throw again.
            "OkHttp, or an interceptor, the Dns or another part of your OkHttpClient threw "
                + thrown);
    told.initCause(thrown);
    return told;
  }

  /** Returns how long a call over the user's client may take, in milliseconds. */
  static long callTimeoutMillis(OkHttpClient users) {
    int limitMillis = users.callTimeoutMillis();
    return limitMillis == 0 ? TimeUnit.SECONDS.toMillis(CALL_TIMEOUT_SECONDS) : limitMillis;
  }

  /** Returns what makes the generated interfaces over a derived client. */
  static Retrofit retrofit(OkHttpClient derived, HttpUrl baseUrl, JsonAdapter.Factory models) {
    Moshi moshi = new Moshi.Builder().add(models).build();
    return new Retrofit.Builder()
        .baseUrl(baseUrl)
        .client(derived)
        // On Android, Retrofit would otherwise run callbacks on the main thread.
        .callbackExecutor(Runnable::run)
        .addConverterFactory(MoshiConverterFactory.create(moshi))
        .build();
  }

  /**
   * In front of all interceptors of the user's: takes in the whole answer, and puts secrets back.
   */
  private Response inFront(Chain chain) throws IOException {
    if (dispatcher.executorService().isShutdown()) {
      throw new IOException("the client is closed");
    }
    Request request = chain.request();
    CallTrace trace = CallTrace.of(request);
    trace.begin();
    Response response = proceed(chain, request, trace);
    Envelope envelope = trace.envelope();
    if (envelope != null
        && envelope.code == PlatformCode.TIMESTAMP_EXPIRED.getNumber()
        && filling.hasOtherTime(trace)) {
      response.close();
      response = proceed(chain, request, trace);
    }
    return response;
  }

  private static Response proceed(Chain chain, Request request, CallTrace trace)
      throws IOException {
    Response response = chain.proceed(request);
    trace.headersCame(response);
    String text = trace.readAtWire(response.body());
    if (text == null) { // An interceptor made another body.
      text = AuthBodySeal.unseal(read(response), trace.sealed);
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (LongNumbers.isIn(bytes)) {
      throw new UnusableAnswer("it holds " + LongNumbers.problem(), text);
    }
    trace.textCame(text);
    return withText(response, bytes);
  }

  /**
   * The last application interceptor. Refuses a request that was turned elsewhere before a
   * connection is opened there; keeps OkHttp from sending a call again by itself that must not be
   * carried out twice, once it has begun to leave. Before that, OkHttp still tries the host's other
   * addresses.
   */
  private Response behind(Chain chain) throws IOException {
    Request request = chain.request();
    requireConfiguredHost(request.url());
    RequestBody body = request.body();
    if (body == null || CalledOperation.of(request).repeatable) {
      return chain.proceed(request);
    }
    return chain.proceed(
        request.newBuilder().method(request.method(), new OneShotBody(body)).build());
  }

  /** The last network interceptor: puts secrets into the request and takes them out again. */
  private Response atWire(Chain chain) throws IOException {
    Request request = chain.request();
    requireConfiguredHost(request.url());
    CallTrace trace = CallTrace.of(request);
    sendAtOnce(chain.connection());
    Request filled = filling.fill(request, trace);
    trace.sending();
    Response response = chain.proceed(filled).newBuilder().request(request).build();
    trace.headersCame(response);
    String text = read(response);
    byte[] sealedText = AuthBodySeal.seal(text, trace.sealed).getBytes(StandardCharsets.UTF_8);
    Response sealed = withText(response, sealedText);
    trace.readAtWire(text, sealed.body());
    return sealed;
  }

  /**
   * Switches Nagle's algorithm off. A batch of 200 ids takes more than one write of OkHttp's, and
   * the last part would wait for the server's delayed acknowledgement of those before: some 40 ms.
   */
  private static void sendAtOnce(@Nullable Connection connection) throws IOException {
    if (connection != null) {
      connection.socket().setTcpNoDelay(true);
    }
  }

  private void requireConfiguredHost(HttpUrl url) throws IOException {
    if (!url.host().equals(baseUrl.host())
        || url.port() != baseUrl.port()
        || !url.scheme().equals(baseUrl.scheme())) {
      throw new NotSentException(
          "not sent: the request is for "
              + origin(url)
              + ", but the secrets of this client are for "
              + origin(baseUrl)
              + " alone; an interceptor must not turn it elsewhere, set the base URL instead");
    }
  }

  private static String origin(HttpUrl url) {
    return url.scheme() + "://" + url.host() + ":" + url.port();
  }

  private static String read(Response response) throws IOException {
    try (ResponseBody body = response.body()) {
      if (body == null) {
        return "";
      }
      BufferedSource source = body.source();
      if ("gzip".equalsIgnoreCase(response.header("Content-Encoding"))) {
        source = Okio.buffer(new GzipSource(source));
      }
      if (source.request(MAX_BYTES + 1)) {
        throw new UnusableAnswer(
            "it is longer than " + MAX_BYTES + " bytes",
            source.readString(START_BYTES, StandardCharsets.UTF_8));
      }
      String text = source.readString(StandardCharsets.UTF_8);
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
  }

  /** Returns the response with this text, plain, in place of its body. */
  private static Response withText(Response response, byte[] bytes) {
    String type = response.header("Content-Type");
    String retryAfter = response.header("Retry-After");
    Response.Builder with = response.newBuilder();
    if (retryAfter != null && retryAfter.matches("[0-9]{10,}")) {
      with.header("Retry-After", "999999999"); // OkHttp throws at what is no int.
    }
    return with.removeHeader("Content-Encoding")
        .removeHeader("Transfer-Encoding")
        .header("Content-Length", Integer.toString(bytes.length))
        .body(ResponseBody.create(bytes, type == null ? null : MediaType.parse(type)))
        .build();
  }
}
