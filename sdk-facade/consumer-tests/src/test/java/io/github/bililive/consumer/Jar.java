package io.github.bililive.consumer;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** Looks into jars. */
final class Jar {
  private static final int MAGIC = 0xCAFEBABE;

  private Jar() {}

  /** Returns the names of all files. */
  static List<String> files(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  /** Returns the files of the classes that a Java 8 would find. */
  static List<String> classes(Path jar) throws IOException {
    return files(jar).stream()
        .filter(name -> name.endsWith(".class"))
        .filter(name -> !name.startsWith("META-INF/") && !name.equals("module-info.class"))
        .toList();
  }

  /** Returns the class file versions that occur, 52 for Java 8. */
  static Set<Integer> classFileVersions(Path jar) throws IOException {
    Set<Integer> versions = new TreeSet<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (String name : classes(jar)) {
        try (DataInputStream in = new DataInputStream(file.getInputStream(file.getEntry(name)))) {
          if (in.readInt() != MAGIC) {
            throw new IOException(name + " is no class file");
          }
          in.readUnsignedShort(); // The minor version.
          versions.add(in.readUnsignedShort());
        }
      }
    }
    return versions;
  }

  /** Packs a folder. Returns the jar. */
  static Path pack(Path folder, Path jar) throws IOException {
    try (Stream<Path> files = Files.walk(folder);
        JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
      }
    }
    return jar;
  }

  /** Returns a file's text. */
  static String text(Path jar, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return new String(
          file.getInputStream(file.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static Attributes manifest(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getManifest().getMainAttributes();
    }
  }
}
