package io.github.bililive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.InvalidResponseException;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.TokenStore;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Null for each argument of each public method: refused at once, by an error that names it and says
 * what would be right.
 */
class NullArgumentsTest {
  private static final Path CLASSES = Path.of("target", "classes");

  @TempDir static Path folder;

  private static final ExecutorService THREADS = Executors.newCachedThreadPool();
  private static final BiliLiveClient CLIENT = client();
  private static final Map<Class<?>, Object> SAMPLES = new HashMap<>();

  private static BiliLiveClient client() {
    return BiliLiveClient.builder()
        .credentials(Credentials.of("client-id", "app-secret"))
        .accessToken("token")
        .baseUrl("http://127.0.0.1:9/")
        .tokenStore(new NoTokens())
        .build();
  }

  /** A store of a user's, without tokens. */
  private static final class NoTokens implements TokenStore {
    @Override
    public @Nullable OAuthToken load(String broadcaster) {
      return null;
    }

    @Override
    public void save(String broadcaster, OAuthToken token) {}

    @Override
    public void remove(String broadcaster) {}
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    THREADS.shutdownNow();
  }

  /** One argument of one method or constructor. */
  private record Argument(Executable of, int index) {
    String name() {
      return of.getParameters()[index].getName();
    }

    @Override
    public String toString() {
      return of.getDeclaringClass().getName().replace("io.github.bililive.", "")
          + "."
          + (of instanceof Method ? of.getName() : "new")
          + Arrays.stream(of.getParameters())
              .map(Parameter::getName)
              .collect(Collectors.joining(", ", "(", ")"))
          + " with "
          + name()
          + " = null";
    }
  }

  @ParameterizedTest
  @MethodSource("arguments")
  void nullIsRefusedAtOnceAndNamed(Argument argument) throws Exception {
    Object[] arguments =
        Arrays.stream(argument.of.getParameterTypes()).map(NullArgumentsTest::sample).toArray();
    arguments[argument.index] = null;

    Throwable refusal = thrownBy(argument.of, arguments);

    assertThat(refusal)
        .isInstanceOf(NullPointerException.class)
        .hasMessageMatching(argument.name() + " is null: .+");
  }

  @Test
  void manyArgumentsAreTried() throws Exception {
    assertThat(arguments()).hasSizeGreaterThan(100);
  }

