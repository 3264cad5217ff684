/** Refreshes and stores access tokens. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.token;

import org.jspecify.annotations.NullMarked;
