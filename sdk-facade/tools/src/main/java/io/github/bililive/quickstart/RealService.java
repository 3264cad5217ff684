package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.environment.Environment;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The service that the environment names. */
final class RealService implements Service {
  private final BiliLiveClientBuilder builder;
  private final @Nullable IdentityCode identityCode;
  private final String intro;

  private RealService(
      BiliLiveClientBuilder builder, @Nullable IdentityCode identityCode, String intro) {
    this.builder = builder;
    this.identityCode = identityCode;
    this.intro = intro;
  }

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException if it is incomplete or wrong
   */
  static RealService of(Environment environment) {
    IdentityCode identityCode = environment.identityCode();
    String how = "";
    if (identityCode != null) {
      how = ", by identity code";
    } else if (!environment.hasAccessToken()) {
      how = ", with the tokens that login has stored in " + environment.tokens();
    }
    return new RealService(
        identityCode == null ? environment.appAndBroadcaster() : environment.app(),
        identityCode,
        "running against " + environment.service() + how + ", heartbeats every 20 s");
  }

  @Override
  public String kind() {
    return "service";
  }

  @Override
  public String intro() {
    return intro;
  }

  @Override
  public BiliLiveClientBuilder builder() {
    return builder;
  }

  @Override
  public LiveConnection connect(BiliLiveClient client, int room, LiveListener listener) {
    return identityCode == null ? client.connect(listener) : client.connect(identityCode, listener);
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
