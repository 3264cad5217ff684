package io.github.bililive.internal.store;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files that their owner alone may read and write, as far as the file system can. The one class
 * that needs {@code java.nio.file}.
 */
@NotOnAndroid21
final class OwnedFiles extends PlainFiles {
  private static final FileAttribute<?>[] NONE = {};

  /** On Android an app's private directory belongs to a group of the app's own, which may write. */
  private static final boolean IS_ANDROID = "Dalvik".equals(System.getProperty("java.vm.name"));

  @Override
  void createDirectory(File directory) throws IOException {
    Path path = directory.toPath();
    if (!Files.isDirectory(path)) {
      Files.createDirectories(path, isPosix(path) ? attributes("rwx------") : NONE);
    }
  }

  @Override
  boolean create(File file) throws IOException {
    Path path = file.toPath();
    try {
      Files.createFile(path, isPosix(path) ? attributes("rw-------") : NONE);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    AclFileAttributeView view =
        isPosix(path) ? null : Files.getFileAttributeView(path, AclFileAttributeView.class);
    if (view != null) {
      view.setAcl(
          Collections.singletonList(
              AclEntry.newBuilder()
                  .setType(AclEntryType.ALLOW)
                  .setPrincipal(view.getOwner())
                  .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                  .build()));
    }
    return true;
  }

  @Override
  void move(File from, File to) throws IOException {
    Files.move(
        from.toPath(),
        to.toPath(),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  void force(File directory) {
    try (FileChannel channel = FileChannel.open(directory.toPath(), StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      return; // Windows does not let a directory be opened: the move itself has succeeded.
    }
  }

  @Override
  void requireOwn(File file) throws IOException {
    Path path = file.toPath();
    if (!isPosix(path)) {
      return;
    }
    PosixFileAttributes present = Files.readAttributes(path, PosixFileAttributes.class);
    Set<PosixFilePermission> mode = present.permissions();
    boolean mayGroup = mode.contains(PosixFilePermission.GROUP_WRITE) && !IS_ANDROID;
    if (mayGroup || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new IOException(
          file
              + " may be written by others ("
              + PosixFilePermissions.toString(mode)
              + "): take that from them with chmod go-w, or give a directory that is not there yet");
    }
    if (!isOwn(present.owner(), path)) {
      throw new IOException(
          file
              + " belongs to "
              + present.owner().getName()
              + ", who may write it: give a directory of this program's own user, such as one that"
              + " is not there yet");
    }
  }

  /** Whether an owner is this program's user, or root, who may write everything. */
  private static boolean isOwn(UserPrincipal owner, Path path) {
    if (owner.getName().equals("root")) {
      return true;
    }
    boolean isKnown = false;
    try {
      Path self = Paths.get("/proc/self");
      if (owner.equals(Files.getOwner(self, LinkOption.NOFOLLOW_LINKS))) {
        return true;
      }
      isKnown = true;
    } catch (IOException | RuntimeException e) {
      isKnown = false; // Linux alone has it.
    }
    try {
      String name = System.getProperty("user.name", "");
      return owner.equals(
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name));
    } catch (IOException | RuntimeException e) {
      return !isKnown; // A container's user may have no name.
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
