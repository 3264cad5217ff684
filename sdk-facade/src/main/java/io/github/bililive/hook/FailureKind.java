package io.github.bililive.hook;

/** Why a heartbeat request failed, by what the SDK does about it. It retries all of them. */
public enum FailureKind {
  /** No response came, or none in time. Retried after a short pause. */
  NETWORK,

  /** The response was not the platform's, such as a gateway's page. Retried after a short pause. */
  INVALID_RESPONSE,

  /** The platform reports an error of its own, such as 5001. Retried after a short pause. */
  PLATFORM_ERROR,

  /**
   * The platform asks for fewer requests (4009, 127009). Retried as late as leaves time for two
   * more attempts.
   */
  RATE_LIMITED,

  /** The batch is too large for the platform (7004). It is split, and the batch limit halved. */
  BATCH_TOO_LARGE,

  /** The platform refuses the batch for one of its ids (7003, 7005). It is split. */
  INVALID_ID_IN_BATCH,

  /**
   * The platform refuses requests until a person changes something: credentials, signature,
   * permission. Retried as late as leaves time for two more attempts.
   */
  REFUSED
}
