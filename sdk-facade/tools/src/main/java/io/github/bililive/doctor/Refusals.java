package io.github.bililive.doctor;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Responsible;
import java.util.Set;

/** Tells from an error how far a call has come, with the help of the table of refusals. */
final class Refusals {
  private static final Set<Integer> NO_SUCH_CONN_ID = Set.of(7000, 7003);
  private static final Set<Integer> TIMESTAMP = Set.of(4003);

  /** Of those that are nobody's fault, or the app's: what only the signature can bring about. */
  private static final Set<Integer> SIGNATURE = Set.of(4004);

  /** The base URL leads to the platform, but to another part of it. */
  private static final Set<Integer> OTHER_PLACE = Set.of(4010);

  private static final Set<Integer> NO_TOKEN_OR_SCOPE = Set.of(4008, 127000, 127007);

  /** Which the platform can only say once it knows the room, which it does by the token. */
  private static final Set<Integer> ABOUT_ROOM = Set.of(5004, 5005, 5011, 7001, 7002, 7010);

  private Refusals() {}

  static boolean isOfUnknownConnId(BiliLiveException e) {
    return NO_SUCH_CONN_ID.contains(code(e));
  }

  static boolean isOfTimestamp(BiliLiveException e) {
    return TIMESTAMP.contains(code(e));
  }

  static boolean isOfToken(BiliLiveException e) {
    return isFaultOf(e, Set.of(Responsible.BROADCASTER)) || NO_TOKEN_OR_SCOPE.contains(code(e));
  }

  static boolean isOfInvalidToken(BiliLiveException e) {
    return code(e) == PlatformCode.TOKEN_INVALID.getNumber();
  }

  static boolean isOfRoom(BiliLiveException e) {
    return ABOUT_ROOM.contains(code(e));
  }

  /** Whether there is no answer of the platform's, or one that is about neither app nor call. */
  static boolean isOfService(BiliLiveException e) {
    return OTHER_PLACE.contains(code(e))
        || (!SIGNATURE.contains(code(e))
            && !isOfUnknownConnId(e)
            && !isOfRoom(e)
            && !isFaultOf(
                e, Set.of(Responsible.SDK, Responsible.CONFIGURATION, Responsible.BROADCASTER)));
  }

  /** Returns 0 if the platform gave none. */
  private static int code(BiliLiveException e) {
    return e instanceof PlatformException refused ? refused.getCode() : 0;
  }

  private static boolean isFaultOf(BiliLiveException e, Set<Responsible> faults) {
    PlatformCode known = e instanceof PlatformException refused ? refused.getKnownCode() : null;
    return known != null && faults.contains(known.getResponsible());
  }
}
