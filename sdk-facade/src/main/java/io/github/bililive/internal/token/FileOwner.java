package io.github.bililive.internal.token;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;

/** Makes files that their owner alone may read, as far as the file system can. */
@NotOnAndroid21
public final class FileOwner {
  private static final FileAttribute<?>[] NONE = {};

  private FileOwner() {}

  /** Returns what a file is to be made with, so that it is never readable by others. */
  public static FileAttribute<?>[] alone(Path file) {
    return isPosix(file) ? attributes("rw-------") : NONE;
  }

  /** Makes a directory that is not there yet, and those above it. */
  public static void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory, isPosix(directory) ? attributes("rwx------") : NONE);
    }
  }

  /** Restricts a file that was made just now and is still empty, where modes do not do it. */
  public static void restrict(Path file) throws IOException {
    AclFileAttributeView view =
        isPosix(file) ? null : Files.getFileAttributeView(file, AclFileAttributeView.class);
    if (view != null) {
      view.setAcl(
          Collections.singletonList(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(view.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
  }

  /**
   * Forces a move in a directory to the disk. Not every system lets a directory be opened for that;
   * where it does not, the move is on the disk when the system sees fit.
   */
  public static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // Windows: the move itself has succeeded.
    }
  }

  private static boolean isPosix(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] attributes(String mode) {
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
    };
  }
}
