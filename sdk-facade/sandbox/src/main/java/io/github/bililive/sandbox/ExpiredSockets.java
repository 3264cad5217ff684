package io.github.bililive.sandbox;

/**
 * What becomes of an open socket whose conn_id expires. Events stop in any case: it is the platform
 * that forgets the id.
 */
public enum ExpiredSockets {
  /** It stays open and answers heartbeats, so that it looks alive. */
  DEAF,

  /** It stays open and answers nothing. */
  SILENT,

  /** It is hung up. */
  CLOSED
}
