package io.github.bililive.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bililive.Leaks;
import io.github.bililive.internal.token.TokenFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTokenStoreTest {
  private static final OAuthToken OLD =
      OAuthToken.of(
          "hush-access-old", "hush-refresh-old", 1_760_000_000, List.of("A", "B"), 1_757_000_000);
  private static final OAuthToken NEW =
      OAuthToken.of("hush-access-new", "hush-\"密\n", 0, List.of());

  @TempDir Path parent;

  private FileTokenStore store() {
    return FileTokenStore.in(directory());
  }

  private Path directory() {
    return parent.resolve("tokens");
  }

  @Test
  void aPairComesBackAsItWasAlsoToAnotherStore() throws IOException {
    store().save("alice", OLD);
    assertThat(store().load("alice")).isEqualTo(OLD);

    store().save("alice", NEW);
    assertThat(store().load("alice")).isEqualTo(NEW);
    assertThat(files()).containsExactly("token-alice.json");
  }

  @Test
  void aBroadcasterWithoutAFileHasNoPairAndAskingMakesNoDirectory() throws IOException {
    assertThat(store().load("alice")).isNull();
    assertThat(directory()).doesNotExist();
  }

  @Test
  void broadcastersDoNotGetInEachOthersWayWhateverTheirNamesAre() throws IOException {
    List<String> names =
        List.of(
            "alice", "Alice", "a/b", "../alice", "密", "a b", "con", ".", "", "alice.x.new", "=61");
    for (int i = 0; i < names.size(); i++) {
      store().save(names.get(i), OAuthToken.of("a" + i, "r" + i, i, List.of()));
    }
    for (int i = 0; i < names.size(); i++) {
      assertThat(store().load(names.get(i)).getRefreshToken()).isEqualTo("r" + i);
    }
    Set<String> withoutCase = new HashSet<>();
    assertThat(files()).hasSize(names.size()).allMatch(name -> name.matches("[a-zA-Z0-9=_.-]+"));
    assertThat(files()).allMatch(name -> withoutCase.add(name.toLowerCase(java.util.Locale.ROOT)));
    assertThat(parent).isDirectoryNotContaining(path -> !path.equals(directory()));
  }

  @Test
  void aNameThatNoFileCanHaveIsRefusedInWords() {
    assertThatThrownBy(() -> store().save("密".repeat(100), OLD))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the broadcaster's name takes 900 characters in a file's name: give one that takes at"
                + " most 200");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theOwnerAloneMayReadWhatIsWritten() throws IOException {
    store().save("alice", OLD);

    assertThat(mode(directory())).isEqualTo("rwx------");
    assertThat(mode(directory().resolve("token-alice.json"))).isEqualTo("rw-------");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDirectoryThatWasThereKeepsItsMode() throws IOException {
    Files.createDirectory(directory());
    Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwxr-x---"));
    store().save("alice", OLD);

    assertThat(mode(directory())).isEqualTo("rwxr-x---");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hush",
        "{",
        "{\"access_token\":\"hush\"}",
        "{\"access_token\":\"hush\",\"refresh_token\":\"hush\",\"expires_at\":\"hush\"}",
        "{\"access_token\":\"hush hush\",\"refresh_token\":\"hush\"}",
        "{\"access_token\":\"hush\",\"refresh_token\":\"hush\"} hush"
      })
  void aDamagedFileIsNamedAndNothingOfItShown(String text) throws IOException {
    Files.createDirectory(directory());
    Path file = directory().resolve("token-alice.json");
    Files.writeString(file, text);

    assertThatThrownBy(() -> store().load("alice"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + " is damaged")
        .hasMessageContaining("restore it, or delete it")
        .satisfies(Leaks::assertHidesSecrets);
  }

  @Test
  void aSaveThatIsCutOffAtAnyByteLeavesTheOldPairOrTheNew() throws IOException {
    byte[] text = TokenFile.write("alice", NEW);
    Path torn = directory().resolve("token-alice.json.0-1.new");
    int olds = 0;
    for (int length = 0; length <= text.length; length++) {
      store().save("alice", OLD);
      Files.write(torn, Arrays.copyOf(text, length));

      OAuthToken loaded = store().load("alice");

      // The last byte is the line's end, which a whole object may lack.
      assertThat(loaded).isEqualTo(length >= text.length - 1 ? NEW : OLD);
      olds += loaded.equals(OLD) ? 1 : 0;
      assertThat(files()).containsExactly("token-alice.json");
    }
    assertThat(olds).isEqualTo(text.length - 1);
  }

  @Test
  void whatACutOffSaveHasLeftIsGoneAfterTheNext() throws IOException {
    store().save("alice", OLD);
    Files.writeString(directory().resolve("token-alice.json.0-1.new"), "{\"access_t");
    store().save("bob", OLD);
    store().save("alice", NEW);

    assertThat(files()).containsExactlyInAnyOrder("token-alice.json", "token-bob.json");
    assertThat(store().load("alice")).isEqualTo(NEW);
  }

  @Test
  void aRemovedPairIsGoneAndTheOthersStay() throws IOException {
    store().save("alice", OLD);
    store().save("bob", OLD);
    store().remove("alice");
    store().remove("alice");

    assertThat(store().load("alice")).isNull();
    assertThat(store().load("bob")).isEqualTo(OLD);
    assertThat(files()).containsExactly("token-bob.json");
  }

  @Test
  void whatInterruptedSavesHaveLeftIsRemovedToo() throws IOException {
    store().save("alice", OLD);
    Files.writeString(directory().resolve("token-alice.json.0-1.new"), "{\"access_t");
    Files.write(directory().resolve("token-alice.json.0-2.new"), TokenFile.write("alice", NEW));
    store().remove("alice");

    assertThat(files()).isEmpty();
    assertThat(store().load("alice")).isNull();
  }

  @Test
  void aPairIsRemovedWhoseFileIsDamaged() throws IOException {
    Files.createDirectory(directory());
    Files.writeString(directory().resolve("token-alice.json"), "{");
    store().remove("alice");

    assertThat(files()).isEmpty();
  }

  @Test
  void removingWhereThereIsNoDirectoryMakesNone() throws IOException {
    store().remove("alice");

    assertThat(directory()).doesNotExist();
  }

  @Test
  void aPairThatCannotBeRemovedIsAnErrorThatNamesItsFile() throws IOException {
    Path file = directory().resolve("token-alice.json");
    Files.createDirectories(file.resolve("in the way"));

    assertThatThrownBy(() -> store().remove("alice"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void aPairThatCannotBeWrittenIsAnErrorThatNamesThePlaceAndNoToken() throws IOException {
    Files.writeString(directory(), "a file where the directory should be");

    assertThatThrownBy(() -> store().save("alice", OLD))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory().toString())
        .satisfies(Leaks::assertHidesSecrets);
  }

  @Test
  void aFailedSaveLeavesTheOldPairAndNothingElse() throws IOException {
    store().save("alice", OLD);
    Path file = directory().resolve("token-alice.json");
    Files.delete(file);
    Files.createDirectories(file.resolve("in the way"));

    assertThatThrownBy(() -> store().save("alice", NEW)).isInstanceOf(IOException.class);

    Files.delete(file.resolve("in the way"));
    Files.delete(file);
    assertThat(store().load("alice")).as("written whole, and not lost").isEqualTo(NEW);
  }

  @Test
  void otherFilesInTheDirectoryAreLeftAlone() throws IOException {
    Files.createDirectory(directory());
    Files.writeString(directory().resolve("notes.new"), "mine");
    store().save("alice", OLD);
    store().load("alice");

    assertThat(directory().resolve("notes.new")).hasContent("mine");
  }

  @Test
  void whatPrintsShowsNoToken() {
    assertThat(OLD.toString())
        .isEqualTo(
            "OAuthToken{accessToken=██, refreshToken=██, expiresAtSeconds=1760000000,"
                + " scopes=[A, B], grantedAtSeconds=1757000000}");
    assertThat(store()).hasToString("FileTokenStore{" + directory() + "}");
  }

  @Test
  void theFileIsJsonThatAPersonCanRead() throws IOException {
    assertThat(new String(TokenFile.write("alice", OLD), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {
              "broadcaster": "alice",
              "access_token": "hush-access-old",
              "refresh_token": "hush-refresh-old",
              "expires_at": 1760000000,
              "granted_at": 1757000000,
              "scopes": [
                "A",
                "B"
              ]
            }
            """);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory())) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("tokens.lock"))
          .toList();
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
