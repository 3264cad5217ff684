/**
 * Keeps any number of {@code conn_id}s alive over the batch endpoint.
 *
 * <p>{@link io.github.bililive.heartbeat.Heartbeats} is the face. Behind it, {@code BatchPlan}
 * decides which ids go when and knows neither threads nor the network; it is stepped by one thread.
 */
@NullMarked
package io.github.bililive.heartbeat;

import org.jspecify.annotations.NullMarked;
