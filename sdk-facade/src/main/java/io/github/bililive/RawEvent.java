package io.github.bililive;

import org.jspecify.annotations.Nullable;

/** An event that could not be given to the listener as a model, with its JSON. Immutable. */
public final class RawEvent {
  /** Why it is not a model. */
  public enum Reason {
    /** The SDK does not know its {@code cmd}. */
    UNKNOWN_CMD,
    /** It has no {@code cmd}. */
    NO_CMD,
    /** Its data does not fit the model of its {@code cmd}. */
    DATA_MISFIT,
    /** It is not JSON at all. */
    NOT_JSON
  }

  private final Reason reason;
  private final @Nullable String cmd;
  private final String json;
  private final String problem;

  public RawEvent(Reason reason, @Nullable String cmd, String json, String problem) {
    this.reason = reason;
    this.cmd = cmd;
    this.json = json;
    this.problem = problem;
  }

  /** Returns why it is not a model. */
  public Reason getReason() {
    return reason;
  }

  /** Returns its {@code cmd} with its prefix, as it came; null if it has none. */
  public @Nullable String getCmd() {
    return cmd;
  }

  /** Returns the whole message as it came. */
  public String getJson() {
    return json;
  }

  /** Returns what does not fit, with the place in the JSON; empty if nothing is wrong with it. */
  public String getProblem() {
    return problem;
  }

  /** Returns reason, cmd and problem; not the JSON, which may be long. */
  @Override
  public String toString() {
    return "RawEvent{" + reason + ", cmd=" + cmd + (problem.isEmpty() ? "" : ", " + problem) + "}";
  }
}
