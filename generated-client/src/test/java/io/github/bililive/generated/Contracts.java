package io.github.bililive.generated;

import java.nio.file.Path;
import java.nio.file.Paths;

/** Where the OpenAPI documents are. */
final class Contracts {
  static final Path FOLDER = Paths.get(System.getProperty("openapi.directory"));
  static final Path LIVE_ROOM = FOLDER.resolve("bililive.yaml");
  static final Path OAUTH = FOLDER.resolve("oauth.yaml");
  static final Path OPEN_LIVE = FOLDER.resolve("open-live.yaml");
  static final Path RELAY = FOLDER.resolve("relay.yaml");

  private Contracts() {}
}
