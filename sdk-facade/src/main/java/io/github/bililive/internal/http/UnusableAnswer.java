package io.github.bililive.internal.http;

import java.net.ProtocolException;

/**
 * An answer that is given up before it is parsed. A {@link ProtocolException}, since OkHttp does
 * not send the request again after one.
 */
final class UnusableAnswer extends ProtocolException {
  private static final long serialVersionUID = 0;

  /** How the answer begins. */
  final String bodyStart;

  UnusableAnswer(String problem, String bodyStart) {
    super(problem);
    this.bodyStart = bodyStart;
  }
}
