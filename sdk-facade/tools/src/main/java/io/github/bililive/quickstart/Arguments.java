package io.github.bililive.quickstart;

import io.github.bililive.environment.Environment;
import java.util.List;

/**
 * What the quickstart was asked to do.
 *
 * @param connections how many connections to start
 * @param seconds how long to listen once they are open
 * @param help whether to explain and end
 */
record Arguments(int connections, int seconds, boolean help) {
  static final String HELP =
      """
      Connects to Bilibili live rooms, keeps the connections alive, prints what the rooms say and \
      what happens.

      usage: java -jar bililive-tools.jar quickstart [--connections 3] [--seconds 20]
      or, in bililive's sources:
             mvn -q -pl :bililive-tools -am compile exec:java [-Dexec.args="--connections 3 --seconds 20"]

        --connections N  how many to start, 1 to 1000 (default 3); the platform allows an app
                         five at once in one room
        --seconds N      how long to listen once the rooms are open, which they have 20 s for;
                         1 to 86400 (default 20); Ctrl-C ends it sooner
        --help           print this

      Without credentials it runs against a sandbox: a stand-in of the platform on this machine.
      To run against the platform, set the environment variables

      """
          + Environment.HELP_FOR_BROADCASTER
          + """

      Exit codes: 0 all went well, 1 the service failed or a connection was lost, 2 wrong usage.
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is wrong; the message says what would be right
   */
  static Arguments parse(List<String> words) {
    int connections = 3;
    int seconds = 20;
    for (int i = 0; i < words.size(); i++) {
      String option = words.get(i);
      switch (option) {
        case "--help", "-h" -> {
          return new Arguments(connections, seconds, true);
        }
        case "--connections" -> connections = number(option, words, ++i, 1_000);
        case "--seconds" -> seconds = number(option, words, ++i, 86_400);
        default ->
            throw new IllegalArgumentException(
                "unknown argument " + option + ": there are --connections, --seconds and --help");
      }
    }
    return new Arguments(connections, seconds, false);
  }

  private static int number(String option, List<String> words, int index, int max) {
    if (index >= words.size()) {
      throw new IllegalArgumentException(option + " lacks its number: give 1 to " + max);
    }
    String word = words.get(index);
    if (!word.matches("[0-9]{1,9}") || Integer.parseInt(word) < 1 || Integer.parseInt(word) > max) {
      throw new IllegalArgumentException(
          option + " is " + word + ": give a whole number from 1 to " + max);
    }
    return Integer.parseInt(word);
  }
}
