/**
 * Where the connections of rooms are kept over restarts: what a {@link
 * io.github.bililive.store.ConnectionStore} must do, one in files, one over a database, and how a
 * room is handed over from one process to the next.
 */
@NullMarked
package io.github.bililive.store;

import org.jspecify.annotations.NullMarked;
