package android.content;

/** As much of it as the pages use. */
public class Intent {}
