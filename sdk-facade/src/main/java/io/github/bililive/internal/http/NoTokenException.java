package io.github.bililive.internal.http;

import io.github.bililive.error.BiliLiveException;
import java.io.IOException;

/** A provider had no token for a request: OkHttp takes {@link IOException}s alone. */
final class NoTokenException extends IOException {
  private static final long serialVersionUID = 0;

  final BiliLiveException failure;

  NoTokenException(BiliLiveException failure) {
    super(failure.getMessage(), failure);
    this.failure = failure;
  }
}
