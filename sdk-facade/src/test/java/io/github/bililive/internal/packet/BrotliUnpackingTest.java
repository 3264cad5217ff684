package io.github.bililive.internal.packet;

import static io.github.bililive.internal.packet.FrameEncoder.frame;
import static io.github.bililive.internal.packet.FrameEncoder.packet;
import static io.github.bililive.internal.packet.FrameEncoder.storedBrotli;
import static io.github.bililive.internal.packet.FrameEncoder.zlib;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class BrotliUnpackingTest {
  private static final byte[] MESSAGE = packet(0, 5, "{}".getBytes(UTF_8));

  /** Reads a frame of each kind in a class loader that may lack the decoder. */
  public static final class ReadBoth implements Callable<String> {
    @Override
    public String call() throws Exception {
      String plain = FrameLog.of(frame(packet(2, 5, zlib(MESSAGE)))).toString();
      try {
        return plain + FrameLog.of(frame(packet(3, 5, storedBrotli(MESSAGE))));
      } catch (BrotliMissingException e) {
        return plain + e.getMessage();
      }
    }
  }

  @Test
  void withoutTheDependencyTheErrorNamesIt() throws Exception {
    assertThat(readBoth("org.brotli."))
        .isEqualTo(
            "[message {}]packet is packed by brotli (version 3):"
                + " add the dependency org.brotli:dec:0.1.2 to read it");
  }

  @Test
  void withTheDependencyNothingElseIsNeeded() throws Exception {
    assertThat(readBoth("no.such.package.")).isEqualTo("[message {}][message {}]");
  }

  @Test
  void aStreamThatBreaksOffIsAnError() {
    byte[] packed = storedBrotli(MESSAGE);
    byte[] cut = Arrays.copyOf(packed, packed.length - 2);

    assertThatThrownBy(() -> FrameLog.of(frame(packet(3, 5, cut))))
        .isInstanceOf(PacketException.class)
        .hasMessageStartingWith("packet at byte 0 of the frame is not brotli: ");
  }

  @Test
  void itMayUnpackToTheLimitAndToNoByteMore() throws PacketException {
    byte[] packed = storedBrotli(MESSAGE);
    FrameBuffer out = new FrameBuffer();

    BrotliUnpacking.unpack(packed, 0, packed.length, out, MESSAGE.length);

    assertThat(Arrays.copyOf(out.bytes, out.size)).isEqualTo(MESSAGE);
    assertThatThrownBy(
            () -> BrotliUnpacking.unpack(packed, 0, packed.length, out, MESSAGE.length - 1))
        .isInstanceOf(PacketException.class)
        .hasMessage("unpacks to more than " + (MESSAGE.length - 1) + " bytes");
  }

  @Test
  void anEmptyBodyIsAnError() {
    assertThatThrownBy(() -> FrameLog.of(frame(packet(3, 5, new byte[0]))))
        .isInstanceOf(PacketException.class)
        .hasMessageStartingWith("packet at byte 0 of the frame is not brotli: ");
  }

  @Test
  void severalBlocksAreOneStream() throws PacketException {
    byte[] large = packet(0, 5, "x".repeat(200_000).getBytes(UTF_8));

    assertThat(FrameLog.of(frame(packet(3, 5, storedBrotli(large)))))
        .isEqualTo(List.of("message " + "x".repeat(200_000)));
  }

  private static String readBoth(String hidden) throws Exception {
    ClassLoader loader = new HidingLoader(hidden);
    Class<?> task = loader.loadClass(ReadBoth.class.getName());
    return (String) ((Callable<?>) task.getConstructor().newInstance()).call();
  }

  /** Loads this package anew, and hides another one. */
  private static final class HidingLoader extends ClassLoader {
    private final String hidden;

    HidingLoader(String hidden) {
      super(BrotliUnpackingTest.class.getClassLoader());
      this.hidden = hidden;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(hidden)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith("io.github.bililive.internal.packet.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String path = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(path)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
