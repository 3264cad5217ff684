package android.app;

/** As much of it as the pages use. */
public class Notification {}
