package io.github.bililive.doctor;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.FailureKind;
import io.github.bililive.hook.HeartbeatEvents;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what comes of the first heartbeat that the SDK sends for a connection. */
final class FirstHeartbeat implements HeartbeatEvents {
  /** Longer than the SDK waits for an answer to a heartbeat. */
  private static final long LIMIT_SECONDS = 10;

  private final CompletableFuture<String> result = new CompletableFuture<>();

  @Override
  public void requestAcknowledged(List<String> connIds, List<String> expired, long tookMillis) {
    if (expired.isEmpty()) {
      result.complete("acknowledged after " + tookMillis + " ms");
    } else {
      fail("the platform says that the new conn_id is dead; check: run this again");
    }
  }

  @Override
  public void requestFailed(
      List<String> connIds, FailureKind kind, BiliLiveException cause, long retryInMillis) {
    fail(cause.getMessage());
  }

  private void fail(String problem) {
    result.completeExceptionally(new CheckFailedException(problem));
  }

  boolean isKnown() {
    return result.isDone();
  }

  String await() throws CheckFailedException, InterruptedException {
    try {
      return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CheckFailedException(e.getCause().getMessage());
    } catch (TimeoutException e) {
      throw new CheckFailedException(
          "no heartbeat was answered within " + LIMIT_SECONDS + " s; check: run this again");
    }
  }
}
