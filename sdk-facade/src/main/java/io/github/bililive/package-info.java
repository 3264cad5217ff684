/**
 * The SDK's front door: {@link io.github.bililive.BiliLiveClient}.
 *
 * <p>Everything in these packages is null-free unless marked {@code @Nullable}.
 */
@NullMarked
package io.github.bililive;

import org.jspecify.annotations.NullMarked;
