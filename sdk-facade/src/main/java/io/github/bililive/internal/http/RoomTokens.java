package io.github.bililive.internal.http;

import io.github.bililive.AccessToken;
import io.github.bililive.AnswerCallback;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which access token a heartbeat carries: that of the room whose start brought the conn_id, if this
 * client has made it; for several ids, if all are of one token. Never waits for a provider: what a
 * function answers is as it was at the start.
 *
 * <p>Safe for use by several threads.
 */
final class RoomTokens {
  /** False: heartbeats carry no token. */
  final boolean isOn;

  /** An id is forgotten with those who hold it. Guarded by itself. */
  private final Map<String, Start> starts = new WeakHashMap<>();

  RoomTokens(boolean isOn) {
    this.isOn = isOn;
  }

  private static final class Start {
    /** Null until a provider that came later has answered. */
    volatile @Nullable AccessToken token;

    final @Nullable AccessTokenProvider provider;

    /** The token that the platform has refused for a heartbeat: it is not sent again. */
    volatile @Nullable AccessToken refused;

    Start(@Nullable AccessToken token, @Nullable AccessTokenProvider provider) {
      this.token = token;
      this.provider = provider;
    }

    @Nullable AccessToken present() {
      AccessToken present = token;
      if (provider instanceof RefreshingTokenProvider) {
        OAuthToken pair = pairOf((RefreshingTokenProvider) provider);
        present = pair == null ? present : AccessToken.of(pair.getAccessToken());
      }
      return present == null || present.equals(refused) ? null : present;
    }

    /** Such a provider may be the user's own. */
    private static @Nullable OAuthToken pairOf(RefreshingTokenProvider provider) {
      try {
        return provider.getToken();
      } catch (Throwable e) {
        return null;
      }
    }
  }

  void started(String connId, AccessToken token, @Nullable AccessTokenProvider provider) {
    put(connId, new Start(token, provider));
  }

  /** Asks a provider for the token that heartbeats carry from now on; none until it answers. */
  void replace(String connId, AccessTokenProvider provider, Redaction redaction) {
    Start start = new Start(null, provider);
    put(connId, start);
    AnswerCallback<AccessToken> hears =
        new AnswerCallback<AccessToken>() {
          @Override
          public void onSuccess(AccessToken token) {
            redaction.remember(token.getText());
            start.token = token;
          }

          @Override
          public void onFailure(BiliLiveException error) {
            // The next start asks again, and tells.
          }
        };
    CallbackErrors.run(() -> provider.accessToken(hears));
  }

  private void put(String connId, Start start) {
    if (isOn) {
      synchronized (starts) {
        starts.put(connId, start);
      }
    }
  }

  /** Returns the token of all these ids; null if it is not known, or not the same. */
  @Nullable AccessToken of(List<String> connIds) {
    AccessToken ofAll = null;
    for (String connId : connIds) {
      Start start = startOf(connId);
      AccessToken token = start == null ? null : start.present();
      if (token == null || (ofAll != null && !ofAll.equals(token))) {
        return null;
      }
      ofAll = token;
    }
    return ofAll;
  }

  private @Nullable Start startOf(String connId) {
    synchronized (starts) {
      return starts.get(connId);
    }
  }

  /**
   * Returns a callback that hears in front of another: a token that is refused is told to its
   * provider, and the next heartbeat of these ids carries another, or none.
   */
  <T extends @Nullable Object> AnswerCallback<T> watching(
      List<String> connIds, AccessToken token, AnswerCallback<T> callback) {
    return new AnswerCallback<T>() {
      @Override
      public void onSuccess(T answer) {
        callback.onSuccess(answer);
      }

      @Override
      public void onFailure(BiliLiveException error) {
        boolean isOfToken = error.getRemedy() == Remedy.SIGN_IN_AGAIN;
        if (isOfToken || isOfPermission(error)) {
          for (String connId : connIds) {
            refused(startOf(connId), token, isOfToken);
          }
        }
        callback.onFailure(error);
      }
    };
  }

  private static void refused(@Nullable Start start, AccessToken token, boolean isOfToken) {
    if (start == null) {
      return;
    }
    start.refused = token;
    AccessTokenProvider provider = start.provider;
    if (isOfToken && provider != null) {
      CallbackErrors.run(() -> provider.invalidate(token));
    }
  }

  /** 4008 is also what may come for a wrong token. */
  static boolean isOfPermission(BiliLiveException error) {
    return error instanceof PlatformException
        && ((PlatformException) error).getKnownCode() == PlatformCode.NO_PERMISSION;
  }
}
