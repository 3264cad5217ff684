/**
 * One live room: {@link io.github.bililive.connection.LiveConnection} is what a user holds, {@link
 * io.github.bililive.connection.LiveListener} what they give.
 *
 * <p>Behind it, {@code ConnectionMachine} owns the connection and decides, {@code LiveSocket} sends
 * and reads packets, and {@code Delivery} hands events to the listener in order.
 */
@NullMarked
package io.github.bililive.connection;

import org.jspecify.annotations.NullMarked;
