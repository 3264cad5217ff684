package io.github.bililive;

import io.github.bililive.error.BiliLiveException;
import org.jspecify.annotations.Nullable;

/**
 * Hears how a call ended. Exactly one of the two methods is called, once, on the client's callback
 * executor.
 *
 * @param <T> what the call answers with
 */
public interface AnswerCallback<T extends @Nullable Object> {
  /** The platform carried the call out. */
  void onSuccess(T answer);

  /** The call failed, or was cancelled: then {@code error} is a {@code NetworkException}. */
  void onFailure(BiliLiveException error);
}
