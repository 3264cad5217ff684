/** Files and databases that stores keep their entries in. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.store;

import org.jspecify.annotations.NullMarked;
