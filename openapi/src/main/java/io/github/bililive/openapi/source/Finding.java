package io.github.bililive.openapi.source;

/**
 * A place of a document that cannot be expressed in Java.
 *
 * @param pointer the file, and where in it
 * @param problem what is wrong there
 * @param result what becomes of it
 * @param remedy what to do about it
 */
public record Finding(String pointer, String problem, String result, String remedy) {
  /** One line for who goes on without. */
  public String warning() {
    return this.pointer + ": " + this.problem + "; " + this.result + ". " + this.remedy + ".";
  }

  /** One line for who does not. */
  public String refusal() {
    return this.pointer + ": not supported: " + this.problem + ". " + this.remedy + ".";
  }
}
