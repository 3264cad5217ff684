package io.github.bililive.sandbox;

/** The app's present secret. Never printed. */
final class AppSecret {
  private volatile String text;

  AppSecret(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  void rotate(String next) {
    text = next;
  }

  @Override
  public String toString() {
    return "██";
  }
}
