package io.github.bililive.openapi.source;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A document with all files that it refers to. What it holds may be changed in place; it remembers
 * where each object stood when the files were read.
 */
final class SourceDocument {
  private final Map<Path, DocumentFile> files = new LinkedHashMap<>();
  private final Map<Path, Boolean> unreadable = new HashMap<>();
  private final Map<ObjectNode, Place> places = new IdentityHashMap<>();
  private final DocumentFile first;
  private boolean changed;

  private SourceDocument(Path path) throws IOException {
    this.first = read(path, path.getFileName().toString());
  }

  /** Reads a file. Null if the location is no file that can be read, or holds no object. */
  static SourceDocument read(String location) {
    try {
      Path path = Path.of(location).toAbsolutePath().normalize();
      if (!Files.isRegularFile(path)) {
        return null;
      }
      SourceDocument document = new SourceDocument(path);
      return document.first == null ? null : document;
    } catch (InvalidPathException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DocumentFile read(Path path, String label) throws IOException {
    YamlTree.Read read =
        YamlTree.read(new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    if (!(read.root() instanceof ObjectNode)) {
      return null;
    }
    this.changed |= read.ambiguous();
    DocumentFile file = new DocumentFile(path, label, (ObjectNode) read.root());
    this.files.put(path, file);
    remember(file.root(), file.place());
    return file;
  }

  private void remember(JsonNode node, Place place) {
    if (node instanceof ObjectNode) {
      this.places.put((ObjectNode) node, place);
      node.properties().forEach(each -> remember(each.getValue(), place.child(each.getKey())));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      remember(node.get(i), place.child(String.valueOf(i)));
    }
  }

  DocumentFile first() {
    return this.first;
  }

  Collection<DocumentFile> files() {
    return this.files.values();
  }

  /** Whether its schemas are those of JSON Schema, as from OpenAPI 3.1 on. */
  boolean isJsonSchema() {
    return this.first.root().path("openapi").asText().startsWith("3.1")
        || this.first.root().path("openapi").asText().startsWith("3.2");
  }

  /** Whether the parser has to read it anew. */
  boolean isChanged() {
    return this.changed;
  }

  void change() {
    this.changed = true;
  }

  /** Where a node was written, or the nearest place that was, which the caller knows. */
  Place place(ObjectNode node, Place nearest) {
    return this.places.computeIfAbsent(node, n -> nearest);
  }

  /** What a reference leads to, one step. Null if that is nothing, or not in a file. */
  Target target(String reference, DocumentFile from) {
    int hash = reference.indexOf('#');
    String name = hash < 0 ? reference : reference.substring(0, hash);
    String pointer = hash < 0 ? "" : reference.substring(hash + 1);
    DocumentFile file = name.isEmpty() ? from : file(name, from);
    return file == null ? null : target(file, pointer);
  }

  private Target target(DocumentFile file, String pointer) {
    if (!pointer.isEmpty() && !pointer.startsWith("/")) {
      return null;
    }
    JsonNode node = file.root();
    DocumentFile holder = file;
    for (JsonPointer rest = compiled(pointer); !rest.matches(); rest = rest.tail()) {
      for (int steps = 0; node.path("$ref").isTextual() && steps < 50; steps++) {
        Target next = target(node.get("$ref").textValue(), holder);
        if (next == null) {
          return null;
        }
        node = next.node();
        holder = next.file();
      }
      node =
          rest.mayMatchElement() && node.isArray()
              ? node.path(rest.getMatchingIndex())
              : node.path(rest.getMatchingProperty());
    }
    return node instanceof ObjectNode ? new Target(holder, (ObjectNode) node) : null;
  }

  private static JsonPointer compiled(String pointer) {
    String plain = pointer;
    if (pointer.indexOf('%') >= 0) {
      plain = java.net.URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
    return JsonPointer.compile(plain);
  }

  private DocumentFile file(String name, DocumentFile from) {
    if (name.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      return null; // A URL.
    }
    try {
      Path path = from.path().resolveSibling(name.replace('/', File.separatorChar)).normalize();
      if (this.files.containsKey(path) || this.unreadable.containsKey(path)) {
        return this.files.get(path);
      }
      DocumentFile read = Files.isRegularFile(path) ? read(path, label(path)) : null;
      if (read == null) {
        this.unreadable.put(path, true);
      }
      return read;
    } catch (InvalidPathException | IOException e) {
      return null;
    }
  }

  private String label(Path path) {
    return this.first.path().getParent().relativize(path).toString().replace('\\', '/');
  }

  /** What a chain of references leads to; the node itself if it has none. */
  Target resolve(ObjectNode node, DocumentFile from) {
    Target target = new Target(from, node);
    for (int steps = 0; target.node().path("$ref").isTextual() && steps < 50; steps++) {
      Target next = target(target.node().get("$ref").textValue(), target.file());
      if (next == null) {
        return null;
      }
      target = next;
    }
    return target;
  }

  /** How a file refers to a schema that has a name in another file or in itself. */
  String reference(DocumentFile from, DocumentFile to, String schema) {
    String path = from.path().getParent().relativize(to.path()).toString().replace('\\', '/');
    return (from == to ? "" : path) + to.referenceTo(schema);
  }

  /** A node and the file that it is in. */
  record Target(DocumentFile file, ObjectNode node) {}
}
