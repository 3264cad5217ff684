package io.github.bililive.internal.token;

import io.github.bililive.AnswerCallback;
import io.github.bililive.PendingCall;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.hook.TokenEvents;
import io.github.bililive.internal.http.OAuthCalls;
import io.github.bililive.internal.http.Redaction;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.EventPoster;
import io.github.bililive.internal.time.Scheduler;
import io.github.bililive.internal.time.WallClock;
import io.github.bililive.token.AuthorizationRequest;
import io.github.bililive.token.OAuth;
import io.github.bililive.token.OAuthToken;
import io.github.bililive.token.RefreshingTokenProvider;
import io.github.bililive.token.TokenStore;
import java.io.Closeable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The OAuth side of one client: its calls, and a provider for each broadcaster. */
public final class ClientOAuth implements OAuth, Closeable {
  /** How many broadcasters' tokens are worked on at once: their stores may be slow. */
  private static final int THREADS = 16;

  private final OAuthCalls calls;
  private final HttpUrl accountBaseUrl;
  private final String clientId;
  private final Executor callbacks;
  private final ThreadPoolExecutor threads = DaemonThreads.bounded("bililive-tokens", THREADS);

  /** Null if the user gave no store. */
  private final @Nullable RefresherDependencies shared;

  /** Guarded by itself. */
  private final Map<String, TokenRefresher> providers = new HashMap<>();

  /**
   * Those of forgotten broadcasters, as long as somebody still holds one, or the store has not yet
   * removed its pair: one name has one provider. Guarded by {@link #providers}.
   */
  private final Set<TokenRefresher> forgotten =
      Collections.newSetFromMap(new WeakHashMap<TokenRefresher, Boolean>());

  /** Guarded by {@link #providers}. */
  private boolean closed;

  /**
   * Creates the OAuth side of a client.
   *
   * @param accountBaseUrl where the page is on which broadcasters authorise the app
   * @param store null if there is none: then there are no providers
   * @param callbacks runs the user's callbacks, one at a time
   */
  public ClientOAuth(
      OAuthCalls calls,
      HttpUrl accountBaseUrl,
      String clientId,
      @Nullable TokenStore store,
      Redaction redaction,
      EventPoster<TokenEvents> events,
      Scheduler scheduler,
      WallClock wallClock,
      Executor callbacks,
      ProviderRooms rooms) {
    this.calls = calls;
    this.accountBaseUrl = accountBaseUrl;
    this.clientId = clientId;
    this.callbacks = callbacks;
    shared =
        store == null
            ? null
            : new RefresherDependencies(
                calls,
                store,
                redaction,
                events,
                scheduler,
                wallClock,
                threads,
                new Random(),
                rooms,
                this::set,
                calls.timeoutMillis());
  }

  @Override
  public AuthorizationRequest authorizationUrl(String callbackUrl) {
    return PageVisit.begin(accountBaseUrl, clientId, callbackUrl);
  }

  @Override
  public AuthorizationRequest authorizationUrl(String callbackUrl, String savedState) {
    return PageVisit.resume(accountBaseUrl, clientId, callbackUrl, savedState);
  }

  @Override
  public OAuthToken exchange(String code) {
    return calls.token(checked(code)).execute();
  }

  @Override
  public PendingCall exchange(String code, AnswerCallback<OAuthToken> callback) {
    Objects.requireNonNull(callback, "callback is null: give the one that hears of the tokens");
    return calls
        .token(checked(code))
        .enqueue(
            new AnswerCallback<OAuthToken>() {
              @Override
              public void onSuccess(OAuthToken token) {
                callbacks.execute(() -> callback.onSuccess(token));
              }

              @Override
              public void onFailure(BiliLiveException error) {
                callbacks.execute(() -> callback.onFailure(error));
              }
            });
  }

  @Override
  public OAuthToken refresh(OAuthToken token) {
    Objects.requireNonNull(token, "token is null: give the pair to renew");
    return calls.refreshToken(token).execute();
  }

  @Override
  public RefreshingTokenProvider provider(String broadcaster) {
    requireBroadcaster(broadcaster);
    RefresherDependencies dependencies = shared;
    if (dependencies == null) {
      throw new IllegalStateException(
          "no token store: set Builder.tokenStore, such as FileTokenStore.in(directory)");
    }
    synchronized (providers) {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      TokenRefresher provider = providers.get(broadcaster);
      if (provider != null) {
        return provider;
      }
      for (TokenRefresher held : forgotten) {
        if (held.getBroadcaster().equals(broadcaster)) {
          return held;
        }
      }
      provider = new TokenRefresher(broadcaster, dependencies);
      providers.put(broadcaster, provider);
      return provider;
    }
  }

  private void set(TokenRefresher provider, boolean isForgotten) {
    synchronized (providers) {
      if (isForgotten) {
        providers.remove(provider.getBroadcaster());
        forgotten.add(provider);
      } else {
        forgotten.remove(provider);
        providers.put(provider.getBroadcaster(), provider);
      }
    }
  }

  /** Returns the name of a broadcaster, if it can be one. */
  public static String requireBroadcaster(String broadcaster) {
    Objects.requireNonNull(
        broadcaster,
        "broadcaster is null: give a name of your own for them, such as their open_id");
    if (broadcaster.isEmpty()) {
      throw new IllegalArgumentException(
          "broadcaster is empty: give a name of your own for them, such as their open_id");
    }
    return broadcaster;
  }

  /**
   * Ends it with its client, without waiting. A refresh under way goes on to its end, at most as
   * long as a call may take, and its pair is stored: it would be lost otherwise. Idempotent.
   */
  @Override
  public void close() {
    synchronized (providers) {
      closed = true;
      for (TokenRefresher provider : providers.values()) {
        provider.close();
      }
      for (TokenRefresher provider : forgotten) {
        provider.close();
      }
    }
    threads.shutdown(); // What was given before still runs.
    calls.close();
  }

  private static String checked(String code) {
    Objects.requireNonNull(
        code, "code is null: give the one that the broadcaster's authorisation brought");
    if (code.isEmpty()) {
      throw new IllegalArgumentException(
          "code is empty: give the one that the broadcaster's authorisation brought");
    }
    return code;
  }
}
