package io.github.bililive.doctor;

import io.github.bililive.Account;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.NetworkException;
import io.github.bililive.generated.model.AccountInfo;
import io.github.bililive.generated.model.RoomInfo;
import java.util.List;
import java.util.function.Supplier;

/** What the platform tells of the token. A refusal fails no check: the start judges the token. */
final class AccountChecks {
  private static final String NEEDED = "LIVE_ROOM_DATA";

  private final Account account;

  AccountChecks(Account account) {
    this.account = account;
  }

  String broadcaster() throws CheckFailedException, NotCheckedException {
    AccountInfo info = ask(account::info, "");
    return "the token is of " + quoted(info.getName()) + ", open_id " + quoted(info.getOpenId());
  }

  String scopes() throws CheckFailedException, NotCheckedException {
    List<String> scopes = ask(account::scopes, "");
    if (scopes.isEmpty()) {
      throw new NotCheckedException("the platform names none");
    }
    String listed = String.join(", ", scopes);
    if (scopes.stream().noneMatch(NEEDED::equalsIgnoreCase)) {
      throw new CheckFailedException(
          listed
              + ", but not "
              + NEEDED
              + ", without which no room is heard; check: that the app has this scope on the open"
              + " platform, and let the broadcaster authorise the app anew");
    }
    return listed;
  }

  String room() throws CheckFailedException, NotCheckedException {
    // Most apps lack the permission for this call.
    RoomInfo room = ask(account::room, ", which says nothing about the token");
    return "room "
        + room.getRoomId()
        + " "
        + quoted(room.getTitle())
        + (room.isStreaming() ? ", live now" : ", not live now: few events may come")
        + (room.isBanned() ? ", banned by the platform" : "");
  }

  private static <T> T ask(Supplier<T> call, String remark)
      throws CheckFailedException, NotCheckedException {
    try {
      return call.get();
    } catch (NetworkException e) {
      throw new CheckFailedException(e.getMessage());
    } catch (BiliLiveException e) {
      throw new NotCheckedException(
          "not told" + (Refusals.isOfInvalidToken(e) ? "" : remark) + ": " + e.getMessage());
    }
  }

  private static String quoted(String text) {
    return "«" + text + "»";
  }
}
