/** Calls of the platform: signing, sending, judging answers, retries. Not part of the SDK's API. */
@NullMarked
package io.github.bililive.internal.http;

import org.jspecify.annotations.NullMarked;
