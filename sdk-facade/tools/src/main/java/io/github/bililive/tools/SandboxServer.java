package io.github.bililive.tools;

import io.github.bililive.sandbox.Consent;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SandboxBuilder;
import java.io.File;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs a sandbox until it is stopped: {@code java -jar bililive-tools.jar sandbox}. */
public final class SandboxServer {
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_USAGE = 2;
  private static final int DEFAULT_PORT = 8080;
  private static final int MOST_ROOMS = 1_000;
  private static final Duration CHAT_INTERVAL = Duration.ofMillis(1_500);

  private static final String HELP =
      """
      Runs a stand-in of the platform on this machine, for clients in any language, with one app \
      and a broadcaster whose room chats. It checks requests as strictly as the platform; its page \
      in the browser shows what it saw and breaks things on purpose. Ctrl-C ends it.

      usage: java -jar bililive-tools.jar sandbox [--port 8080] [--rooms 1]

        --port N     the port of 127.0.0.1 to listen on, 0 for any that is free (default 8080)
        --rooms N    how many broadcasters there are, each with a room (default 1, at most 1000)
        --help       print this

      Exit codes: 1 the port is taken, 2 wrong usage.
      """;

  private SandboxServer() {}

  /**
   * Runs it. Returns after {@code --help} alone; ends the JVM if the arguments are wrong or the
   * port is taken.
   *
   * @param args the options
   * @throws InterruptedException if the thread was interrupted, which stops the sandbox
   */
  public static void main(String[] args) throws InterruptedException {
    int exitCode = run(List.of(args), System.out, System.err, new CountDownLatch(1));
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  /**
   * Runs a sandbox.
   *
   * @param stopped stops it when counted down
   * @return the exit code
   */
  static int run(List<String> args, PrintStream out, PrintStream err, CountDownLatch stopped)
      throws InterruptedException {
    if (args.contains("--help") || args.contains("-h")) {
      out.print(HELP);
      return 0;
    }
    SandboxBuilder builder = Sandbox.builder();
    try {
      read(args, builder);
    } catch (IllegalArgumentException e) {
      err.println("sandbox: " + e.getMessage());
      return EXIT_USAGE;
    }
    try (Sandbox sandbox = builder.start()) {
      sandbox.startChatter(CHAT_INTERVAL);
      sandbox.oauth().consent(Consent.ASKED);
      out.print(explain(sandbox));
      out.flush();
      stopped.await();
      return 0;
    } catch (UncheckedIOException e) {
      err.println(
          "sandbox: "
              + e.getMessage()
              + ": "
              + e.getCause().getMessage()
              + "; --port names another");
      return EXIT_FAILED;
    }
  }

  private static void read(List<String> args, SandboxBuilder builder) {
    builder.port(DEFAULT_PORT);
    for (int i = 0; i < args.size(); i += 2) {
      String name = args.get(i);
      if (!name.equals("--port") && !name.equals("--rooms")) {
        throw new IllegalArgumentException(
            "unknown argument " + name + ": there are --port, --rooms and --help");
      }
      String value = i + 1 < args.size() ? args.get(i + 1) : null;
      if (name.equals("--port")) {
        builder.port(number(name, value, 0, 0xffff));
      } else {
        addRooms(builder, number(name, value, 1, MOST_ROOMS));
      }
    }
  }

  private static int number(String name, @Nullable String value, int from, int to) {
    if (value == null) {
      throw new IllegalArgumentException(name + " lacks its number: give " + from + " to " + to);
    }
    if (!value.matches("[0-9]{1,5}")
        || Integer.parseInt(value) < from
        || Integer.parseInt(value) > to) {
      throw new IllegalArgumentException(
          name + " is " + value + ": give a whole number from " + from + " to " + to);
    }
    return Integer.parseInt(value);
  }

  /** The first broadcaster's token and code are those of a sandbox that has but one. */
  private static void addRooms(SandboxBuilder builder, int rooms) {
    if (rooms > 1) {
      builder.accessTokens(numbered("sandbox-access-token-not-real", rooms));
      builder.identityCodes(numbered("SANDBOX-IDENTITY-CODE-NOT-REAL", rooms));
    }
  }

  private static String[] numbered(String first, int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> number == 1 ? first : first + "-" + number)
        .toArray(String[]::new);
  }

  /** Says how to use it. The credentials are made up, so they may be printed. */
  private static String explain(Sandbox sandbox) {
    String set = File.separatorChar == '\\' ? "set " : "export ";
    return """
        The sandbox listens on %1$s until Ctrl-C ends it.
        Its page, which shows what happens and breaks things on purpose: %7$s
        It accepts these made-up credentials. To let login, quickstart and doctor use it, in another
        terminal:

          %2$sBILILIVE_BASE_URL=%1$s
          %2$sBILILIVE_CLIENT_ID=%3$s
          %2$sBILILIVE_APP_SECRET=%4$s

        and then either run login, or

          %2$sBILILIVE_ACCESS_TOKEN=%5$s

        or, for the API by identity code,

          %2$sBILILIVE_IDENTITY_CODE=%8$s
          %2$sBILILIVE_APP_ID=%9$s

        For a client of your own: API, OAuth and the page on which the broadcaster authorises the
        app are all under this address. The page, for a callback on 127.0.0.1, localhost or
        example.com:

          %1$spc/account-pc/auth/oauth?client_id=%3$s&gourl=http%%3A%%2F%%2F127.0.0.1%%3A9000%%2Fcb&state=random

        A code, as the page gives, which is exchanged for tokens once:

          %6$s

        """
        .formatted(
            sandbox.baseUrl(),
            set,
            sandbox.clientId(),
            sandbox.appSecret(),
            sandbox.accessToken(),
            sandbox.oauth().authorise(0),
            sandbox.pageUrl(),
            sandbox.openLive().identityCode(),
            String.valueOf(sandbox.openLive().appId()));
  }
}
