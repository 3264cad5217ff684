package io.github.bililive.sandbox;

import java.util.List;
import java.util.Set;
import okhttp3.HttpUrl;
import okhttp3.mockwebserver.MockResponse;
import org.jspecify.annotations.Nullable;

/**
 * The page on which a broadcaster authorises the app, for desktop and mobile browsers. Checked are,
 * in this order: the method (4010), that the query has the page's parameters, each once (4000),
 * client_id (127004), and that gourl is in a callback domain of the app (4000). What is wrong is
 * told by a page with HTTP status 400; the browser is not sent on.
 */
final class AuthorisationPage {
  private static final Set<String> DESKTOP = Set.of("client_id", "gourl", "state");
  private static final Set<String> MOBILE =
      Set.of("client_id", "gourl", "state", "navhide", "callback");

  /** What a link of the page adds: the number of the broadcaster who agrees, or "refuse". */
  private static final String CHOICE = "sandbox_choice";

  private static final String REFUSE = "refuse";

  /** So many links fit on a page. */
  private static final int BROADCASTERS_SHOWN = 20;

  private final SandboxSettings settings;
  private final Grants grants;

  AuthorisationPage(SandboxSettings settings, Grants grants) {
    this.settings = settings;
    this.grants = grants;
  }

  static boolean isAt(@Nullable Endpoint endpoint) {
    return endpoint == Endpoint.AUTHORISATION || endpoint == Endpoint.MOBILE_AUTHORISATION;
  }

  Answer judge(Incoming request) throws Refusal {
    if (!"GET".equals(request.method)) {
      throw new Refusal(Code.NO_SUCH_INTERFACE, "the method must be GET");
    }
    HttpUrl url = request.url;
    boolean mobile = request.arrival.endpoint() == Endpoint.MOBILE_AUTHORISATION;
    Set<String> expected = mobile ? MOBILE : DESKTOP;
    if (url == null || !hasEachOnce(url, expected)) {
      throw new Refusal(
          Code.BAD_PARAMETER, "the query must have " + expected.stream().sorted().toList());
    }
    if (mobile
        && !(url.queryParameter("navhide") + " " + url.queryParameter("callback"))
            .matches("[01] (skip|close|browser)")) {
      throw new Refusal(
          Code.BAD_PARAMETER, "navhide must be 0 or 1, callback skip, close or browser");
    }
    if (!settings.clientId().equals(url.queryParameter("client_id"))) {
      throw new Refusal(Code.CLIENT_ID_INVALID, "client_id is not this app's");
    }
    HttpUrl gourl = HttpUrl.parse(String.valueOf(url.queryParameter("gourl")));
    if (gourl == null || !isInCallbackDomain(gourl.host())) {
      throw new Refusal(
          Code.BAD_PARAMETER,
          "gourl must be in the app's callback domain, one of " + settings.callbackDomains());
    }
    return Answer.success(Answer.NULL);
  }

  private static boolean hasEachOnce(HttpUrl url, Set<String> expected) {
    return expected.stream()
            .allMatch(
                name -> {
                  List<@Nullable String> values = url.queryParameterValues(name);
                  return values.size() == 1 && values.get(0) != null && !values.get(0).isEmpty();
                })
        && url.queryParameterNames().stream()
            .allMatch(name -> expected.contains(name) || name.equals(CHOICE));
  }

  private boolean isInCallbackDomain(String host) {
    return settings.callbackDomains().stream()
        .anyMatch(domain -> host.equals(domain) || host.endsWith("." + domain));
  }

  /** Sends the browser on, or shows the page, or says what was wrong. */
  MockResponse respond(Answer answer, Incoming request) {
    HttpUrl url = request.url;
    if (answer.code() != Code.SUCCESS || url == null) {
      return page(400, "<p>不合法的授权请求: " + escaped(answer.message()) + "</p>");
    }
    String choice = url.queryParameter(CHOICE);
    if (choice == null && grants.consent == Consent.ASKED) {
      return page(200, links(url));
    }
    if (choice == null) {
      choice = grants.consent == Consent.REFUSES ? REFUSE : "0";
    }
    HttpUrl.Builder back = HttpUrl.get(String.valueOf(url.queryParameter("gourl"))).newBuilder();
    if (choice.equals(REFUSE)) {
      back.addQueryParameter("error", "access_denied");
    } else if (choice.matches("[0-9]{1,6}") && Integer.parseInt(choice) < broadcasters()) {
      back.addQueryParameter("code", grants.newCode(Integer.parseInt(choice)));
    } else {
      return page(400, "<p>there is no such broadcaster</p>");
    }
    back.addQueryParameter("state", url.queryParameter("state"));
    return Responses.redirect(302, back.toString());
  }

  private int broadcasters() {
    return settings.accessTokens().size();
  }

  private String links(HttpUrl url) {
    StringBuilder links = new StringBuilder();
    links.append("<p>App <b>").append(escaped(settings.clientId())).append("</b> asks for the");
    links.append(" scope LIVE_ROOM_DATA. This is a sandbox: nobody is logged in.</p>\n");
    for (int i = 0; i < Math.min(broadcasters(), BROADCASTERS_SHOWN); i++) {
      long room = grants.room(i).id;
      links.append(link(url, String.valueOf(i), "Authorise, as the broadcaster of room " + room));
    }
    return links.append(link(url, REFUSE, "Refuse")).toString();
  }

  private static String link(HttpUrl url, String choice, String text) {
    HttpUrl target = url.newBuilder().addQueryParameter(CHOICE, choice).build();
    return "<p><a href=\"%s\">%s</a></p>\n"
        .formatted(escaped(target.encodedPath() + "?" + target.encodedQuery()), escaped(text));
  }

  private static MockResponse page(int status, String body) {
    String html =
        "<!DOCTYPE html>\n<html><head><title>bililive sandbox</title></head><body>\n"
            + body
            + "\n</body></html>\n";
    return Responses.of(status, "text/html; charset=utf-8", html)
        .setHeader("Referrer-Policy", "no-referrer");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
