package io.github.bililive.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.bililive.error.AuthorisationRefusedException;
import io.github.bililive.token.AuthorizationRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Listens on 127.0.0.1 for the browser that comes back from the page. Anything else on this machine
 * may ask, too: only the answer to the request ends the waiting.
 */
final class CallbackServer implements AutoCloseable {
  private final HttpServer server;

  /** A browser that keeps a connection open holds up nobody. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "login-callback");
            thread.setDaemon(true);
            return thread;
          });

  private CallbackServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
  }

  /**
   * Takes a port; it answers once it is told to {@link #listen}.
   *
   * @param port 0 for any that is free
   * @throws IOException if it is taken
   */
  static CallbackServer bind(int port) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return new CallbackServer(HttpServer.create(new InetSocketAddress(loopback, port), 0));
  }

  int port() {
    return server.getAddress().getPort();
  }

  /**
   * Begins to answer.
   *
   * @param callback where the browser comes back to
   * @param request what it must answer
   * @param code completed with the code, or with the refusal
   * @param ignored hears why a request did not count
   */
  void listen(
      URI callback,
      AuthorizationRequest request,
      CompletableFuture<String> code,
      Consumer<String> ignored) {
    String path = callback.getPath().isEmpty() ? "/" : callback.getPath();
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              answer(exchange, 404, "There is nothing here.");
            } else if (!exchange.getRequestMethod().equals("GET")) {
              answer(exchange, 405, "Only GET is answered.");
            } else {
              take(exchange, request, code, ignored);
            }
          }
        });
    server.start();
  }

  private static void take(
      HttpExchange exchange,
      AuthorizationRequest request,
      CompletableFuture<String> code,
      Consumer<String> ignored)
      throws IOException {
    String taken;
    try {
      taken = request.codeFrom(exchange.getRequestURI().toString());
    } catch (AuthorisationRefusedException e) {
      try {
        answer(exchange, 200, "The app was not authorised. You can close this page.");
      } finally {
        code.completeExceptionally(e);
      }
      return;
    } catch (IllegalArgumentException e) {
      ignored.accept(e.getMessage());
      answer(exchange, 400, "This does not answer the login that is under way: " + e.getMessage());
      return;
    } catch (IllegalStateException e) {
      answer(exchange, 200, "This login has had its answer. You can close this page.");
      return;
    }
    try {
      answer(exchange, 200, "The app is authorised. You can close this page.");
    } finally {
      code.complete(taken); // Also if the browser is gone by now.
    }
  }

  /** Answers with a page; the text is ours. */
  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] page =
        ("<!DOCTYPE html>\n<html><head><title>bililive</title></head><body><p>"
                + text
                + "</p></body></html>\n")
            .getBytes(UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Referrer-Policy", "no-referrer"); // The address holds the code.
    headers.set("Connection", "close");
    exchange.sendResponseHeaders(status, page.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(page);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
