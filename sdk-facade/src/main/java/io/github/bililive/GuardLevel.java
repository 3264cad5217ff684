package io.github.bililive;

/** The guards of a room (大航海): what the number {@code guard_level} means. */
public enum GuardLevel {
  /** Level 0: no guard. */
  NONE,

  /** Level 1: governor (总督), the highest. */
  GOVERNOR,

  /** Level 2: admiral (提督). */
  ADMIRAL,

  /** Level 3: captain (舰长), the lowest. */
  CAPTAIN,

  /** A level that the SDK does not know. */
  UNKNOWN;

  private static final GuardLevel[] KNOWN = {NONE, GOVERNOR, ADMIRAL, CAPTAIN};

  /** Returns the guard of a {@code guard_level}. The lower the number the higher the rank. */
  public static GuardLevel of(long guardLevel) {
    return guardLevel < 0 || guardLevel >= KNOWN.length ? UNKNOWN : KNOWN[(int) guardLevel];
  }
}
