package io.github.bililive.quickstart;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import io.github.bililive.sandbox.Chatter;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxSocket;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SentEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A sandbox on this machine, whose rooms chat, and to which a thing or two happens. */
final class SandboxService implements Service {
  /** The sandbox's connections die this long after their last heartbeat. */
  private static final Duration LIFE = Duration.ofSeconds(6);

  /** Two thirds of it, as with the platform's 20 s of 30 s. */
  private static final Duration INTERVAL = Duration.ofSeconds(4);

  /** Each room says something this often, and every so many events comes twice. */
  private static final Duration CHAT_INTERVAL = Duration.ofMillis(1_500);

  private static final int REPEAT_EVERY = 7;
  private static final int CONNECTIONS_PER_ROOM = 5;

  /** How long events may be on their way, in milliseconds. */
  private static final long SETTLE_MILLIS = 10_000;

  private final Sandbox sandbox;
  private final Chatter chatter;

  SandboxService(int connections) {
    sandbox =
        Sandbox.builder()
            .timeToLive(LIFE)
            .accessTokens(
                IntStream.range(0, connections)
                    .mapToObj(room -> "sandbox-token-of-room-" + room)
                    .toArray(String[]::new))
            .start();
    chatter = sandbox.startChatter(CHAT_INTERVAL, REPEAT_EVERY);
  }

  @Override
  public String kind() {
    return "sandbox";
  }

  @Override
  public String intro() {
    return "no credentials are set, so this runs against a sandbox on "
        + sandbox.baseUrl()
        + ", heartbeats every "
        + INTERVAL.toSeconds()
        + " s instead of 20 s";
  }

  @Override
  public BiliLiveClientBuilder builder() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
        .baseUrl(sandbox.baseUrl())
        .heartbeatInterval(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)
        .connIdTimeToLive(LIFE.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public LiveConnection connect(BiliLiveClient client, int room, LiveListener listener) {
    return client.connect(sandbox.accessTokens().get(room), listener);
  }

  @Override
  public void perform(
      List<LiveConnection> connections, CountDownLatch interrupted, int seconds, Narrator narrator)
      throws InterruptedException {
    long quarterMillis = TimeUnit.SECONDS.toMillis(seconds) / 4;
    if (Service.endsWithin(quarterMillis, connections, interrupted)) {
      return;
    }
    cutASocket(narrator);
    if (Service.endsWithin(quarterMillis, connections, interrupted)) {
      return;
    }
    // Only if there is time for a heartbeat to notice, and to come back.
    if (2 * quarterMillis > INTERVAL.plusSeconds(2).toMillis()) {
      expireAConnection(narrator);
    }
    Service.endsWithin(2 * quarterMillis, connections, interrupted);
  }

  private void cutASocket(Narrator narrator) {
    List<SandboxSocket> open = sandbox.sockets().open();
    if (!open.isEmpty()) {
      narrator.say("cutting", "a socket on purpose: " + ofRoom(open.get(0).seen().roomId()));
      open.get(0).drop();
    }
  }

  private void expireAConnection(Narrator narrator) {
    List<SeenConnection> alive =
        sandbox.connections().stream()
            .filter(seen -> seen.state() == SeenConnection.State.ALIVE)
            .toList();
    if (!alive.isEmpty()) {
      SeenConnection victim = alive.get(alive.size() - 1);
      narrator.say(
          "expiring",
          "conn_id "
              + Narrator.shorten(victim.connId())
              + " on purpose: the sandbox forgets it, "
              + ofRoom(victim.roomId()));
      sandbox.expire(victim.connId());
    }
  }

  private static String ofRoom(@Nullable Long roomId) {
    return "that of sandbox room " + roomId;
  }

  @Override
  public void settle(List<LiveConnection> connections) throws InterruptedException {
    chatter.close();
    CountDownLatch never = new CountDownLatch(1);
    for (long waited = 0; waited < SETTLE_MILLIS && received(connections) < sent(); waited += 20) {
      never.await(20, TimeUnit.MILLISECONDS);
    }
  }

  private static long received(List<LiveConnection> connections) {
    return connections.stream().mapToLong(connection -> connection.health().getReceived()).sum();
  }

  @Override
  public long sent() {
    return sandbox.events().stream().filter(event -> event.fate() == SentEvent.Fate.SENT).count();
  }

  @Override
  public void close() {
    chatter.close();
    sandbox.close();
  }
}
