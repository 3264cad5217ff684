package io.github.bililive;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.generated.model.AccountInfo;
import io.github.bililive.generated.model.RoomInfo;
import java.util.List;

/**
 * The broadcaster to whom an access token belongs: who they are, what they have allowed, and their
 * room. Each method asks the platform, and may be called from any thread. Calls fail, are repeated
 * and are bounded in time as {@link BiliLiveClient}'s are.
 *
 * <p>A token that the platform refuses is not renewed by this. {@link #room} needs a permission
 * that most apps lack: its refusal says nothing about the token.
 *
 * <p>In production only the SDK implements this; it grows by default methods alone.
 */
public interface Account {
  /**
   * Returns name, picture and {@code open_id} of the broadcaster; empty texts for what the platform
   * does not tell. {@code getOpenId()} and {@code getOpenid()} are the same. Needs the scope {@code
   * USER_INFO}.
   *
   * @throws BiliLiveException if the platform refuses, or no answer comes that can be understood
   */
  AccountInfo info();

  /** Asks as {@link #info()} does; the callback hears of it. */
  PendingCall info(AnswerCallback<AccountInfo> callback);

  /**
   * Returns the scopes that the broadcaster has granted, such as {@code LIVE_ROOM_DATA}, in the
   * platform's order: an unmodifiable list, empty if there are none. Needs the scope {@code
   * USER_INFO}.
   *
   * @throws BiliLiveException if the platform refuses, or no answer comes that can be understood
   */
  List<String> scopes();

  /** Asks as {@link #scopes()} does; the callback hears of it. */
  PendingCall scopes(AnswerCallback<List<String>> callback);

  /**
   * Returns the number of the broadcaster's room, its title, whether it is live and whether it is
   * banned. Needs a permission of its own.
   *
   * @throws BiliLiveException if the platform refuses, or no answer comes that can be understood
   */
  RoomInfo room();

  /** Asks as {@link #room()} does; the callback hears of it. */
  PendingCall room(AnswerCallback<RoomInfo> callback);
}
