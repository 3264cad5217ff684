package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A piece of code that a page of the documentation shows, as it stands there. */
record Snippet(Path page, int line, String language, String text) {
  private static final Pattern FENCE =
      Pattern.compile("(?m)^```(\\w+)\\n(.*?)^```$", Pattern.DOTALL);
  private static final Pattern TYPE =
      Pattern.compile(
          "(?m)^(?:@\\w+\\n)?(?:public )?(?:final |abstract )?(?:class|interface) (\\w+)");
  private static final Pattern IMPORTS = Pattern.compile("(?m)^import .*;\\n");

  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** One for all, since it remembers what is in the jars of the class path. */
  private static final StandardJavaFileManager FILES =
      COMPILER.getStandardFileManager(null, null, null);

  /** What a fragment may take for granted, since the page says so or its reader has it. */
  private static final String FRAME =
      """
      %s
      final class Frame {
        static String clientId;
        static String appSecret;
        static String accessToken;
        static String connId;
        static java.io.File directory;
        static io.github.bililive.BiliLiveClient client;
        static io.github.bililive.BiliLiveClientBuilder builder;
        static io.github.bililive.LiveConnection room;
        static io.github.bililive.LiveListener listener;
        static java.util.Map<String, Long> counters;
        static java.util.logging.Logger log;

        static void fragment() throws Exception {
      %s
        }
      }
      """;

  /** Returns the README in both languages, and all pages. */
  static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    pages.add(BuiltArtifacts.readme());
    pages.add(BuiltArtifacts.readmeInChinese());
    try (Stream<Path> files = Files.list(BuiltArtifacts.docs())) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
  }

  /** Returns the snippets of all pages. */
  static List<Snippet> all() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (Path page : pages()) {
      snippets.addAll(of(page));
    }
    return snippets;
  }

  private static List<Snippet> of(Path page) throws IOException {
    String markdown = Files.readString(page);
    List<Snippet> snippets = new ArrayList<>();
    for (Matcher fence = FENCE.matcher(markdown); fence.find(); ) {
      int line = (int) markdown.substring(0, fence.start()).lines().count() + 1;
      snippets.add(new Snippet(page, line, fence.group(1), fence.group(2)));
    }
    return snippets;
  }

  /** Returns the page's snippet that declares this type. */
  static Snippet declaring(String type) throws IOException {
    return all().stream()
        .filter(snippet -> snippet.language.equals("java") && snippet.typeName().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** Returns the first snippet of a page that has this text. */
  static Snippet containing(String page, String text) throws IOException {
    return all().stream()
        .filter(snippet -> snippet.page.endsWith(page) && snippet.text.contains(text))
        .findFirst()
        .orElseThrow();
  }

  /** Returns whether it is part of the application that a profile's test builds. */
  boolean needsSpring() {
    return Pattern.compile("(?m)^import (org\\.springframework|reactor)\\.").matcher(text).find();
  }

  /** Returns whether it is a module-info.java, which ModuleIT compiles. */
  boolean isModule() {
    return text.startsWith("module ");
  }

  /** Returns the name of the first type that it declares, which is in no package; or "". */
  String typeName() {
    Matcher type = TYPE.matcher(text);
    return type.find() ? type.group(1) : "";
  }

  /** Compiles it, within a frame if it is a fragment. Returns a loader of its classes. */
  URLClassLoader compile(Path folder) throws IOException {
    return compile(folder, typeName().isEmpty() ? framed() : text);
  }

  /** Compiles it with the platform's address taken from the environment. */
  URLClassLoader compileForSandbox(Path folder) throws IOException {
    return compile(folder, forSandbox());
  }

  /** Returns the text, but with the platform's address taken from the environment. */
  String forSandbox() {
    String call = "BiliLiveClient.builder()";
    assertThat(text).contains(call);
    return text.replace(call, call + ".baseUrl(System.getenv(\"BILILIVE_BASE_URL\"))");
  }

  private URLClassLoader compile(Path folder, String source) throws IOException {
    String name = typeName().isEmpty() ? "Frame" : typeName();
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    StringWriter problems = new StringWriter();
    boolean compiled =
        COMPILER
            .getTask(
                problems,
                FILES,
                null,
                List.of(
                    "-proc:none",
                    "-Xlint:all",
                    "-Werror",
                    "-Xprefer:source", // With the profile robolectric there are both.
                    "-sourcepath", // Android's classes are in no Maven repository.
                    Path.of("src/test/resources/android").toString(),
                    "-d",
                    folder.toString()),
                null,
                FILES.getJavaFileObjects(file))
            .call();
    assertThat(compiled).as("%s compiles:%n%s%n%s", this, problems, source).isTrue();
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, Snippet.class.getClassLoader());
  }

  private String framed() {
    StringBuilder imports = new StringBuilder();
    Matcher all = IMPORTS.matcher(text);
    while (all.find()) {
      imports.append(all.group());
    }
    return FRAME.formatted(imports, all.replaceAll(""));
  }

  @Override
  public String toString() {
    return page.getFileName() + ":" + line;
  }
}
