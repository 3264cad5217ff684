package io.github.bililive.internal.token;

/** What everyone who waits for a token is told. */
interface TokenAnswer {
  /** Tells one of them. */
  void tell(TokenWaiter waiter);
}
