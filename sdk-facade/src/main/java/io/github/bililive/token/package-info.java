/**
 * Access tokens over weeks: where they come from, when they are renewed, and that none is lost.
 *
 * <p>An {@link io.github.bililive.token.AccessTokenProvider} answers the present token of one
 * broadcaster. There are three ready ones: a fixed token, a function of the user's, and {@link
 * io.github.bililive.token.RefreshingTokenProvider}, which {@link io.github.bililive.token.OAuth}
 * makes.
 */
@NullMarked
package io.github.bililive.token;

import org.jspecify.annotations.NullMarked;