  private static Throwable thrownBy(Executable executable, Object[] arguments) throws Exception {
    try {
      if (executable instanceof Constructor) {
        ((Constructor<?>) executable).newInstance(arguments);
      } else {
        boolean isStatic = Modifier.isStatic(executable.getModifiers());
        Object target = isStatic ? null : sample(executable.getDeclaringClass());
        ((Method) executable).invoke(target, arguments);
      }
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
    throw new AssertionError("null was taken");
  }

  static Stream<Argument> arguments() throws Exception {
    return publicTypes().stream()
        // What a user implements: the SDK calls it.
        .filter(type -> !type.isInterface() || isImplementedBySdk(type))
        .filter(type -> !type.isEnum() || type.getDeclaredMethods().length > 2)
        .flatMap(
            type ->
                Stream.concat(
                    Arrays.stream(type.getDeclaredConstructors()),
                    Arrays.stream(type.getDeclaredMethods())))
        .filter(of -> Modifier.isPublic(of.getModifiers()) && !of.isSynthetic())
        .filter(of -> !of.getName().equals("equals") && !of.getName().equals("valueOf"))
        .flatMap(
            of ->
                Stream.iterate(0, i -> i + 1)
                    .limit(of.getParameterCount())
                    .filter(i -> mustNotBeNull(of, i))
                    .map(i -> new Argument(of, i)));
  }

  private static boolean isImplementedBySdk(Class<?> type) {
    return Set.of(
            "OAuth",
            "AuthorizationRequest",
            "RefreshingTokenProvider",
            "AccessTokenProvider",
            "LiveConnection")
        .contains(type.getSimpleName());
  }

  private static boolean mustNotBeNull(Executable of, int index) {
    Parameter parameter = of.getParameters()[index];
    return !parameter.getType().isPrimitive()
        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static List<Class<?>> publicTypes() throws Exception {
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
      Class<?> type = Class.forName(name);
      Class<?> outer = type.getDeclaringClass();
      if (Modifier.isPublic(type.getModifiers())
          && (outer == null || Modifier.isPublic(outer.getModifiers()))) {
        types.add(type);
      }
    }
    return types.build().collect(Collectors.toList());
  }

  private static Object sample(Class<?> type) {
    Object known = SAMPLES.get(type);
    if (known == null) { // Not computeIfAbsent: making one may need others.
      known = make(type);
      SAMPLES.put(type, known);
    }
    return known;
  }

  private static Object make(Class<?> type) {
    if (type == BiliLiveClient.class) {
      return CLIENT;
    }
    if (type == BiliLiveClientBuilder.class) {
      return BiliLiveClient.builder();
    }
    if (type == io.github.bililive.token.OAuth.class) {
      return CLIENT.oauth();
    }
    if (type == io.github.bililive.token.AuthorizationRequest.class) {
      return CLIENT.oauth().authorizationUrl("https://example.com/callback");
    }
    if (io.github.bililive.token.AccessTokenProvider.class.isAssignableFrom(type)) {
      return CLIENT.oauth().provider("alice");
    }
    if (type == LiveConnection.class) {
      return CLIENT.connect(new LiveListener() {});
    }
    if (type == FileTokenStore.class) {
      return FileTokenStore.in(folder);
    }
    if (type == String.class || type == CharSequence.class) {
      return "http://127.0.0.1/";
    }
    if (type == Path.class) {
      return folder;
    }
    if (type == java.io.File.class) {
      return folder.toFile();
    }
    if (type == TimeUnit.class) {
      return TimeUnit.SECONDS;
    }
    if (type == io.github.bililive.generated.openlive.model.AnchorInfo.class) {
      return io.github.bililive.generated.openlive.model.AnchorInfo.builder().build();
    }
    if (type == Credentials.class) {
      return Credentials.of("client-id", "app-secret");
    }
    if (type == OkHttpClient.class) {
      return new OkHttpClient();
    }
    if (type == ExecutorService.class) {
      return THREADS;
    }
    if (type == Throwable.class || type == Exception.class || type == java.io.IOException.class) {
      return new java.io.IOException("sample");
    }
    if (type == InvalidResponseException.class) {
      return new InvalidResponseException("start", "no JSON", 502, null, "", null);
    }
    if (BiliLiveException.class.isAssignableFrom(type)) {
      return new io.github.bililive.error.PlatformException("start", 5000, "", null);
    }
    if (type == Map.class) {
      return Collections.emptyMap();
    }
    if (type == List.class || type == java.util.Collection.class || type == Iterable.class) {
      return List.of("id");
    }
    if (type == Set.class) {
      return Set.of("id");
    }
    if (type == byte[].class) {
      return new byte[] {'{', '}'};
    }
    if (type == long.class || type == Long.class) {
      return 1L;
    }
    if (type == int.class || type == Integer.class) {
      return 1;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isInterface()) {
      return Proxy.newProxyInstance(
          type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
    }
    return byFactory(type);
  }

  /** By a constant, static factory, builder or constructor, of its own or of the type around it. */
  private static Object byFactory(Class<?> type) {
    Class<?> around = type.getDeclaringClass() == null ? type : type.getDeclaringClass();
    try {
      for (Field field : around.getFields()) {
        if (field.getType() == type && Modifier.isStatic(field.getModifiers())) {
          return field.get(null);
        }
      }
      for (Method method : around.getDeclaredMethods()) {
        if (Modifier.isStatic(method.getModifiers())
            && Modifier.isPublic(method.getModifiers())
            && method.getReturnType() == type) {
          return method.invoke(
              null,
              Arrays.stream(method.getParameterTypes()).map(NullArgumentsTest::sample).toArray());
        }
      }
      for (Class<?> inner : type.getDeclaredClasses()) {
        if (inner.getSimpleName().equals("Builder")) {
          return inner.getMethod("build").invoke(sample(inner));
        }
      }
      Constructor<?> constructor = type.getConstructors()[0];
      return constructor.newInstance(
          Arrays.stream(constructor.getParameterTypes()).map(NullArgumentsTest::sample).toArray());
    } catch (ReflectiveOperationException | ArrayIndexOutOfBoundsException e) {
      throw new AssertionError("no sample of " + type, e);
    }
  }
}
