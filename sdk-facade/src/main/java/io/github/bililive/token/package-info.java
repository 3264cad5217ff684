/**
 * Access tokens over weeks: where they come from, how they are renewed, and where they are stored.
 *
 * <p>An {@link io.github.bililive.token.AccessTokenProvider} gives the present token of one
 * broadcaster. There are three ready ones: a fixed token, a function of the app's, and {@link
 * io.github.bililive.token.RefreshingTokenProvider}, which {@link io.github.bililive.token.OAuth}
 * returns.
 */
@NullMarked
package io.github.bililive.token;

import org.jspecify.annotations.NullMarked;
