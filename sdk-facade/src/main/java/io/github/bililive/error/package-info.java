/**
 * What can go wrong: one root, {@link io.github.bililive.error.BiliLiveException}, and one subclass
 * for each thing a caller does differently. {@link io.github.bililive.error.PlatformCode} is the
 * one table of the platform's codes.
 */
@NullMarked
package io.github.bililive.error;

import org.jspecify.annotations.NullMarked;
