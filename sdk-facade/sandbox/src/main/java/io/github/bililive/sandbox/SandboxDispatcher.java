package io.github.bililive.sandbox;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.jspecify.annotations.Nullable;

/** Takes each request through faults, platform and log. Called by a thread per connection. */
final class SandboxDispatcher extends Dispatcher {
  private final MockWebServer server;
  private final SandboxClock clock;
  private final Connections connections;
  private final Platform platform;
  private final Faults faults;
  private final RequestLog log;
  private final SocketHub sockets;
  private final RequestJournal journal;
  private final SandboxPage page;
  private final AtomicLong lastNumber = new AtomicLong();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /** MockWebServer's own delays would hold up its shutdown; these end with {@link #endPauses}. */
  private final CountDownLatch closing = new CountDownLatch(1);

  SandboxDispatcher(
      MockWebServer server,
      SandboxClock clock,
      Connections connections,
      Platform platform,
      Faults faults,
      RequestLog log,
      SocketHub sockets,
      RequestJournal journal,
      SandboxPage page) {
    this.server = server;
    this.clock = clock;
    this.connections = connections;
    this.platform = platform;
    this.faults = faults;
    this.log = log;
    this.sockets = sockets;
    this.journal = journal;
    this.page = page;
  }

  /** Returns the first error of the sandbox itself. */
  @Nullable Throwable failure() {
    return failure.get();
  }

  void endPauses() {
    closing.countDown();
  }

  @Override
  public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
    forgetQueued();
    String requestId = "sandbox-page";
    try {
      MockResponse shown = page.respond(request);
      if (shown != null) {
        return shown;
      }
      long number = lastNumber.incrementAndGet();
      requestId = "sandbox-%08d".formatted(number);
      MockResponse response = answer(new Incoming(request, number, clock, connections), requestId);
      return response.getHeaders().get("Date") == null
          ? response.setHeader("Date", Responses.date(clock.wallMillis()))
          : response;
    } catch (RuntimeException | Error e) {
      // Thrown further, it would end MockWebServer's thread and reach nobody.
      failure.compareAndSet(null, e);
      String message = "the sandbox itself failed: " + e.getClass().getName();
      return Responses.json(new Answer(Code.INTERNAL, message, Answer.NULL).toJson(requestId))
          .setResponseCode(500);
    }
  }

  /** MockWebServer keeps every request for takeRequest, which nobody calls here. */
  private void forgetQueued() throws InterruptedException {
    while (server.takeRequest(0, TimeUnit.NANOSECONDS) != null) {
      // Gone.
    }
  }

  private MockResponse answer(Incoming request, String requestId) throws InterruptedException {
    Fault fault = faults.take(request.arrival);
    Answer answer = null;
    if (fault.processing() == Fault.Processing.AT_ONCE) {
      answer = platform.answer(request);
    }
    SeenRequest seen = seen(request, answer, requestId, fault);
    if (fault.processing() != Fault.Processing.AFTER_THE_PAUSE) {
      journal.add(request, seen);
    }
    log.add(seen);
    if (!fault.pause().isZero()) {
      closing.await(fault.pause().toNanos(), TimeUnit.NANOSECONDS);
    }
    if (fault.processing() == Fault.Processing.AFTER_THE_PAUSE) {
      answer = platform.answer(request);
      seen = seen(request, answer, requestId, fault);
      journal.add(request, seen);
      log.update(seen);
    }
    if (request.arrival.endpoint() == Endpoint.SOCKET && answer != null && fault.isUnchanged()) {
      return Upgrade.respond(answer, requestId, request, sockets);
    }
    if (AuthorisationPage.isAt(request.arrival.endpoint())
        && answer != null
        && fault.isUnchanged()) {
      return platform.page.respond(answer, request);
    }
    return fault.respond(answer, requestId);
  }

  private static SeenRequest seen(
      Incoming request, @Nullable Answer answer, String requestId, Fault fault) {
    return new SeenRequest(
        request.arrival,
        answer == null ? null : answer.code(),
        answer == null ? null : answer.message(),
        requestId,
        fault == Fault.NONE ? null : fault);
  }
}
