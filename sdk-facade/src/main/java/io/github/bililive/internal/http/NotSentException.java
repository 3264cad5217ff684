package io.github.bililive.internal.http;

import java.net.ProtocolException;

/**
 * A request that stays on this machine because of what an interceptor did. A {@link
 * ProtocolException}, since OkHttp does not try again after one; nor does the SDK.
 */
final class NotSentException extends ProtocolException {
  private static final long serialVersionUID = 0;

  NotSentException(String problem) {
    super(problem);
  }
}
