package io.github.bililive.openapi;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layout of a Java file, which templates leave to it by the lambda {@code java}: the imports,
 * the line breaks of Javadoc, and no more than one blank line in a row.
 *
 * <p>A template names a class of another package in full and in back quotes, as AutoValue's do:
 * <code>`java.util.List`</code>. It becomes {@code List}, with an import, unless the file has
 * another class of that name: then the full name stays.
 */
final class SourceFile implements Mustache.Lambda {
  private static final int WIDTH = 100;

  /** What a back quote has no meaning in, and a name in back quotes with {@code @Nullable}. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<javadoc>/\\*\\*.*?\\*/)|/\\*.*?\\*/|//[^\\n]*|\"(?:\\\\.|[^\"\\\\])*+\"|'(?:\\\\.|[^'\\\\])*+'"
              + "|(?<annotation>@`org\\.jspecify\\.annotations\\.Nullable` )?`(?<name>[\\w.$]+)`",
          Pattern.DOTALL);

  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);\n");
  private static final Pattern DECLARED =
      Pattern.compile("(?m)^(?:\\w+ )*@?(?:class|interface) (\\w+)");
  private static final String NULLABLE = "org.jspecify.annotations.Nullable";

  private final Map<String, String> qualifiedNames = new LinkedHashMap<>();
  private final String packageName;

  private SourceFile(String packageName, String declared) {
    this.packageName = packageName;
    qualifiedNames.put(declared, packageName + "." + declared);
  }

  /** What the templates call. */
  static Mustache.Lambda lambda() {
    return new SourceFile("", "");
  }

  @Override
  public void execute(Template.Fragment fragment, Writer out) throws IOException {
    out.write(layout(fragment.execute()));
  }

  /** The text of a file, laid out. */
  static String layout(String text) {
    Matcher packageLine = PACKAGE.matcher(text);
    Matcher declared = DECLARED.matcher(text);
    String packageName = packageLine.find() ? packageLine.group(1) : "";
    SourceFile file = new SourceFile(packageName, declared.find() ? declared.group(1) : "");
    String body = file.resolve(text);
    if (!packageName.isEmpty()) {
      body = file.withImports(body);
    }
    return body.replaceAll("[ ]+\n", "\n")
        .replaceAll("\n{3,}", "\n\n")
        .replaceAll("\n\n( *})", "\n$1")
        .replaceAll("\\*/\n\n", "*/\n")
        .replaceAll("\n+$", "\n");
  }

  private String resolve(String text) {
    // Classes of the own package need no import, so that they keep their short names first.
    TOKEN.matcher(text).results().map(token -> token.group(3)).forEach(this::takeIfOwn);
    StringBuilder resolved = new StringBuilder(text.length());
    Matcher token = TOKEN.matcher(text);
    while (token.find()) {
      String replacement = token.group();
      if (token.group("javadoc") != null) {
        replacement = javadoc(token.group(), column(text, token.start()));
      } else if (token.group("name") != null) {
        replacement = type(token.group("annotation") != null, token.group("name"));
      }
      token.appendReplacement(resolved, Matcher.quoteReplacement(replacement));
    }
    return token.appendTail(resolved).toString();
  }

  private void takeIfOwn(String name) {
    if (name != null && packageOf(name).equals(packageName)) {
      qualifiedNames.put(simple(name), name);
    }
  }

  private String type(boolean nullable, String name) {
    String shown = shown(name);
    if (!nullable) {
      return shown;
    }
    String annotation = "@" + shown(NULLABLE) + " ";
    // Java wants the annotation of a qualified name before its last part.
    int dot = shown.lastIndexOf('.') + 1;
    return shown.substring(0, dot) + annotation + shown.substring(dot);
  }

  private String shown(String name) {
    return qualifiedNames.computeIfAbsent(simple(name), none -> name).equals(name)
        ? simple(name)
        : name;
  }

  private String withImports(String text) {
    TreeSet<String> imports = new TreeSet<>();
    for (String name : qualifiedNames.values()) {
      String from = packageOf(name);
      if (!from.isEmpty() && !from.equals(packageName) && !from.equals("java.lang")) {
        imports.add("import " + name + ";\n");
      }
    }
    Matcher packageLine = PACKAGE.matcher(text);
    return imports.isEmpty() || !packageLine.find()
        ? text
        : text.substring(0, packageLine.end())
            + "\n"
            + String.join("", imports)
            + "\n"
            + text.substring(packageLine.end());
  }

  private static String packageOf(String name) {
    return name.substring(0, Math.max(0, name.lastIndexOf('.')));
  }

  private static String simple(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static int column(String text, int offset) {
    return offset - text.lastIndexOf('\n', offset - 1) - 1;
  }

  /** A comment whose lines are no longer than the width, if there is a blank to break at. */
  private static String javadoc(String comment, int column) {
    String indent = " ".repeat(column);
    boolean oneLine = comment.indexOf('\n') < 0;
    if (oneLine && column + comment.length() <= WIDTH) {
      return comment;
    }
    String text =
        oneLine
            ? "/**\n"
                + indent
                + " * "
                + comment.substring(3, comment.length() - 2).trim()
                + "\n"
                + indent
                + " */"
            : comment;
    StringBuilder wrapped = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      wrapped.append(wrapped.length() == 0 ? "" : "\n");
      wrap(line, indent, wrapped);
    }
    return wrapped.toString();
  }

  private static void wrap(String line, String indent, StringBuilder wrapped) {
    String start = indent + " * ";
    String rest = line;
    String continued = start + (line.startsWith(start + "@") ? "    " : "");
    while (rest.length() > WIDTH) {
      int blank = breakBefore(rest, WIDTH, continued.length());
      if (blank < 0) {
        break;
      }
      wrapped.append(rest, 0, blank).append('\n');
      rest = continued + rest.substring(blank + 1);
    }
    wrapped.append(rest);
  }

  /** The last blank before a column, or else the first after it, that begins no tag of Javadoc. */
  private static int breakBefore(String line, int column, int from) {
    int blank = line.lastIndexOf(' ', column);
    while (blank > from && line.startsWith(" @", blank)) {
      blank = line.lastIndexOf(' ', blank - 1);
    }
    if (blank > from) {
      return blank;
    }
    blank = line.indexOf(' ', column);
    return blank >= 0 && line.startsWith(" @", blank) ? -1 : blank;
  }
}
