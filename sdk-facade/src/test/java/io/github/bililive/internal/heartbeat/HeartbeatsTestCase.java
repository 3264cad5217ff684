package io.github.bililive.internal.heartbeat;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.github.bililive.HeartbeatListener;
import io.github.bililive.HeartbeatPolicy;
import io.github.bililive.HeartbeatState;
import io.github.bililive.KeepAlive;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.internal.time.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Heartbeats in virtual time, with the default interval of 20 s and time to live of 30 s. */
abstract class HeartbeatsTestCase {
  static final Duration FIRST_DELAY = Duration.ofSeconds(5);
  static final Duration INTERVAL = Duration.ofSeconds(20);

  /** The interval, less 99 hundredths of a slot, which is a third of a second. */
  static final Duration PERIOD = INTERVAL.minusNanos(333_333_334L * 99 / 100);

  static final Duration TICK = Duration.ofNanos(1);

  final VirtualTime time = new VirtualTime();
  final FakePlatform platform = new FakePlatform(time);
  final List<String> heard = new ArrayList<>();
  final List<BiliLiveException> failures = new ArrayList<>();
  final List<BiliLiveException> refusals = new ArrayList<>();
  final List<Integer> batchLimits = new ArrayList<>();
  final HeartbeatPolicy policy = HeartbeatPolicy.DEFAULT;
  final Heartbeats heartbeats =
      new Heartbeats(
          platform,
          time,
          Runnable::run,
          policy,
          new Random(1),
          new HeartbeatEvents() {
            @Override
            public void requestFailed(
                List<String> connIds,
                FailureKind kind,
                BiliLiveException cause,
                long retryInMillis) {
              failures.add(cause);
            }

            @Override
            public void refused(BiliLiveException cause) {
              refusals.add(cause);
            }

            @Override
            public void batchLimitChanged(int batchLimit) {
              batchLimits.add(batchLimit);
            }
          });

  final HeartbeatListener listener =
      (connId, state, cause) -> {
        if (state != HeartbeatState.ALIVE) {
          heard.add(state + " " + connId);
        }
      };

  List<KeepAlive> keep(String... connIds) {
    List<KeepAlive> kept = new ArrayList<>();
    for (String connId : connIds) {
      kept.add(heartbeats.register(platform.start(connId), listener));
    }
    return kept;
  }

  static String[] ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id" + i).toArray(String[]::new);
  }

  FakePlatform.Seen last() {
    return platform.seen.get(platform.seen.size() - 1);
  }

  static long seconds(double seconds) {
    return MILLISECONDS.toNanos((long) (seconds * 1_000));
  }
}
