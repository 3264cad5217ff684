package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.model.Danmaku;
import io.github.bililive.hook.HeartbeatEvents;
import io.github.bililive.hook.RequestEvents;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxRoom;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many classes a call and an event pass on their way through the SDK.
 *
 * <p>Counted are the classes of the facade's main code, each once, whose methods are in the stack
 * trace of one of these points. A nested or anonymous class counts as one of its own, a lambda as
 * the class that it stands in.
 *
 * <ul>
 *   <li>Way out: where OkHttp begins the call, on the caller's thread, and at the wire, where it
 *       has written the request's headers, behind all interceptors.
 *   <li>Way back: where OkHttp has read the answer's body, where {@link RequestEvents} and {@link
 *       HeartbeatEvents} hear of request and answer, and where the callback hears.
 *   <li>Event: where the listener hears.
 * </ul>
 *
 * <p>Callbacks, hooks and listeners run on the thread that posts them, so that their stack traces
 * hold what led to them.
 *
 * <p>Before the path was made one, these were: blocking start 14, start with callback 21, blocking
 * heartbeat 13, heartbeat with callback 16, heartbeat of an id that is kept alive 18, event 9.
 */
@Timeout(120)
class PathTest {
  private static final int BLOCKING_START = 7;
  private static final int CALLBACK_START = 8;
  private static final int BLOCKING_HEARTBEAT = 6;
  private static final int CALLBACK_HEARTBEAT = 7;
  private static final int KEPT_ALIVE_HEARTBEAT = 9;
  private static final int EVENT = 7;

  private final Set<String> passed = new ConcurrentSkipListSet<>();
  private final Sandbox sandbox = Sandbox.builder().start();
  private final CountDownLatch acknowledged = new CountDownLatch(1);
  private final BiliLiveClient client =
      BiliLiveClient.builder()
          .credentials(Credentials.of(sandbox.clientId(), sandbox.appSecret()))
          .accessToken(sandbox.accessToken())
          .baseUrl(sandbox.baseUrl())
          .okHttpClient(new OkHttpClient.Builder().eventListener(new AtTheWire()).build())
          .callbackExecutor(Runnable::run)
          .heartbeatInterval(1, TimeUnit.SECONDS) // So that the test need not wait for long.
          .requestEvents(new AtTheRequestHook())
          .heartbeatEvents(new AtTheHeartbeatHook())
          .build();

  @AfterEach
  void close() {
    client.close();
    sandbox.close();
  }

  @Test
  void aBlockingStartPassesFewClasses() {
    client.start();

    assertPassedAtMost(BLOCKING_START);
  }

  @Test
  void aStartWithCallbackPassesFewClasses() throws Exception {
    Noting<StartedConnection> callback = new Noting<>();
    client.start(callback);
    callback.await();

    assertPassedAtMost(CALLBACK_START);
  }

  @Test
  void aBlockingHeartbeatPassesFewClasses() {
    String connId = sandbox.startConnections(1).get(0);

    client.heartbeat(connId);

    assertPassedAtMost(BLOCKING_HEARTBEAT);
  }

  @Test
  void aHeartbeatWithCallbackPassesFewClasses() throws Exception {
    Noting<Void> callback = new Noting<>();
    client.heartbeat(sandbox.startConnections(1).get(0), callback);
    callback.await();

    assertPassedAtMost(CALLBACK_HEARTBEAT);
  }

  @Test
  void aHeartbeatOfAnIdThatIsKeptAlivePassesFewClasses() throws Exception {
    client.keepAlive(sandbox.startConnections(1).get(0), (connId, state, cause) -> {});
    assertThat(acknowledged.await(60, TimeUnit.SECONDS)).isTrue();

    assertPassedAtMost(KEPT_ALIVE_HEARTBEAT);
  }

  @Test
  void anEventPassesFewClasses() throws Exception {
    SandboxRoom room = sandbox.room(0);
    Set<String> ofEvent = new TreeSet<>();
    CountDownLatch open = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(1);
    client.connect(
        new LiveListener() {
          @Override
          public void onStateChanged(ConnectionState state) {
            if (state.getPhase() == ConnectionState.Phase.OPEN) {
              open.countDown();
            }
          }

          @Override
          public void onDanmaku(Danmaku message) {
            addTo(ofEvent);
            heard.countDown();
          }
        });
    assertThat(open.await(60, TimeUnit.SECONDS)).isTrue();

    room.send(SampleEvents.openLive().danmaku(room.id(), "1", "hello"));

    assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ofEvent).isNotEmpty().hasSizeLessThanOrEqualTo(EVENT);
  }

  private void assertPassedAtMost(int limit) {
    assertThat(passed).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
  }

  private void here() {
    addTo(passed);
  }

  private static void addTo(Set<String> classes) {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (isOfTheFacade(frame.getClassName())) {
        classes.add(frame.getClassName());
      }
    }
  }

  /** Tests, sandbox and generated code are compiled to other places. */
  private static boolean isOfTheFacade(String name) {
    if (!name.startsWith("io.github.bililive.")) {
      return false;
    }
    try {
      Class<?> type = Class.forName(name, false, PathTest.class.getClassLoader());
      return placeOf(type).equals(placeOf(BiliLiveClient.class));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static String placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  private final class AtTheWire extends EventListener {
    @Override
    public void callStart(Call call) {
      here();
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
      here();
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      here();
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
      here();
    }
  }

  private final class AtTheRequestHook implements RequestEvents {
    @Override
    public void requestBegan(String operation, int attempt) {
      here();
    }

    @Override
    public void requestAnswered(String operation, int code, long tookMillis) {
      here();
    }
  }

  private final class AtTheHeartbeatHook implements HeartbeatEvents {
    @Override
    public void requestBegan(List<String> connIds) {
      here();
    }

    @Override
    public void requestAcknowledged(List<String> connIds, List<String> expired, long tookMillis) {
      here();
      acknowledged.countDown();
    }
  }

  private final class Noting<T> implements AnswerCallback<T> {
    private final Heard<T> heard = new Heard<>();

    @Override
    public void onSuccess(T answer) {
      here();
      heard.onSuccess(answer);
    }

    @Override
    public void onFailure(BiliLiveException error) {
      heard.onFailure(error);
    }

    void await() throws Exception {
      heard.await();
    }
  }
}
