/** One live room, from its start to its end. */
@NullMarked
package io.github.bililive.connection;

import org.jspecify.annotations.NullMarked;
