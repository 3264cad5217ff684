package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The service that the environment names. */
final class RealService implements Service {
  static final List<String> REQUIRED =
      List.of("BILILIVE_CLIENT_ID", "BILILIVE_APP_SECRET", "BILILIVE_ACCESS_TOKEN");
  private static final List<String> BY_CODE = List.of("BILILIVE_IDENTITY_CODE", "BILILIVE_APP_ID");
  static final String BASE_URL = "BILILIVE_BASE_URL";

  private final BiliLiveClient.Builder builder;
  private final String accessToken;
  private final @Nullable IdentityCode identityCode;
  private final String where;

  private RealService(
      BiliLiveClient.Builder builder,
      String accessToken,
      @Nullable IdentityCode identityCode,
      String where) {
    this.builder = builder;
    this.accessToken = accessToken;
    this.identityCode = identityCode;
    this.where = where;
  }

  /** Returns the variables that must be set: an identity code takes the place of a token. */
  static List<String> required(Map<String, String> environment) {
    boolean byCode =
        BY_CODE.stream().anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
    return byCode
        ? List.of(REQUIRED.get(0), REQUIRED.get(1), BY_CODE.get(0), BY_CODE.get(1))
        : REQUIRED;
  }

  static RealService of(Map<String, String> environment) {
    try {
      BiliLiveClient.Builder builder =
          BiliLiveClient.builder()
              .credentials(
                  Credentials.of(
                      environment.get(REQUIRED.get(0)), environment.get(REQUIRED.get(1))));
      String baseUrl = environment.getOrDefault(BASE_URL, "").strip();
      if (!baseUrl.isEmpty()) {
        builder.baseUrl(baseUrl).openLiveBaseUrl(baseUrl);
      }
      String where = baseUrl.isEmpty() ? "the Bilibili Open Platform" : baseUrl;
      if (required(environment) != REQUIRED) {
        return new RealService(
            builder, "", identityCode(environment), where + ", by identity code");
      }
      String accessToken = environment.get(REQUIRED.get(2));
      builder.accessToken(accessToken);
      return new RealService(builder, accessToken, null, where);
    } catch (IllegalArgumentException e) {
      throw new UsageException("wrong environment: " + e.getMessage());
    }
  }

  private static IdentityCode identityCode(Map<String, String> environment) {
    String appId = environment.get(BY_CODE.get(1)).strip();
    if (!appId.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException(
          BY_CODE.get(1) + " is " + appId + ": give the app's project id, a number of 13 digits");
    }
    return IdentityCode.of(environment.get(BY_CODE.get(0)), Long.parseLong(appId));
  }

  @Override
  public String kind() {
    return "service";
  }

  @Override
  public String intro() {
    return "running against " + where + ", heartbeats every 20 s";
  }

  @Override
  public BiliLiveClient.Builder builder() {
    return builder;
  }

  @Override
  public LiveConnection connect(BiliLiveClient client, int connection, LiveListener listener) {
    return identityCode == null
        ? client.connect(accessToken, listener)
        : client.connect(identityCode, listener);
  }

  @Override
  public void perform(
      List<LiveConnection> connections, CountDownLatch interrupted, int seconds, Narrator narrator)
      throws InterruptedException {
    Service.endsWithin(TimeUnit.SECONDS.toMillis(seconds), connections, interrupted);
  }

  @Override
  public void settle(List<LiveConnection> connections) {}

  @Override
  public long sent() {
    return -1;
  }

  @Override
  public void close() {}
}
