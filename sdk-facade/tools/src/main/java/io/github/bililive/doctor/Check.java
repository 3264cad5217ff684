package io.github.bililive.doctor;

import java.util.List;

/** What is checked, in this order, and what each check makes no sense without. */
enum Check {
  CONFIGURATION("configuration"),
  PROXY("proxy", CONFIGURATION),
  NAME("name", CONFIGURATION),
  CONNECTION("connection", NAME),
  TLS("TLS", CONNECTION),
  SERVICE("service", TLS),
  CLOCK("clock", SERVICE),
  SIGNATURE("app, signature", SERVICE),
  BROADCASTER("broadcaster", SIGNATURE),
  SCOPES("scopes", SIGNATURE),
  ROOM("room", SIGNATURE),
  TOKEN("token, scope", SIGNATURE),
  START("start", TOKEN),
  SOCKET("socket", START),
  AUTHENTICATION("authentication", SOCKET),
  HEARTBEAT("heartbeat", START),
  CLEAN_UP("clean-up", START);

  final String label;
  final List<Check> needs;

  Check(String label, Check... needs) {
    this.label = label;
    this.needs = List.of(needs);
  }
}
