/** One live room: its state machine, its socket, its event queue. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.room;

import org.jspecify.annotations.NullMarked;
