package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.bililive.Leaks;
import io.github.bililive.internal.token.TokenFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directories and files that others have made, or may change. */
@Timeout(120)
class HostileDirectoryTest {
  private static final OAuthToken PAIR = OAuthToken.of("hush-access", "hush-refresh", 1, List.of());

  @TempDir Path directory;
  private FileTokenStore store;
  private Path file;

  @BeforeEach
  void open() {
    store = FileTokenStore.in(directory.toFile());
    file = directory.resolve("token-alice.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  @DisabledOnOs(OS.WINDOWS)
  void aDirectoryThatOthersMayWriteIsRefused(String mode) throws IOException {
    store.save("alice", PAIR);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));

    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> store.load("alice"),
            () -> store.save("alice", PAIR),
            () -> store.remove("alice"))) {
      assertThatThrownBy(call)
          .isInstanceOf(IOException.class)
          .hasMessage(
              directory
                  + " may be written by others ("
                  + mode
                  + "): take that from them with chmod go-w, or give a directory that is not there"
                  + " yet");
    }
    assertThat(file).isRegularFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw----", "rw-----w-"})
  @DisabledOnOs(OS.WINDOWS)
  void aFileThatOthersMayWriteIsRefusedAndASaveMendsIt(String mode) throws IOException {
    store.save("alice", PAIR);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> store.load("alice"))
        .hasMessageContaining(file + " may be written by others (" + mode + ")");
    store.save("alice", PAIR);
    assertThat(store.load("alice")).isEqualTo(PAIR);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatBelongsToAnotherUserIsRefused() throws IOException {
    assumeThat(System.getProperty("user.name")).as("who may give files away").isEqualTo("root");
    store.save("alice", PAIR);
    Files.setOwner(
        file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

    assertThatThrownBy(() -> store.load("alice"))
        .hasMessageContaining(file + " belongs to nobody, who may write it: give a directory of");
  }

  @Test
  void aPipeIsRefusedAndNotWaitedFor() throws Exception {
    int made = new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
    assumeThat(made).isZero();

    assertThatThrownBy(() -> store.load("alice"))
        .hasMessage(file + " is not a regular file: move it away");
    store.save("alice", PAIR);
    assertThat(store.load("alice")).isEqualTo(PAIR);
  }

  @Test
  void aPipeInPlaceOfTheLockIsRefusedAndOneLeftByNoSaveIsDeleted() throws Exception {
    Path left = directory.resolve("token-alice.json.x.new");
    int made = new ProcessBuilder("mkfifo", left.toString()).start().waitFor();
    assumeThat(made).isZero();
    assertThat(store.load("alice")).isNull();
    assertThat(left).doesNotExist();

    Path lock = directory.resolve("tokens.lock");
    Files.delete(lock);
    new ProcessBuilder("mkfifo", lock.toString()).start().waitFor();
    assertThatThrownBy(() -> store.load("alice"))
        .hasMessage(lock + " is not a regular file: move it away");
  }

  @Test
  void aFileOfGigabytesIsRefusedWithoutReadingIt() throws IOException {
    try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(3L << 30);
    }

    assertThatThrownBy(() -> store.load("alice"))
        .hasMessageContaining(file + " is damaged")
        .hasMessageContaining("(3221225472 bytes)");
  }

  @Test
  void aPairThatWouldMakeSuchAFileIsNotSaved() throws IOException {
    store.save("alice", PAIR);
    OAuthToken huge = OAuthToken.of("a", "hush".repeat(300_000), 1, List.of());

    assertThatThrownBy(() -> store.save("alice", huge))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a token file has at most 1048576")
        .satisfies(Leaks::assertHidesSecrets);
    assertThat(store.load("alice")).isEqualTo(PAIR);
  }

  @Test
  void aDirectoryInTheWayIsNamedByEachCallAndLeftThere() throws IOException {
    Files.createDirectory(file);

    assertThatThrownBy(() -> store.load("alice")).hasMessageContaining(file + " is not a regular");
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(() -> store.save("alice", PAIR), () -> store.remove("alice"))) {
      assertThatThrownBy(call)
          .hasMessage(file + " is a directory where a token file belongs: move it away");
    }
    assertThat(file).isDirectory();
  }

  @Test
  void namesThatUtf8DoesNotTellApartHaveFilesOfTheirOwn() throws IOException {
    List<String> names = List.of("a?", "a\ud83d", "a\ude00", "a\ud83d\ude00", "a\ude00\ud83d");
    for (int i = 0; i < names.size(); i++) {
      store.save(names.get(i), OAuthToken.of("a", "r" + i, 0, List.of()));
    }
    for (int i = 0; i < names.size(); i++) {
      assertThat(store.load(names.get(i)).getRefreshToken()).isEqualTo("r" + i);
    }
  }

  @Test
  void aFileThatNamesAnotherBroadcasterIsRefused() throws IOException {
    store.save("alice", PAIR);
    Files.copy(file, directory.resolve("token-bob.json"));

    assertThatThrownBy(() -> store.load("bob"))
        .hasMessageContaining("token-bob.json is damaged: it is not a whole token file of this")
        .satisfies(Leaks::assertHidesSecrets);
  }

  @Test
  void aFileFromBeforeTheTimeOfTheGrantWasKeptIsRead() throws IOException {
    String text = new String(TokenFile.write("alice", PAIR), "UTF-8");
    assertThat(text).contains("  \"granted_at\": 0,\n");
    Files.writeString(file, text.replace("  \"granted_at\": 0,\n", ""));

    assertThat(store.load("alice")).isEqualTo(PAIR);
  }
}
