/** Interfaces for metrics and logs: they hear of requests, heartbeats, tokens and rooms. */
@NullMarked
package io.github.bililive.hook;

import org.jspecify.annotations.NullMarked;
