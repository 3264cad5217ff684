package io.github.bililive.sandbox;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * The calls by access token. After {@link RequestCheck} come, in this order: the access token
 * (127000, 127001), the query (4000), the body's shape (4000), and what the call itself refuses
 * (7003, 7004, 7005, 7010).
 */
final class Platform {
  static final long FIRST_ROOM_ID = 1_000_001;

  private final SandboxSettings settings;
  private final RequestCheck check;
  private final Connections connections;
  private final Supplier<List<String>> wssLinks;
  private final Grants grants;
  private final AccountService account;
  private final OAuthService oauth;
  private final OpenLiveService openLive;
  final AuthorisationPage page;

  Platform(
      SandboxSettings settings,
      Connections connections,
      Grants grants,
      Supplier<List<String>> wssLinks) {
    this.settings = settings;
    this.check = new RequestCheck(settings);
    this.connections = connections;
    this.grants = grants;
    this.account = new AccountService(grants);
    this.oauth = new OAuthService(settings, grants);
    this.openLive = new OpenLiveService(settings, connections, grants, wssLinks);
    this.page = new AuthorisationPage(settings, grants);
    this.wssLinks = wssLinks;
  }

  Answer answer(Incoming request) {
    Endpoint called = request.arrival.endpoint();
    if (called == Endpoint.SOCKET) {
      return Upgrade.judge(request);
    }
    try {
      if (called == Endpoint.TOKEN || called == Endpoint.REFRESH_TOKEN) {
        return oauth.answer(request, called);
      }
      if (AuthorisationPage.isAt(called)) {
        return page.judge(request);
      }
      check.check(request);
      if (called != null && called.isOpenLive()) {
        return openLive.answer(request, called);
      }
      return answerChecked(request, Objects.requireNonNull(request.arrival.endpoint()));
    } catch (Refusal refusal) {
      return refusal.answer();
    }
  }

  private Answer answerChecked(Incoming request, Endpoint endpoint) throws Refusal {
    boolean isOptional = endpoint != Endpoint.START && !endpoint.isAboutToken();
    request.verdicts.require("access-token", "", () -> checkAccessToken(request, isOptional));
    String accessToken = String.valueOf(request.arrival.headers().get("access-token"));
    checkQuery(request, endpoint);
    String problem = request.connIds.problem();
    if (problem != null) {
      throw new Refusal(Code.BAD_PARAMETER, problem);
    }
    return switch (endpoint) {
      case START -> start(accessToken);
      case HEARTBEAT -> heartbeat(request.connIds.ids(), request.agent());
      case BATCH_HEARTBEAT -> batchHeartbeat(request.connIds.ids(), request.agent());
      case ACCOUNT_INFO -> account.info(accessToken);
      case ACCOUNT_SCOPES -> account.scopes(accessToken);
      case ROOM_INFO -> account.roomInfo(accessToken);
      default -> throw new IllegalStateException(endpoint + " is no call by access token");
    };
  }

  private void checkAccessToken(Incoming request, boolean isOptional) throws Refusal {
    List<String> sent = request.arrival.headers().values("access-token");
    if (sent.size() > 1) {
      throw new Refusal(Code.TOKEN_INVALID, "access-token is sent " + sent.size() + " times");
    }
    String accessToken = sent.isEmpty() ? "" : sent.get(0);
    if (accessToken.isEmpty()) {
      if (!isOptional) {
        throw new Refusal(Code.TOKEN_MISSING, "access-token is missing");
      }
    } else if (grants.roomOf(accessToken) == null) {
      throw new Refusal(Code.TOKEN_INVALID, "access-token is invalid");
    }
  }

  private void checkQuery(Incoming request, Endpoint endpoint) throws Refusal {
    HttpUrl url = request.url;
    Set<String> expected =
        endpoint == Endpoint.HEARTBEAT || endpoint == Endpoint.BATCH_HEARTBEAT
            ? Set.of("client_id")
            : Set.of();
    if (url == null || !url.queryParameterNames().equals(expected)) {
      throw new Refusal(
          Code.BAD_PARAMETER,
          expected.isEmpty() ? "the query must be empty" : "the query must be client_id alone");
    }
    if (!expected.isEmpty()
        && !url.queryParameterValues("client_id").equals(List.of(settings.clientId()))) {
      throw new Refusal(Code.BAD_PARAMETER, "client_id in the query is not this app's");
    }
  }

  private Answer start(String accessToken) throws Refusal {
    Room room = grants.roomOf(accessToken);
    if (room == null) { // Revoked since it was checked.
      throw new Refusal(Code.TOKEN_INVALID, "access-token is invalid");
    }
    Connection connection = connections.start(room, Door.ACCESS_TOKEN);
    if (connection == null) {
      throw new Refusal(
          Code.TOO_MANY_CONNECTIONS,
          "the room has %d living connections already".formatted(settings.connectionsPerRoom()));
    }
    return Answer.success(StartData.of(connection, wssLinks.get()));
  }

  private Answer heartbeat(List<String> ids, @Nullable String agent) throws Refusal {
    if (!connections.beat(ids, Door.ACCESS_TOKEN, agent).isEmpty()) {
      throw new Refusal(Code.CONNECTION_UNKNOWN, "conn_id has expired or is unknown");
    }
    return Answer.success(Answer.EMPTY_OBJECT);
  }

  private Answer batchHeartbeat(List<String> ids, @Nullable String agent) throws Refusal {
    if (ids.size() > settings.batchLimit()) {
      throw new Refusal(
          Code.BATCH_TOO_LARGE,
          "conn_ids holds %d ids; %d are allowed".formatted(ids.size(), settings.batchLimit()));
    }
    if (new HashSet<>(ids).size() < ids.size()) {
      throw new Refusal(Code.BATCH_DUPLICATES, "conn_ids holds an id twice");
    }
    return failed("failed_conn_ids", connections.beat(ids, Door.ACCESS_TOKEN, agent));
  }

  /** Returns a batch's answer, with the ids that failed. */
  static Answer failed(String name, List<String> failed) {
    return Answer.success(
        writer -> {
          writer.beginObject().name(name).beginArray();
          for (String id : failed) {
            writer.value(id);
          }
          writer.endArray().endObject();
        });
  }
}
