package io.github.bililive.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Android's build makes of the jars, for API 21: profile {@code r8}. */
class DexIT {
  private static final List<String> API_21 = List.of("--min-api", "21");

  /** What is kept of the two apps that are compared. */
  private static final String ENTRIES =
      """
      -keep class PlainApp { public static void main(java.lang.String[]); }
      -keep class RoomViewModel { public <init>(...); }
      """;

  /** In bytes; android.md names them. */
  private static final int MOST_IN_A_DOWNLOAD = 130_000;

  private static final int MOST_INSTALLED = 265_000;

  @TempDir Path folder;

  @Test
  void d8MakesDexOfTheJarsWithoutAWarning() throws Exception {
    R8 r8 = R8.present(folder);
    List<Path> ours =
        BuiltArtifacts.SDK.stream().map(jar -> BuiltArtifacts.file(jar, ".jar")).toList();
    List<Path> others = ShrunkIT.libraries().stream().filter(jar -> !ours.contains(jar)).toList();
    Path dex = folder.resolve("dex.zip");

    r8.dex(ours, others, API_21, dex);

    assertThat(Jar.files(dex)).contains("classes.dex");
  }

  /** An app with Retrofit, Moshi and OkHttp gets the view model of android.md, and the SDK. */
  @Test
  void theSdkAddsNoMoreToAnAppThanThePageSays() throws Exception {
    R8 r8 = R8.present(folder);
    Path page = BuiltArtifacts.docs().resolve("android.md");

    byte[] plain = shrunk(r8, "plain", plainApp());
    byte[] with = shrunk(r8, "with", plainApp(), Snippet.declaring("RoomViewModel"));
    int installed = with.length - plain.length;
    int download = packed(with) - packed(plain);

    String added = "added: %d bytes of dex, %d packed".formatted(installed, download);
    System.out.println(added);
    assertThat(download).as(added).isBetween(MOST_IN_A_DOWNLOAD / 2, MOST_IN_A_DOWNLOAD);
    assertThat(installed).as(added).isBetween(MOST_INSTALLED / 2, MOST_INSTALLED);
    assertThat(Files.readString(page))
        .contains(MOST_IN_A_DOWNLOAD / 1000 + " KB", MOST_INSTALLED / 1000 + " KB");
  }

  private static Snippet plainApp() throws IOException {
    Path file = Path.of("src/test/resources/shrunk/PlainApp.java");
    return new Snippet(file, 1, "java", Files.readString(file));
  }

  private byte[] shrunk(R8 r8, String name, Snippet... sources) throws Exception {
    Path app = Files.createDirectories(folder.resolve(name));
    Path android = Files.createDirectories(folder.resolve(name + "-android"));
    for (Snippet source : sources) {
      source.compile(app).close();
    }
    for (String part : List.of("android", "androidx")) { // What a device has, or the app anyway.
      if (Files.exists(app.resolve(part))) {
        Files.move(app.resolve(part), android.resolve(part));
      }
    }
    Path stubs = Jar.pack(android, folder.resolve(name + "-android.jar"));
    Path dex = Files.createDirectory(folder.resolve(name + "-dex"));

    r8.shrink(
        ENTRIES,
        Jar.pack(app, folder.resolve(name + ".jar")),
        ShrunkIT.libraries(),
        List.of("--min-api", "21", "--lib", stubs.toString()),
        dex);

    return Files.readAllBytes(dex.resolve("classes.dex"));
  }

  /** Returns the size in an APK as it is downloaded. */
  private static int packed(byte[] dex) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(out)) {
      packing.write(dex);
    }
    return out.size();
  }
}
