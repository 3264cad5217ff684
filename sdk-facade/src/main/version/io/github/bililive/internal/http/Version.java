package io.github.bililive.internal.http;

/** This SDK's version. A constant, which also a shrunk app has. */
final class Version {
  static final String USER_AGENT = "bililive/${project.version}";

  private Version() {}
}
