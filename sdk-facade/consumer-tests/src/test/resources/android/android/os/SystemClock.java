package android.os;

/** As much of it as the pages use. */
public final class SystemClock {
  public static long elapsedRealtimeNanos() {
    return System.nanoTime();
  }
}
