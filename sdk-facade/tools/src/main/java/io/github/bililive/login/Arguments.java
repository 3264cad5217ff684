package io.github.bililive.login;

import io.github.bililive.environment.Environment;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What login was asked to do.
 *
 * @param port the loopback port to listen on, 0 for any that is free
 * @param callback the callback that was given; null for one on the loopback port
 * @param open whether to open a browser
 * @param seconds how long to wait for the broadcaster
 * @param help whether to explain and end
 */
record Arguments(int port, @Nullable URI callback, boolean open, int seconds, boolean help) {
  static final String HELP =
      """
      Lets a broadcaster authorise the app, and stores the tokens that this brings. After it, \
      quickstart and doctor use them.

      usage: java -jar bililive-tools.jar login [--port N | --callback URL] [--open] [--seconds 300]

        --port N        the port of 127.0.0.1 that the browser comes back to, 0 for any that is
                        free (default 0): the callback is http://127.0.0.1:N/callback
        --callback URL  where the browser comes back to instead, in the callback domain that is
                        registered for the app (应用回调域). If it is not on this machine, you paste
                        the address at which the browser ended
        --open          open the page in a browser on this machine, too
        --seconds N     how long to wait for the broadcaster, 1 to 86400 (default 300)
        --help          print this

      These environment variables count:

      """
          + Environment.HELP_FOR_APP
          + """

      The tokens are stored in files that you alone may read. Nothing prints them, the code or the \
      app secret.

      Exit codes: 0 the tokens are stored, 1 they are not, 2 wrong usage.
      """;

  /** The paths of a callback on 127.0.0.1 that was not given. */
  private static final String PATH = "/callback";

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is wrong; the message says what would be right
   */
  static Arguments parse(List<String> words) {
    Integer port = null;
    URI callback = null;
    boolean open = false;
    int seconds = 300;
    for (int i = 0; i < words.size(); i++) {
      String option = words.get(i);
      switch (option) {
        case "--help", "-h" -> {
          return new Arguments(0, null, false, seconds, true);
        }
        case "--port" -> port = number(option, words, ++i, 0, 0xffff);
        case "--callback" -> callback = callback(words, ++i);
        case "--open" -> open = true;
        case "--seconds" -> seconds = number(option, words, ++i, 1, 86_400);
        default ->
            throw new IllegalArgumentException(
                "unknown argument "
                    + option
                    + ": there are --port, --callback, --open, --seconds and --help");
      }
    }
    if (port != null && callback != null) {
      throw new IllegalArgumentException(
          "--port and --callback exclude each other: give the port in the callback");
    }
    return new Arguments(port == null ? 0 : port, callback, open, seconds, false);
  }

  private static URI callback(List<String> words, int index) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(
          "--callback lacks its address: give one such as https://example.com/callback");
    }
    try {
      URI callback = new URI(words.get(index));
      if (callback.getScheme() != null && callback.getHost() != null) {
        return callback;
      }
    } catch (URISyntaxException e) {
      // As below: there is no more to say.
    }
    throw new IllegalArgumentException(
        "--callback is "
            + words.get(index)
            + ": give a whole address such as https://example.com/callback");
  }

  private static int number(String option, List<String> words, int index, int min, int max) {
    String word = index < words.size() ? words.get(index) : "";
    if (!word.matches("[0-9]{1,9}")
        || Integer.parseInt(word) < min
        || Integer.parseInt(word) > max) {
      throw new IllegalArgumentException(
          option
              + (word.isEmpty() ? " lacks its number" : " is " + word)
              + ": give a whole number from "
              + min
              + " to "
              + max);
    }
    return Integer.parseInt(word);
  }

  /** Whether this program can listen where the browser comes back to. */
  boolean isOnThisMachine() {
    URI given = callback;
    return given == null
        || (given.getScheme().equals("http")
            && List.of("127.0.0.1", "localhost").contains(given.getHost()));
  }

  /** Returns the port to listen on. */
  int listeningPort() {
    URI given = callback;
    if (given == null) {
      return port;
    }
    return given.getPort() < 0 ? 80 : given.getPort();
  }

  /** Returns where the browser comes back to. */
  URI callbackOn(int boundPort) {
    URI given = callback;
    return given == null ? URI.create("http://127.0.0.1:" + boundPort + PATH) : given;
  }
}
