/**
 * The clock-and-scheduler seam and named threads. Public to the SDK's own packages alone: nothing
 * here is part of its API.
 */
@NullMarked
package io.github.bililive.internal;

import org.jspecify.annotations.NullMarked;
