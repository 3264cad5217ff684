package io.github.bililive.consumer;

import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.filter.JavadocLikePackageFilter;
import japicmp.model.AccessModifier;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import japicmp.model.JApiCompatibility;
import japicmp.model.JApiMethod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares what a jar offers to its users with what the last release of it offered. */
final class ApiCheck {
  /** Retrofit implements these interfaces, not the users: a call more breaks nobody. */
  private static final String CALLS = "io.github.bililive.generated.api.";

  private ApiCheck() {}

  /**
   * Checks one jar.
   *
   * @throws AssertionError if the new jar breaks users of the old one, unless the major version has
   *     moved; its first line says what to do
   */
  static void check(String name, String oldVersion, Path oldJar, String newVersion, Path newJar) {
    List<String> breaks = breaks(oldJar, newJar);
    if (!breaks.isEmpty() && major(newVersion) <= major(oldVersion)) {
      throw new AssertionError(
          name
              + " breaks users of "
              + oldVersion
              + ": take the change back, or head CHANGELOG.md with a new major version.\n"
              + String.join("\n", breaks));
    }
  }

  /** The version that a changelog is at: the first heading with one, or that of no release. */
  static String nextVersion(String changelog) {
    Matcher version = Pattern.compile("(?m)^## \\[(\\d+\\.\\d+\\.\\d+)]").matcher(changelog);
    return version.find() ? version.group(1) : "0.0.0";
  }

  private static int major(String version) {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  private static List<String> breaks(Path oldJar, Path newJar) {
    JarArchiveComparatorOptions options = new JarArchiveComparatorOptions();
    options.setAccessModifier(AccessModifier.PROTECTED);
    options.setNoAnnotations(true);
    options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true);
    options
        .getFilters()
        .getExcludes()
        .add(new JavadocLikePackageFilter("io.github.bililive.internal", false));
    List<String> breaks = new ArrayList<>();
    for (JApiClass type :
        new JarArchiveComparator(options).compare(archive(oldJar), archive(newJar))) {
      String name = type.getFullyQualifiedName();
      addBreaks(name, List.of(type.getSuperclass()), breaks);
      addBreaks(name, type.getInterfaces(), breaks);
      addBreaks(name, type.getFields(), breaks);
      addBreaks(name, type.getConstructors(), breaks);
      addBreaks(name, methods(type), breaks);
      addBreaks(name, List.of(type), breaks);
    }
    return breaks;
  }

  private static List<JApiMethod> methods(JApiClass type) {
    return type.getMethods().stream()
        .filter(
            method ->
                !(type.getFullyQualifiedName().startsWith(CALLS)
                    && method.getChangeStatus() == JApiChangeStatus.NEW))
        .toList();
  }

  private static void addBreaks(
      String type, Collection<? extends JApiCompatibility> parts, List<String> breaks) {
    for (JApiCompatibility part : parts) {
      part.getCompatibilityChanges().stream()
          .filter(change -> !change.isBinaryCompatible() || !change.isSourceCompatible())
          .forEach(change -> breaks.add(type + ": " + change.getType() + " " + part));
    }
  }

  private static JApiCmpArchive archive(Path jar) {
    return new JApiCmpArchive(jar.toFile(), jar.getFileName().toString());
  }
}
