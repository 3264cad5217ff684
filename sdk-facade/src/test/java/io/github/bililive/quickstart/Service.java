package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.signing.Credentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the quickstart runs: the service that the environment names, or a sandbox of its own.
 *
 * @param sandbox null for a real service
 * @param intro the first line of output
 * @param builder a client builder with everything set that depends on the place
 * @param accessTokens one for each five connections, used in turn
 */
record Service(
    @Nullable Sandbox sandbox,
    String intro,
    BiliLiveClient.Builder builder,
    List<String> accessTokens)
    implements AutoCloseable {
  /** The sandbox's connections die this long after their last heartbeat. */
  static final Duration SANDBOX_LIFE = Duration.ofSeconds(6);

  /** Two thirds of it, as with the platform's 20 s of 30 s. */
  static final Duration SANDBOX_INTERVAL = Duration.ofSeconds(4);

  private static final int CONNECTIONS_PER_ROOM = 5;
  private static final List<String> REQUIRED =
      List.of("BILILIVE_CLIENT_ID", "BILILIVE_APP_SECRET", "BILILIVE_ACCESS_TOKEN");
  private static final String BASE_URL = "BILILIVE_BASE_URL";

  /**
   * Chooses the place.
   *
   * @throws UsageException if credentials are set in part or wrongly
   */
  static Service of(Map<String, String> environment, int connections) {
    List<String> missing = new ArrayList<>(REQUIRED);
    missing.removeIf(name -> !environment.getOrDefault(name, "").isBlank());
    if (missing.isEmpty()) {
      return real(environment);
    }
    boolean noneIsSet = missing.size() == REQUIRED.size();
    if (noneIsSet && environment.getOrDefault(BASE_URL, "").isBlank()) {
      return sandbox(connections);
    }
    throw new UsageException(
        "missing environment variable"
            + (missing.size() == 1 ? " " : "s ")
            + String.join(", ", missing)
            + ": set all of "
            + String.join(", ", REQUIRED)
            + " to use a service, or none for the sandbox");
  }

  private static Service real(Map<String, String> environment) {
    try {
      BiliLiveClient.Builder builder =
          BiliLiveClient.builder()
              .credentials(
                  Credentials.of(
                      environment.get(REQUIRED.get(0)), environment.get(REQUIRED.get(1))));
      String baseUrl = environment.getOrDefault(BASE_URL, "").strip();
      if (!baseUrl.isEmpty()) {
        builder.baseUrl(baseUrl);
      }
      String accessToken = environment.get(REQUIRED.get(2));
      builder.accessToken(accessToken);
      String where = baseUrl.isEmpty() ? "the Bilibili Open Platform" : baseUrl;
      String intro = "service   running against " + where + ", heartbeats every 20 s";
      return new Service(null, intro, builder, List.of(accessToken));
    } catch (IllegalArgumentException e) {
      throw new UsageException("wrong environment: " + e.getMessage());
    }
  }

  private static Service sandbox(int connections) {
    int rooms = (connections + CONNECTIONS_PER_ROOM - 1) / CONNECTIONS_PER_ROOM;
    Sandbox sandbox =
        Sandbox.builder()
            .timeToLive(SANDBOX_LIFE)
            .accessTokens(
                IntStream.range(0, rooms)
                    .mapToObj(room -> "sandbox-token-of-room-" + room)
                    .toArray(String[]::new))
            .start();
    BiliLiveClient.Builder builder =
        BiliLiveClient.builder()
            .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
            .baseUrl(sandbox.baseUrl())
            .heartbeatInterval(SANDBOX_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
            .timeToLive(SANDBOX_LIFE.toMillis(), TimeUnit.MILLISECONDS);
    String intro =
        "sandbox   no credentials are set, so this runs against a sandbox on "
            + sandbox.baseUrl()
            + ", heartbeats every "
            + SANDBOX_INTERVAL.toSeconds()
            + " s instead of 20 s";
    return new Service(sandbox, intro, builder, sandbox.accessTokens());
  }

  /** Returns the token of the room that the connection with this number goes to. */
  String accessToken(int connection) {
    return accessTokens.get(connection / CONNECTIONS_PER_ROOM % accessTokens.size());
  }

  @Override
  public void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
