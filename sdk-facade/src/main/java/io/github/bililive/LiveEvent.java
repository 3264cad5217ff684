package io.github.bililive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One event of a room: as it came and, if the SDK has a model for it, as that model. Immutable.
 *
 * <p>The SDK makes them; {@link #builder} makes one by hand, for your tests.
 */
public final class LiveEvent {
  /** Why an event has no model. */
  public enum NoModelReason {
    /** The SDK does not know its {@code cmd}. */
    UNKNOWN_CMD,
    /** It has no {@code cmd}. */
    NO_CMD,
    /**
     * Its data is no object, or too large for a model. A field of another type is no reason: its
     * value is in the model's {@code getAdditionalProperties()}.
     */
    DATA_MISMATCH,
    /** It is not JSON. */
    NOT_JSON
  }

  /** Of an event and its model, without texts. */
  private static final int BARE_BYTES = 256;

  private final @Nullable String cmd;
  private final String msgId;
  private final byte[] json;
  private final @Nullable Object model;
  private final @Nullable NoModelReason noModelReason;
  private final String problem;
  private final int memoryBytes;

  private LiveEvent(Builder builder) {
    cmd = builder.cmd;
    msgId = builder.msgId;
    json = builder.json;
    model = builder.model;
    noModelReason = builder.noModelReason;
    problem = builder.problem;
    memoryBytes = builder.memoryBytes > 0 ? builder.memoryBytes : 2 * json.length + BARE_BYTES;
  }

  /** Returns a builder of an event without anything. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns its {@code cmd} with the prefix, as it came, such as {@code OPEN_LIVEROOM_DM}; null if
   * it has none.
   */
  public @Nullable String getCmd() {
    return cmd;
  }

  /** Returns its {@code msg_id}, by which repetitions are recognised; empty if it has none. */
  public String getMsgId() {
    return msgId;
  }

  /** Returns the whole message as it came. The text is made anew by each call. */
  public String getJson() {
    return new String(json, UTF_8);
  }

  /** Returns about how much memory it takes, in bytes: what bounds a room's buffer. */
  public int getMemoryBytes() {
    return memoryBytes;
  }

  /**
   * Returns what the typed method of {@link LiveListener} is handed, such as a {@code Danmaku};
   * null if the event has no model.
   */
  public @Nullable Object getModel() {
    return model;
  }

  /** Returns why it has no model; null if it has one. */
  public @Nullable NoModelReason getNoModelReason() {
    return noModelReason;
  }

  /** Returns what does not fit, with the place in the JSON; empty if nothing is wrong with it. */
  public String getProblem() {
    return problem;
  }

  /** Returns the event on one line, without its JSON and what people wrote. */
  @Override
  public String toString() {
    return "LiveEvent{cmd="
        + cmd
        + ", msgId="
        + msgId
        + (noModelReason == null ? "" : ", " + noModelReason)
        + (problem.isEmpty() ? "" : ", " + problem)
        + "}";
  }

  /** An event in the making. Not safe for use by several threads. */
  public static final class Builder {
    private static final byte[] NOTHING = {};

    private @Nullable String cmd;
    private String msgId = "";
    private byte[] json = NOTHING;
    private @Nullable Object model;
    private @Nullable NoModelReason noModelReason;
    private String problem = "";
    private int memoryBytes;

    private Builder() {}

    /** Sets the {@code cmd} with its prefix; null for none, which is the default. */
    public Builder cmd(@Nullable String cmd) {
      this.cmd = cmd;
      return this;
    }

    /** Sets the {@code msg_id}; empty by default. */
    public Builder msgId(String msgId) {
      this.msgId = requireNonNull(msgId, "msgId is null: give the msg_id, or \"\" for none");
      return this;
    }

    /** Sets the whole message; empty by default. */
    public Builder json(String json) {
      this.json = requireNonNull(json, "json is null: give the message's text").getBytes(UTF_8);
      return this;
    }

    /** Sets the whole message as UTF-8, which is not copied and must not change any more. */
    public Builder json(byte[] json) {
      this.json = requireNonNull(json, "json is null: give the message's bytes");
      return this;
    }

    /** Sets the model, such as a {@code Danmaku}; none by default. */
    public Builder model(Object model) {
      this.model = requireNonNull(model, "model is null: leave it out if the event has none");
      return this;
    }

    /**
     * Sets why it has no model.
     *
     * @param problem what does not fit, with the place in the JSON; empty if nothing is wrong
     */
    public Builder noModel(NoModelReason reason, String problem) {
      noModelReason = requireNonNull(reason, "reason is null: say why the event has no model");
      this.problem = requireNonNull(problem, "problem is null: give \"\" if nothing is wrong");
      return this;
    }

    /** Sets how much memory it takes, in bytes; 0, the default, for twice its JSON and a little. */
    public Builder memoryBytes(int bytes) {
      memoryBytes = bytes;
      return this;
    }

    /** Returns the event. */
    public LiveEvent build() {
      return new LiveEvent(this);
    }
  }
}
