package io.github.bililive.internal.token;

import io.github.bililive.error.AuthorisationRefusedException;
import io.github.bililive.internal.http.Loopback;
import io.github.bililive.token.AuthorizationRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A broadcaster's visit to the page on which they authorise the app. */
final class PageVisit implements AuthorizationRequest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** 192 bits; a multiple of 3, so that Base64 needs no padding. */
  private static final int STATE_BYTES = 24;

  private static final Pattern STATE = Pattern.compile("[A-Za-z0-9_-]{32}");

  private static final Pattern QUERY = Pattern.compile("^[\\w&]+=");

  private static final Pattern PLAIN_URL =
      Pattern.compile(
          "https?://[^/?#\\\\\\s\\p{Cntrl}][^\\\\\\s\\p{Cntrl}]*", Pattern.CASE_INSENSITIVE);

  /** What may be shown of a page's answer. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private final HttpUrl accountBaseUrl;
  private final String clientId;
  private final String callbackUrl;
  private final String state;
  private final AtomicBoolean answered = new AtomicBoolean();

  private PageVisit(HttpUrl accountBaseUrl, String clientId, String callbackUrl, String state) {
    this.accountBaseUrl = accountBaseUrl;
    this.clientId = clientId;
    this.callbackUrl = callbackUrl;
    this.state = state;
  }

  /** Returns a visit with a state of its own. */
  static PageVisit begin(HttpUrl accountBaseUrl, String clientId, String callbackUrl) {
    byte[] random = new byte[STATE_BYTES];
    RANDOM.nextBytes(random);
    String state = ByteString.of(random).base64Url();
    return new PageVisit(accountBaseUrl, clientId, checked(callbackUrl), state);
  }

  /** Returns a visit that began earlier. */
  static PageVisit resume(
      HttpUrl accountBaseUrl, String clientId, String callbackUrl, String savedState) {
    checked(callbackUrl);
    Objects.requireNonNull(savedState, "savedState is null: give what getState() returned");
    if (!STATE.matcher(savedState).matches()) {
      throw new IllegalArgumentException(
          "savedState is not one that getState() returned: a state must be random, so the SDK"
              + " takes none but its own; for a new visit leave it out");
    }
    return new PageVisit(accountBaseUrl, clientId, callbackUrl, savedState);
  }

  private static String checked(String callbackUrl) {
    Objects.requireNonNull(
        callbackUrl, "callbackUrl is null: give an address in the app's callback domain");
    // OkHttp reads more than the page does, to which the text goes as it is.
    HttpUrl url = PLAIN_URL.matcher(callbackUrl).matches() ? HttpUrl.parse(callbackUrl) : null;
    if (url == null) {
      throw new IllegalArgumentException(
          "callbackUrl is no http or https address, or holds a blank or a backslash: give one in"
              + " the app's callback domain, such as https://example.com/callback");
    }
    if (!url.isHttps() && !Loopback.isLoopback(url.host())) {
      throw new IllegalArgumentException(
          "callbackUrl on host "
              + url.host()
              + " is not HTTPS: anyone on the way could read the code; cleartext is accepted for"
              + " loopback addresses (localhost, 127.0.0.0/8, [::1]) alone");
    }
    if (url.fragment() != null
        || !url.username().isEmpty()
        || !url.password().isEmpty()
        || url.queryParameterNames().contains("code")
        || url.queryParameterNames().contains("state")
        || url.queryParameterNames().contains("error")) {
      throw new IllegalArgumentException(
          "callbackUrl on host "
              + url.host()
              + " holds a user, a fragment or a parameter code, state or error: leave it out, the"
              + " page adds code and state");
    }
    return callbackUrl;
  }

  @Override
  public String getUrl() {
    return page("pc/account-pc/auth/oauth")
        .addQueryParameter("client_id", clientId)
        .addQueryParameter("gourl", callbackUrl)
        .addQueryParameter("state", state)
        .toString();
  }

  @Override
  public String getMobileUrl(boolean navigationHidden, MobileReturn then) {
    Objects.requireNonNull(then, "then is null: give SKIP to go on to the callback");
    return page("h5/account-h5/auth/oauth")
        .addQueryParameter("navhide", navigationHidden ? "1" : "0")
        .addQueryParameter("callback", then.name().toLowerCase(Locale.ROOT))
        .addQueryParameter("gourl", callbackUrl)
        .addQueryParameter("client_id", clientId)
        .addQueryParameter("state", state)
        .toString();
  }

  private HttpUrl.Builder page(String path) {
    return accountBaseUrl.newBuilder().addPathSegments(path);
  }

  @Override
  public String getState() {
    return state;
  }

  @Override
  public String codeFrom(String cameBackTo) {
    HttpUrl answer = queryOf(cameBackTo);
    List<@Nullable String> states = answer.queryParameterValues("state");
    String answeredState = states.size() == 1 ? states.get(0) : null;
    if (answeredState == null || !isOwn(answeredState)) {
      String problem = states.size() > 1 ? "there more than once" : "missing";
      throw new IllegalArgumentException(
          "the address does not answer this request: its state is "
              + (answeredState == null ? problem : "another's")
              + "; give the whole address at which the browser ended");
    }
    if (answer.queryParameterNames().contains("error")) {
      use();
      String error = only(answer, "error");
      throw new AuthorisationRefusedException(
          error != null && WORD.matcher(error).matches() ? error : "");
    }
    String code = only(answer, "code");
    if (code == null || code.isEmpty()) {
      throw new IllegalArgumentException(
          "the address holds no code, or several: give the whole one at which the browser ended");
    }
    use();
    return code;
  }

  /** Returns an address with the same query, which may come alone. */
  private static HttpUrl queryOf(String callbackUrl) {
    Objects.requireNonNull(
        callbackUrl, "callbackUrl is null: give the address at which the browser ended");
    String text = callbackUrl.trim();
    int mark = text.indexOf('?');
    boolean isQuery = mark < 0 && QUERY.matcher(text).find();
    String query = mark < 0 && !isQuery ? "" : text.substring(mark + 1);
    return HttpUrl.get("http://callback/?" + query);
  }

  /** Returns a parameter's value; null if there is none, or more than one. */
  private static @Nullable String only(HttpUrl url, String name) {
    List<@Nullable String> values = url.queryParameterValues(name);
    return values.size() == 1 ? values.get(0) : null;
  }

  /** Takes as long for any state of the same length. */
  private boolean isOwn(String other) {
    return MessageDigest.isEqual(
        state.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private void use() {
    if (!answered.compareAndSet(false, true)) {
      throw new IllegalStateException(
          "this request has had its answer, which counts once: make a new one");
    }
  }

  @Override
  public String toString() {
    return "AuthorizationRequest{callback=" + HttpUrl.get(callbackUrl).host() + ", state=██}";
  }
}
