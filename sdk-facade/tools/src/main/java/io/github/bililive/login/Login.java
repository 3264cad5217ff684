package io.github.bililive.login;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.environment.Environment;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.token.AuthorizationRequest;
import io.github.bililive.token.OAuthToken;
import java.awt.Desktop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Leads a broadcaster to the page on which they authorise the app, and stores the tokens that the
 * answer brings: {@code java -jar bililive-tools.jar login}.
 */
public final class Login {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final String SCOPE = "LIVE_ROOM_DATA";

  private final Arguments arguments;
  private final Environment environment;
  private final Surroundings around;

  /**
   * What is outside of the program.
   *
   * @param in where addresses are pasted
   * @param timer runs a task after a time
   * @param browser opens an address
   */
  record Surroundings(
      BufferedReader in,
      PrintStream out,
      PrintStream err,
      BiConsumer<Duration, Runnable> timer,
      Consumer<URI> browser) {
    void say(String line) {
      out.println(line);
      out.flush();
    }
  }

  /** The login did not succeed; the message is one line for the user. */
  private static final class FailedException extends Exception {
    FailedException(String message) {
      super(message);
    }
  }

  private Login(Arguments arguments, Environment environment, Surroundings around) {
    this.arguments = arguments;
    this.environment = environment;
    this.around = around;
  }

  /**
   * Runs it, and ends the JVM with its exit code unless that is 0.
   *
   * @param args the options; {@code --help} explains them
   * @throws InterruptedException if the thread was interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    Surroundings around =
        new Surroundings(
            new BufferedReader(new InputStreamReader(System.in)), // in the terminal's charset
            System.out,
            System.err,
            (after, task) ->
                CompletableFuture.delayedExecutor(after.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(task),
            Login::open);
    int exitCode = run(List.of(args), System.getenv(), around);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Runs the login.
   *
   * @return the exit code
   */
  static int run(List<String> args, Map<String, String> variables, Surroundings around)
      throws InterruptedException {
    try {
      Arguments arguments = Arguments.parse(args);
      if (arguments.help()) {
        around.out.print(Arguments.HELP);
        return 0;
      }
      Environment environment = Environment.of(variables);
      try (BiliLiveClient client = environment.app().tokenStore(environment.tokenStore()).build()) {
        new Login(arguments, environment, around).run(client);
        return 0;
      }
    } catch (IllegalArgumentException e) {
      around.err.println("login: " + e.getMessage());
      return EXIT_USAGE;
    } catch (FailedException | BiliLiveException e) {
      around.err.println("login: " + e.getMessage());
      return EXIT_FAILED;
    }
  }

  private void run(BiliLiveClient client) throws FailedException, InterruptedException {
    CompletableFuture<String> code = new CompletableFuture<>();
    if (!arguments.isOnThisMachine()) {
      URI callback = arguments.callbackOn(0);
      AuthorizationRequest request = client.oauth().authorizationUrl(callback.toString());
      show(request);
      around.say("Then paste here the address at which the browser ended, and press Enter:");
      readPasted(request, code);
      store(client, await(code));
      return;
    }
    try (CallbackServer server = CallbackServer.bind(arguments.listeningPort())) {
      URI callback = arguments.callbackOn(server.port());
      AuthorizationRequest request = client.oauth().authorizationUrl(callback.toString());
      server.listen(
          callback,
          request,
          code,
          why -> around.say("A request to the callback did not count; still waiting: " + why));
      around.say(
          "The browser will come back to "
              + callback
              + ", where this program waits for "
              + arguments.seconds()
              + " s.");
      around.say(
          "If that is not in the app's registered callback domain (应用回调域), give --callback.");
      show(request);
      store(client, await(code));
    } catch (IOException e) {
      throw new FailedException(
          "cannot listen on 127.0.0.1, port "
              + arguments.listeningPort()
              + ": "
              + e.getMessage()
              + "; --port names another");
    }
  }

  private void show(AuthorizationRequest request) {
    around.say("Let the broadcaster open this page in a browser, and authorise the app:");
    around.say("");
    around.say("  " + request.getUrl());
    around.say("");
    if (arguments.open()) {
      try {
        around.browser.accept(URI.create(request.getUrl()));
      } catch (RuntimeException e) {
        around.say("No browser can be opened here: open the page by hand.");
      }
    }
  }

  private static void open(URI page) {
    try {
      Desktop.getDesktop().browse(page);
    } catch (IOException | LinkageError e) {
      throw new UnsupportedOperationException("there is no browser", e);
    }
  }

  /** Reads lines until one answers the request. A read cannot be ended, so it has a thread. */
  private void readPasted(AuthorizationRequest request, CompletableFuture<String> code) {
    Thread reader =
        new Thread(
            () -> {
              try {
                while (!code.isDone()) {
                  readLine(request, code);
                }
              } catch (IOException e) {
                code.completeExceptionally(e);
              }
            },
            "login-paste");
    reader.setDaemon(true);
    reader.start();
  }

  private void readLine(AuthorizationRequest request, CompletableFuture<String> code)
      throws IOException {
    String line = around.in.readLine();
    if (line == null) {
      code.completeExceptionally(
          new FailedException("the input ended before an address was pasted: run login again"));
      return;
    }
    if (line.isBlank()) {
      return;
    }
    try {
      code.complete(request.codeFrom(line));
    } catch (IllegalArgumentException e) {
      around.say("That did not count: " + e.getMessage() + ". Paste it again:");
    } catch (BiliLiveException e) {
      code.completeExceptionally(e);
    }
  }

  private String await(CompletableFuture<String> code)
      throws FailedException, InterruptedException {
    int seconds = arguments.seconds();
    around.timer.accept(
        Duration.ofSeconds(seconds),
        () ->
            code.completeExceptionally(
                new FailedException(
                    "nobody has authorised the app within "
                        + seconds
                        + " s: run login again; --seconds waits longer")));
    try {
      return code.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BiliLiveException refused) {
        throw refused;
      }
      throw new FailedException(e.getCause().getMessage());
    }
  }

  private void store(BiliLiveClient client, String code) {
    OAuthToken token = client.oauth().exchange(code);
    client.oauth().provider(environment.broadcaster()).replaceToken(token);
    around.say(
        "The app is authorised"
            + (token.getExpiresAtSeconds() == 0
                ? ""
                : " until " + Instant.ofEpochSecond(token.getExpiresAtSeconds()))
            + ", scopes "
            + token.getScopes()
            + ". The tokens are stored in "
            + environment.tokens()
            + ".");
    if (!token.getScopes().contains(SCOPE)) {
      around.say(
          "The scope "
              + SCOPE
              + " is missing: rooms cannot be heard before the app has it on the open platform, and"
              + " the broadcaster has authorised it anew.");
    }
    around.say(
        environment.hasAccessToken()
            ? "BILILIVE_ACCESS_TOKEN is set and goes before what is stored: unset it, then run"
                + " quickstart."
            : "Now run quickstart: it hears the broadcaster's room.");
  }
}
