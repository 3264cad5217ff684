package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Everything that a user can see, kept in a file so that a review sees each change of it. To take
 * over a change that is meant: {@code mvn -pl sdk-facade -am test -Dtest=PublicApiTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dapi.update=true}.
 */
class PublicApiTest {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path LISTED = Path.of("src", "test", "resources", "public-api.txt");

  @Test
  void thePublicApiIsWhatTheFileSays() throws Exception {
    List<String> lines =
        publicTypes().stream().flatMap(PublicApiTest::describe).collect(Collectors.toList());
    if (Boolean.getBoolean("api.update")) {
      Files.write(LISTED, lines);
    }

    assertThat(lines)
        .as("if the change is meant, see this test's Javadoc")
        .containsExactlyElementsOf(Files.readAllLines(LISTED));
  }

  @Test
  void noInternalTypeCanBeReachedThroughThePublicApi() throws Exception {
    assertThat(publicTypes().stream().flatMap(PublicApiTest::describe))
        .isNotEmpty()
        .noneMatch(line -> line.contains("bililive.internal"));
  }

  private static List<Class<?>> publicTypes() throws IOException, ClassNotFoundException {
    TreeSet<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(CLASSES)) {
      files
          .map(file -> CLASSES.relativize(file).toString().replace('\\', '/'))
          .filter(file -> file.endsWith(".class") && !file.contains("package-info"))
          .filter(file -> !file.startsWith("io/github/bililive/internal/"))
          .map(file -> file.replace(".class", "").replace('/', '.'))
          .forEach(names::add);
    }
    Stream.Builder<Class<?>> types = Stream.builder();
    for (String name : names) {
      Class<?> type = Class.forName(name, false, PublicApiTest.class.getClassLoader());
      if (isVisible(type)) {
        types.add(type);
      }
    }
    return types.build().collect(Collectors.toList());
  }

  private static boolean isVisible(Class<?> type) {
    return !type.isAnonymousClass()
        && isVisible(type.getModifiers())
        && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
  }

  private static boolean isVisible(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static Stream<String> describe(Class<?> type) {
    String kind =
        type.isAnnotation()
            ? "annotation"
            : type.isInterface() ? "interface" : type.isEnum() ? "enum" : "class";
    String parents =
        Stream.concat(
                Stream.of(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
            .filter(parent -> parent != null && parent != Object.class)
            .map(PublicApiTest::name)
            .collect(Collectors.joining(", "));
    Stream<String> members =
        Stream.of(
                Arrays.stream(type.getDeclaredFields())
                    .filter(field -> isVisible(field.getModifiers()) && !field.isSynthetic())
                    .map(PublicApiTest::describe),
                Arrays.stream(type.getDeclaredConstructors())
                    .filter(constructor -> isVisible(constructor.getModifiers()))
                    .map(constructor -> describe(type, constructor)),
                Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> isVisible(method.getModifiers()) && !method.isSynthetic())
                    .map(PublicApiTest::describe))
            .flatMap(described -> described)
            .sorted();
    String modifiers = Modifier.isFinal(type.getModifiers()) && !type.isEnum() ? "final " : "";
    String head =
        modifiers + kind + " " + name(type) + (parents.isEmpty() ? "" : " extends " + parents);
    return Stream.concat(Stream.of(deprecated(type) + head), members.map(member -> "  " + member));
  }

  private static String describe(Field field) {
    return deprecated(field) + field.getName() + ": " + name(field.getGenericType());
  }

  private static String describe(Class<?> type, Constructor<?> constructor) {
    return deprecated(constructor)
        + "new "
        + type.getSimpleName()
        + parameters(constructor.getGenericParameterTypes());
  }

  private static String describe(Method method) {
    String how =
        Modifier.isStatic(method.getModifiers()) ? "static " : method.isDefault() ? "default " : "";
    return deprecated(method)
        + how
        + method.getName()
        + parameters(method.getGenericParameterTypes())
        + ": "
        + name(method.getGenericReturnType());
  }

  private static String parameters(Type[] types) {
    return Arrays.stream(types)
        .map(PublicApiTest::name)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  private static String deprecated(AnnotatedElement element) {
    return element.isAnnotationPresent(Deprecated.class) ? "deprecated " : "";
  }

  private static String name(Type type) {
    return type.getTypeName().replace("java.lang.", "").replace("java.util.", "");
  }
}
