package io.github.bililive.sandbox;

/** The business codes that the sandbox itself answers with. */
final class Code {
  static final int SUCCESS = 0;

  /** What {@code api.bilibili.com} answers to a request that it does not understand. */
  static final int OAUTH_BAD_REQUEST = -400;

  static final int BAD_PARAMETER = 4000;
  static final int APP_INVALID = 4001;
  static final int SIGNATURE_WRONG = 4002;
  static final int TIMESTAMP_EXPIRED = 4003;
  static final int NONCE_REPEATED = 4004;
  static final int SIGNATURE_METHOD = 4005;
  static final int SIGNATURE_VERSION = 4006;
  static final int NO_SUCH_INTERFACE = 4010;
  static final int CONTENT_TYPE = 4011;
  static final int BODY_MD5 = 4012;
  static final int ACCEPT = 4013;
  static final int INTERNAL = 5002;
  static final int NOT_RUNNING = 7000;
  static final int ALREADY_RUNNING = 7002;
  static final int CONNECTION_UNKNOWN = 7003;
  static final int BATCH_TOO_LARGE = 7004;
  static final int BATCH_DUPLICATES = 7005;
  static final int IDENTITY_CODE = 7007;
  static final int TOO_MANY_CONNECTIONS = 7010;
  static final int PROJECT_NOT_PERMITTED = 8002;
  static final int OAUTH_CLIENT_ID = 122000;
  static final int OAUTH_CLIENT_SECRET = 122001;
  static final int OAUTH_CODE = 122002;
  static final int OAUTH_REFRESH_TOKEN = 122007;
  static final int TOKEN_MISSING = 127000;
  static final int TOKEN_INVALID = 127001;
  static final int CLIENT_ID_INVALID = 127004;

  private Code() {}
}
