package android.os;

/** As much of it as the pages use. */
public interface IBinder {}
