/**
 * The platform on loopback, for tests without credentials: {@link
 * io.github.bililive.sandbox.Sandbox}.
 *
 * <p>The sandbox answers as the Bilibili Open Platform would, as strictly as its documentation can
 * be read, and records what it saw. It shares no code with the SDK: headers, MD5 and signature are
 * checked independently, so that an error in the SDK cannot hide behind the same error here.
 */
@NullMarked
package io.github.bililive.sandbox;

import org.jspecify.annotations.NullMarked;
