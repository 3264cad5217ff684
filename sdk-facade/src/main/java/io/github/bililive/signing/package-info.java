/**
 * The platform's signature: who signs ({@link io.github.bililive.signing.Credentials}), how ({@link
 * io.github.bililive.signing.RequestSigner}, a pure function) and when ({@link
 * io.github.bililive.signing.SigningInterceptor}, at each attempt to send).
 */
@NullMarked
package io.github.bililive.signing;

import org.jspecify.annotations.NullMarked;
