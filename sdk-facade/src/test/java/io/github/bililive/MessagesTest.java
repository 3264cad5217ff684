package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every text that a user may read (messages of exceptions, lines of the log, reasons of states),
 * taken from the sources into one file, so that they can be read through and a review sees each
 * change. To take over a change that is meant: {@code mvn -pl sdk-facade -am test
 * -Dtest=MessagesTest -Dsurefire.failIfNoSpecifiedTests=false -Dmessages.update=true}.
 */
class MessagesTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "bililive");
  private static final Path LISTED = Path.of("src", "test", "resources", "messages.txt");

  private static final Pattern TOKEN =
      Pattern.compile(
          "/\\*.*?\\*/|//[^\\n]*|\"(?<text>(?:\\\\.|[^\"\\\\])*)\"|'(?:\\\\.|[^'\\\\])'|(?<other>[^\\s])",
          Pattern.DOTALL);

  @Test
  void everyTextThatAUserMayReadIsInTheFile() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file :
          files.filter(f -> f.toString().endsWith(".java")).sorted().collect(Collectors.toList())) {
        String name = SOURCES.relativize(file).toString().replace('\\', '/').replace(".java", "");
        for (String text : texts(Files.readString(file))) {
          lines.add(name + ": " + text);
        }
      }
    }
    if (Boolean.getBoolean("messages.update")) {
      Files.write(LISTED, lines);
    }

    assertThat(lines)
        .as("if the change is meant, see this test's Javadoc")
        .containsExactlyElementsOf(Files.readAllLines(LISTED));
  }

  @Test
  void textsThatAreConcatenatedAreReadAsOne() {
    assertThat(texts("f(\"a room \" + name + \" is \" // why\n + \"gone\"); g(\"no_words\", 'x');"))
        .containsExactly("a room … is gone");
  }

  /** Texts of more than one word; what is put between their parts at run time is an ellipsis. */
  private static List<String> texts(String source) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    int depth = 0;
    boolean isOpen = false;
    Matcher tokens = TOKEN.matcher(source);
    while (tokens.find()) {
      String part = tokens.group("text");
      String other = tokens.group("other");
      if (part != null) {
        text.append(part);
        isOpen = true;
      } else if (other != null && isOpen) {
        char c = other.charAt(0);
        if (c == '(' || c == '[') {
          depth++;
        } else if (c == ')' || c == ']') {
          depth--;
        }
        boolean ends = depth < 0 || (depth == 0 && (c == ',' || c == ';' || c == '{' || c == '}'));
        if (ends) {
          add(text, texts);
          depth = 0;
          isOpen = false;
        } else if (c != '+' && (text.length() == 0 || text.charAt(text.length() - 1) != '…')) {
          text.append('…');
        }
      }
    }
    return texts;
  }

  private static void add(StringBuilder text, List<String> texts) {
    String whole = text.toString().replaceAll("…+", "…");
    if (whole.trim().indexOf(' ') > 0) {
      texts.add(whole.trim());
    }
    text.setLength(0);
  }
}
