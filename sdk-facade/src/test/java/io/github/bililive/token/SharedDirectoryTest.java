package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Token files that several threads, processes and kinds of machines use. */
@Timeout(120)
class SharedDirectoryTest {
  private static final int SAVES = 653;

  @TempDir Path directory;

  @Test
  void noneOfManySavesFailsBesideLoadsWhichFindAWholePairEachTime() throws Exception {
    FileTokenStore first = FileTokenStore.in(directory);
    first.save("alice", pair(0));
    AtomicInteger left = new AtomicInteger(SAVES);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    List<Future<?>> all = new ArrayList<>();
    for (FileTokenStore store : List.of(first, first, FileTokenStore.in(directory))) {
      all.add(threads.submit(() -> saveAll(store, left)));
      all.add(threads.submit(() -> loadAll(store, left)));
    }
    for (Future<?> each : all) {
      each.get();
    }
    threads.shutdown();

    assertWhole(first.load("alice"));
    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("tokens.lock", "token-alice.json");
  }

  private static Void saveAll(FileTokenStore store, AtomicInteger left) throws IOException {
    for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
      store.save("alice", pair(number));
    }
    return null;
  }

  private static Void loadAll(FileTokenStore store, AtomicInteger left) throws IOException {
    while (left.get() > 0) {
      assertWhole(store.load("alice"));
    }
    return null;
  }

  @Test
  void anotherProcessMaySaveAndLoadAtTheSameTime() throws Exception {
    FileTokenStore store = FileTokenStore.in(directory);
    Process process = KillTest.process("save", directory.toString());
    try (BufferedReader output = process.inputReader()) {
      for (int number = 1; number <= 40; number++) {
        assertThat(output.readLine()).as("the other goes on saving").isNotNull();
        store.save("alice", pair(number));
        assertWhole(store.load("alice"));
      }
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aThreadThatIsInterruptedIsToldSoAndKeepsItsFlag() throws Exception {
    FileTokenStore store = FileTokenStore.in(directory);
    store.save("alice", pair(1));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> store.load("alice"))
        .isInstanceOf(IOException.class)
        .hasMessage("interrupted while waiting for the lock on " + directory + "/tokens.lock");
    assertThat(Thread.interrupted()).isTrue();
    assertWhole(store.load("alice"));
  }

  @Test
  void aMachineWithoutJavaNioFileKeepsTokensToo() throws Exception {
    try (URLClassLoader android = new WithoutNioFile()) {
      Object probe =
          android.loadClass(AndroidProbe.class.getName()).getDeclaredConstructor().newInstance();
      @SuppressWarnings("unchecked")
      Function<File, String> program = (Function<File, String>) probe;

      assertThat(probe.getClass()).isNotEqualTo(AndroidProbe.class);
      assertThat(program.apply(directory.resolve("tokens").toFile())).isEqualTo("r2, then null");
    }
  }

  /** What an app on Android 5.0 does. */
  public static final class AndroidProbe implements Function<File, String> {
    @Override
    public String apply(File directory) {
      FileTokenStore store = FileTokenStore.in(directory);
      try {
        store.save("alice", OAuthToken.of("a1", "r1", 1, List.of()));
        store.save("alice", OAuthToken.of("a2", "r2", 2, List.of()));
        String loaded = store.load("alice").getRefreshToken();
        store.remove("alice");
        return loaded + ", then " + store.load("alice");
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Loads the SDK anew, and has no {@code java.nio.file}. */
  private static final class WithoutNioFile extends URLClassLoader {
    WithoutNioFile() throws IOException {
      super(urls(), SharedDirectoryTest.class.getClassLoader());
    }

    private static URL[] urls() throws IOException {
      List<URL> urls = new ArrayList<>();
      for (String entry :
          Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
        urls.add(new File(entry).toURI().toURL());
      }
      return urls.toArray(new URL[0]);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("java.nio.file.")) {
        throw new ClassNotFoundException(name + ", as on Android 5.0");
      }
      if (!name.startsWith("io.github.bililive.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }

  private static OAuthToken pair(int number) {
    return OAuthToken.of("a" + number, "r".repeat(5000), number, List.of());
  }

  private static void assertWhole(OAuthToken loaded) {
    assertThat(loaded.getRefreshToken()).hasSize(5000);
    assertThat(loaded.getAccessToken()).isEqualTo("a" + loaded.getExpiresAtSeconds());
  }
}
