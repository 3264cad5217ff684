/** Keeps any number of {@code conn_id}s alive by batches. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
