package io.github.bililive.error;

import static io.github.bililive.error.Remedy.GIVE_UP;
import static io.github.bililive.error.Remedy.RETRY;
import static io.github.bililive.error.Remedy.SIGN_IN_AGAIN;
import static io.github.bililive.error.Remedy.START_AGAIN;
import static io.github.bililive.error.Remedy.WAIT;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The business codes that the platform is known to answer, each with its meaning and what to do.
 *
 * <p>The platform adds codes without notice. One that is not listed is kept as its number: see
 * {@link PlatformException#code}.
 */
public enum PlatformCode {
  /** 4000. */
  BAD_PARAMETER(4000, "bad parameter", GIVE_UP),
  /** 4001. */
  APP_INVALID(4001, "app invalid", GIVE_UP),
  /** 4002. */
  SIGNATURE_WRONG(4002, "signature wrong: check the app secret", GIVE_UP),
  /** 4003: more than 10 minutes off the platform's clock. Heals when the clock is set right. */
  TIMESTAMP_EXPIRED(4003, "timestamp expired: check this machine's clock", WAIT, Pause.UNKNOWN),
  /** 4004. The next attempt has a nonce of its own. */
  NONCE_REPEATED(4004, "nonce repeated", RETRY),
  /** 4005. */
  SIGNATURE_METHOD(4005, "signature method not accepted", GIVE_UP),
  /** 4006. */
  SIGNATURE_VERSION(4006, "signature version not accepted", GIVE_UP),
  /** 4007. */
  IP_NOT_ALLOWED(4007, "this machine's IP is not on the app's allow list", GIVE_UP),
  /** 4008. */
  NO_PERMISSION(4008, "no permission", GIVE_UP),
  /** 4009. */
  QUOTA(4009, "rate limit or quota used up", WAIT, Pause.UNKNOWN),
  /** 4010. */
  NO_SUCH_INTERFACE(4010, "no such interface", GIVE_UP),
  /** 4011. */
  CONTENT_TYPE(4011, "Content-Type not accepted", GIVE_UP),
  /** 4012. */
  BODY_MD5(4012, "MD5 differs from the body's", GIVE_UP),
  /** 4013. */
  ACCEPT(4013, "Accept not accepted", GIVE_UP),
  /** 5000. */
  SERVICE(5000, "service error", RETRY),
  /** 5001. */
  TIMEOUT(5001, "timeout inside the platform", RETRY),
  /** 5002. */
  INTERNAL(5002, "internal error", RETRY),
  /** 5003. */
  CONFIGURATION(5003, "configuration error", GIVE_UP),
  /** 5004. */
  ROOM_NOT_ALLOWED(5004, "room is not on the allow list", GIVE_UP),
  /** 5005. */
  ROOM_BLOCKED(5005, "room is on the block list", GIVE_UP),
  /** 5011. */
  APP_NOT_RELEASED(5011, "app not yet released: only the developer's own room works", GIVE_UP),
  /** 7000. */
  NOT_RUNNING(7000, "not running", START_AGAIN),
  /** 7001. */
  COOLING_DOWN(7001, "cooling down", WAIT, Pause.COOLING),
  /** 7002. The one that runs ends when its heartbeats do. */
  ALREADY_RUNNING(7002, "already running", WAIT, Pause.CONNECTION_LIFETIME),
  /** 7003. */
  HEARTBEAT_EXPIRED(7003, "conn_id expired or unknown", START_AGAIN),
  /** 7004. */
  BATCH_TOO_LARGE(7004, "batch too large", GIVE_UP),
  /** 7005. */
  BATCH_HOLDS_DUPLICATES(7005, "batch holds duplicates", GIVE_UP),
  /** 7007. */
  IDENTITY_CODE_WRONG(7007, "identity code (身份码) wrong", SIGN_IN_AGAIN),
  /** 7010: five of one app in one room. The oldest goes when its heartbeats have stopped. */
  TOO_MANY_CONNECTIONS(7010, "too many connections to the room", WAIT, Pause.CONNECTION_LIFETIME),
  /** 8002. */
  PROJECT_NOT_PERMITTED(8002, "project not permitted", GIVE_UP),
  /** 122000. */
  OAUTH_122000(122000, "OAuth refused", SIGN_IN_AGAIN),
  /** 122001. */
  OAUTH_122001(122001, "OAuth refused", SIGN_IN_AGAIN),
  /** 122002. */
  OAUTH_122002(122002, "OAuth refused", SIGN_IN_AGAIN),
  /** 122003. */
  OAUTH_122003(122003, "OAuth refused", SIGN_IN_AGAIN),
  /** 122004. */
  OAUTH_122004(122004, "OAuth refused", SIGN_IN_AGAIN),
  /** 122005. */
  OAUTH_122005(122005, "OAuth refused", SIGN_IN_AGAIN),
  /** 122006. */
  OAUTH_122006(122006, "OAuth refused", SIGN_IN_AGAIN),
  /** 122007. */
  OAUTH_122007(122007, "OAuth refused", SIGN_IN_AGAIN),
  /** 127000. */
  CREDENTIALS_MISSING(127000, "credentials missing", GIVE_UP),
  /** 127001. */
  TOKEN_INVALID(127001, "access token invalid", SIGN_IN_AGAIN),
  /** 127004. */
  CLIENT_ID_INVALID(127004, "client_id invalid", GIVE_UP),
  /** 127005. */
  ORGANISATION_NOT_CERTIFIED(127005, "organisation or app not certified", GIVE_UP),
  /** 127006. */
  APP_NOT_CERTIFIED(127006, "organisation or app not certified", GIVE_UP),
  /** 127007. */
  GATEWAY_NO_PERMISSION(127007, "no permission", GIVE_UP),
  /** 127009. */
  GATEWAY_QUOTA(127009, "quota used up", WAIT, Pause.UNKNOWN),
  /** 127011. */
  NOT_AUTHORISED(127011, "the broadcaster has not authorised the app", SIGN_IN_AGAIN),
  /** 127200. */
  GATEWAY_SYSTEM_127200(127200, "system error", RETRY),
  /** 127201. */
  GATEWAY_SYSTEM_127201(127201, "system error", RETRY);

  private static final Map<Integer, PlatformCode> BY_NUMBER = new HashMap<>();

  static {
    for (PlatformCode code : values()) {
      BY_NUMBER.put(code.number, code);
    }
  }

  private final int number;
  private final String meaning;
  private final Remedy remedy;
  private final long retryAfterMillis;

  PlatformCode(int number, String meaning, Remedy remedy) {
    this(number, meaning, remedy, 0);
  }

  PlatformCode(int number, String meaning, Remedy remedy, long retryAfterMillis) {
    this.number = number;
    this.meaning = meaning;
    this.remedy = remedy;
    this.retryAfterMillis = retryAfterMillis;
  }

  /** Returns the code with this number, or null if it is not listed. */
  public static @Nullable PlatformCode of(int number) {
    return BY_NUMBER.get(number);
  }

  /** Returns the number that the platform sends. */
  public int number() {
    return number;
  }

  /** Returns what it means, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** Returns what to do about it. */
  public Remedy remedy() {
    return remedy;
  }

  /**
   * Returns how long to wait before the same call can succeed, in milliseconds; 0 where that is
   * left to the caller's back-off.
   */
  public long retryAfterMillis() {
    return retryAfterMillis;
  }

  /** Pauses in milliseconds. */
  private static final class Pause {
    /** The platform's own word for 7001: about 10 s. */
    static final long COOLING = 10_000;

    /** A conn_id dies 30 s after its last heartbeat, and its place in the room comes free. */
    static final long CONNECTION_LIFETIME = 30_000;

    /** The platform does not say; a minute is our choice. */
    static final long UNKNOWN = 60_000;
  }
}
