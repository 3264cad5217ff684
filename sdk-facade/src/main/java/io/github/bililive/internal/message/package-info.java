/** Messages of the long connection: JSON to events. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.message;

import org.jspecify.annotations.NullMarked;
