package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The service that the environment names. */
final class RealService implements Service {
  static final List<String> REQUIRED =
      List.of("BILILIVE_CLIENT_ID", "BILILIVE_APP_SECRET", "BILILIVE_ACCESS_TOKEN");
  static final String BASE_URL = "BILILIVE_BASE_URL";

  private final BiliLiveClient.Builder builder;
  private final String accessToken;
  private final String where;

  private RealService(BiliLiveClient.Builder builder, String accessToken, String where) {
    this.builder = builder;
    this.accessToken = accessToken;
    this.where = where;
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
        builder.baseUrl(baseUrl);
      }
      String accessToken = environment.get(REQUIRED.get(2));
      builder.accessToken(accessToken);
      return new RealService(
          builder, accessToken, baseUrl.isEmpty() ? "the Bilibili Open Platform" : baseUrl);
    } catch (IllegalArgumentException e) {
      throw new UsageException("wrong environment: " + e.getMessage());
    }
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
  public String accessToken(int connection) {
    return accessToken;
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
