/**
 * The three calls of the API, one to one, each answering with the envelope's data or one of the
 * errors of {@link io.github.bililive.error}.
 *
 * <p>A user meets {@link io.github.bililive.call.StartedConnection}, {@link
 * io.github.bililive.call.AnswerCallback} and {@link io.github.bililive.call.PendingCall}; the
 * calls themselves are reached through the client.
 */
@NullMarked
package io.github.bililive.call;

import org.jspecify.annotations.NullMarked;
