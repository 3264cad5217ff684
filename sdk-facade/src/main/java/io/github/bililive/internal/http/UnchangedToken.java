package io.github.bililive.internal.http;

/** Why there is no token: the app's function returned the refused one again. */
public final class UnchangedToken extends Exception {
  private static final long serialVersionUID = 0;

  public UnchangedToken() {
    super("the refused token again");
  }
}
