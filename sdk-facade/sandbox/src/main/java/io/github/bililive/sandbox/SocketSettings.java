package io.github.bililive.sandbox;

import java.time.Duration;

/** How the long connection behaves. */
record SocketSettings(
    Duration authenticationTimeout,
    Duration heartbeatTimeout,
    ExpiredSockets expiredSockets,
    SecondSocket secondSocket,
    Packing packing,
    int fragmentSize) {}
