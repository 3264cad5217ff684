package io.github.bililive.tools;

import io.github.bililive.doctor.Doctor;
import io.github.bililive.login.Login;
import io.github.bililive.quickstart.Quickstart;
import java.util.Arrays;

/** The main class of {@code bililive-tools.jar}: runs the command that its first argument names. */
public final class Main {
  private static final int EXIT_USAGE = 2;

  private static final String HELP =
      """
      Programs of bililive, the Java SDK for Bilibili's live rooms.

      usage: java -jar bililive-tools.jar COMMAND [OPTIONS]

        login        lets a broadcaster authorise your app, and stores the tokens
        quickstart   connects to live rooms and prints what they say
        doctor       checks each step on the way to a room and says what to do
        sandbox      runs a stand-in of the platform on this machine
        help         prints this, as --help does; COMMAND --help explains one command
        --version    prints the version

      Exit codes: 0 all went well, 1 something failed, 2 wrong usage.
      """;

  private Main() {}

  /**
   * Runs a command, and ends the JVM with its exit code unless that is 0.
   *
   * @param args the command's name and its options; none prints help
   * @throws InterruptedException if the thread was interrupted
   */
  public static void main(String[] args) throws InterruptedException {
    String command = args.length == 0 ? "--help" : args[0];
    String[] options = args.length == 0 ? args : Arrays.copyOfRange(args, 1, args.length);
    switch (command) {
      case "login" -> Login.main(options);
      case "quickstart" -> Quickstart.main(options);
      case "doctor" -> Doctor.main(options);
      case "sandbox" -> SandboxServer.main(options);
      case "help", "--help", "-h" -> {
        if (options.length == 0) {
          System.out.print(HELP);
        } else {
          main(new String[] {options[0], "--help"});
        }
      }
      case "version", "--version" -> System.out.println("bililive-tools " + version());
      default -> {
        System.err.println(
            "bililive-tools: unknown command "
                + command
                + ": there are login, quickstart, doctor, sandbox, help and --version; --help"
                + " explains them");
        System.exit(EXIT_USAGE);
      }
    }
  }

  /** Returns what the jar's manifest says. */
  private static String version() {
    String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "from its sources" : version;
  }
}
