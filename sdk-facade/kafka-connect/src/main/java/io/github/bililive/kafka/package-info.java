/**
 * A source connector for Kafka Connect's distributed mode, which spreads rooms over the tasks and
 * workers of a cluster: {@link io.github.bililive.kafka.RoomsConnector}. The page kafka-connect.md
 * says how to run it.
 */
@NullMarked
package io.github.bililive.kafka;

import org.jspecify.annotations.NullMarked;
