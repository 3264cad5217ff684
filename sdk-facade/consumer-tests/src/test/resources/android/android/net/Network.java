package android.net;

/** As much of it as the pages use. */
public class Network {}
