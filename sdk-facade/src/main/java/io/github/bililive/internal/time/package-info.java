/** Clocks, the scheduler that everything waits on, and threads. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.time;

import org.jspecify.annotations.NullMarked;
