package io.github.bililive.openapi.source;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A document with all files that it refers to. What it holds may be changed in place; it remembers
 * where each object stood when the files were read.
 */
final class SourceDocument {
  private final Map<Path, DocumentFile> files = new LinkedHashMap<>();
  private final Map<ObjectNode, Place> places = new IdentityHashMap<>();
  private final Path folder;
  private final DocumentFile first;
  private final Map<JsonNode, JsonNode> parents = new IdentityHashMap<>();
  private boolean changed;
  private boolean bundled;

  private SourceDocument(Path path, JsonNode root) {
    this.folder = path.getParent();
    this.first = add(path, root);
  }

  /**
   * Reads a file, or takes what the parser made of a document that is elsewhere. Null if there is
   * none.
   */
  static SourceDocument read(String location, OpenAPI parsed) {
    try {
      Path path = Path.of(location).toAbsolutePath().normalize();
      if (Files.isRegularFile(path)) {
        YamlTree.Read read = YamlTree.read(Files.readString(path));
        SourceDocument document = new SourceDocument(path, read.root());
        document.changed |= read.ambiguous();
        return document;
      }
    } catch (InvalidPathException e) {
      // A URL.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    boolean isJsonSchema = parsed.getSpecVersion() == SpecVersion.V31;
    String name = location.replaceFirst("[?#].*", "").replaceFirst(".*[/\\\\:]", "");
    return new SourceDocument(
        Path.of(name.isEmpty() ? "document" : name).toAbsolutePath(),
        (isJsonSchema ? Json31.mapper() : Json.mapper()).valueToTree(parsed));
  }

  private DocumentFile add(Path path, JsonNode root) {
    if (!(root instanceof ObjectNode)) {
      return null;
    }
    String label = this.folder.relativize(path).toString().replace('\\', '/');
    DocumentFile file = new DocumentFile(path, label, (ObjectNode) root);
    this.files.put(path, file);
    remember(root, file.place());
    return file;
  }

  private void remember(JsonNode node, Place place) {
    node.forEach(each -> this.parents.put(each, node));
    if (node instanceof ObjectNode) {
      this.places.put((ObjectNode) node, place);
      String reference = Nodes.text(node, "$ref");
      node.properties().forEach(each -> remember(each.getValue(), place.child(each.getKey())));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      remember(node.get(i), place.child(String.valueOf(i)));
    }
  }

  DocumentFile first() {
    return this.first;
  }

  boolean isSwagger2() {
    return this.first.isSwagger2();
  }

  /** From now on all references are those of the first file. */
  void bundle() {
    this.bundled = true;
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

  /** Puts another node where one was written. */
  void replace(ObjectNode node, ObjectNode other) {
    JsonNode parent = this.parents.get(node);
    if (parent instanceof ObjectNode) {
      ((ObjectNode) parent)
          .properties().stream()
              .filter(member -> member.getValue() == node)
              .forEach(member -> member.setValue(other));
    }
    for (int i = 0; parent instanceof ArrayNode && i < parent.size(); i++) {
      if (parent.get(i) == node) {
        ((ArrayNode) parent).set(i, other);
      }
    }
  }

  /** What a reference leads to, one step. Null if that is nothing, or not in a file. */
  Target target(String reference, DocumentFile from) {
    int hash = reference.indexOf('#');
    String name = hash < 0 ? reference : reference.substring(0, hash);
    String pointer = hash < 0 ? "" : reference.substring(hash + 1);
    DocumentFile base = this.bundled ? this.first : from;
    DocumentFile file = name.isEmpty() ? base : file(name, base);
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
      plain = URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
    return JsonPointer.compile(plain);
  }

  private DocumentFile file(String name, DocumentFile from) {
    if (name.matches("[a-zA-Z][a-zA-Z0-9+.-]+:.*")) {
      return null; // A URL.
    }
    try {
      Path path = from.path().resolveSibling(name.replace('/', File.separatorChar)).normalize();
      if (this.files.containsKey(path) || !Files.isRegularFile(path)) {
        return this.files.get(path);
      }
      this.files.put(path, null);
      return add(path, YamlTree.read(Files.readString(path)).root());
    } catch (InvalidPathException | IOException | YAMLException e) {
      return null;
    }
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

  /** A node and the file that it is in. */
  record Target(DocumentFile file, ObjectNode node) {}
}
