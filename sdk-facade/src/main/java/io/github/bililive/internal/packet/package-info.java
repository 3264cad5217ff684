/** Frames and packets of the long connection, as bytes. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.packet;

import org.jspecify.annotations.NullMarked;
