package io.github.bililive.internal.http;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import io.github.bililive.AnswerCallback;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.internal.time.CallbackErrors;
import io.github.bililive.internal.time.DaemonThreads;
import io.github.bililive.internal.time.Deadline;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Retrofit;

/**
 * One API of the platform's: its client at the wire, its judge, and the generated Retrofit
 * interface {@code A} that its calls go through. Safe for use by several threads.
 */
final class ApiClient<A> {
  /** The platform's are UUIDs. */
  static final int MAX_ID_LENGTH = 1024;

  final HttpUrl baseUrl;
  final Redaction redaction;
  final Judge judge;
  final Retries retries;
  final OkHttpClient http;

  private final Class<A> type;
  private final Retrofit retrofit;

  /**
   * Creates the client of one API.
   *
   * @param most how many calls may be under way at once; the rest waits
   */
  ApiClient(
      Class<A> type,
      JsonAdapter.Factory models,
      HttpUrl baseUrl,
      CallSettings settings,
      String threads,
      int most,
      Wire.Filling filling) {
    this.type = type;
    this.baseUrl = baseUrl;
    redaction = settings.redaction;
    judge = new Judge(redaction, settings.wallClock);
    retries =
        new Retries(
            settings.policy,
            settings.callTimeoutMillis,
            Wire.callTimeoutMillis(settings.users),
            settings.scheduler,
            settings.events);
    Dispatcher dispatcher = limited(new Dispatcher(DaemonThreads.pool(threads)), most);
    http = Wire.derive(settings.users, dispatcher, baseUrl, filling);
    retrofit = Wire.retrofit(http, baseUrl, models);
  }

  private static Dispatcher limited(Dispatcher dispatcher, int most) {
    dispatcher.setMaxRequests(most);
    dispatcher.setMaxRequestsPerHost(most);
    return dispatcher;
  }

  /** Returns a client whose calls wait behind no others, and for no place. */
  OkHttpClient withoutLimit() {
    Dispatcher dispatcher = new Dispatcher(http.dispatcher().executorService());
    return http.newBuilder().dispatcher(limited(dispatcher, Integer.MAX_VALUE)).build();
  }

  /** Returns the interface over one of this API's clients, for {@link ApiCall}. */
  A over(OkHttpClient client) {
    return building(client, null).build().create(type);
  }

  /** Each request gets its trace, with a key that the user's interceptors do not see. */
  Retrofit.Builder building(OkHttpClient client, @Nullable Object key) {
    return retrofit
        .newBuilder()
        .callFactory(
            request -> {
              CallTrace trace = new CallTrace();
              trace.key = key;
              return client.newCall(request.newBuilder().tag(CallTrace.class, trace).build());
            });
  }

  Deadline deadline(long timeoutNanos) {
    return Deadline.in(timeoutNanos, retries.scheduler);
  }

  /** Returns when a user's call that begins now has to be over. */
  Deadline deadline() {
    return deadline(retries.callTimeoutNanos);
  }

  /** Fails a room's start at once while the whole app has to wait. Returns whether it did. */
  boolean holdsBack(AnswerCallback<?> callback) {
    return retries.holdsBack("start", baseUrl.host(), callback);
  }

  /** Returns a callback for the endpoint for one id that says what a batch's would say. */
  static AnswerCallback<@Nullable Void> ofOneId(String id, AnswerCallback<Set<String>> callback) {
    return new AnswerCallback<@Nullable Void>() {
      @Override
      public void onSuccess(@Nullable Void nothing) {
        callback.onSuccess(Collections.emptySet());
      }

      @Override
      public void onFailure(BiliLiveException error) {
        if (error instanceof PlatformException
            && ((PlatformException) error).getKnownCode() == PlatformCode.HEARTBEAT_EXPIRED) {
          callback.onSuccess(Collections.singleton(id));
        } else {
          callback.onFailure(error);
        }
      }
    };
  }

  /** Reads an answer whose data says nothing, so whatever it looks like will do. */
  @SuppressWarnings("NullAway") // It does not know that T may be nullable.
  static <E> Void nothing(@Nullable E envelope) {
    return null;
  }

  /** The platform may name ids that were not asked about: those are left out. */
  static Set<String> failedOf(List<String> sent, @Nullable List<String> failed) {
    if (failed == null || failed.isEmpty()) {
      return Collections.emptySet();
    }
    Set<String> failedOfSent = new HashSet<>(failed);
    failedOfSent.retainAll(new HashSet<>(sent));
    return Collections.unmodifiableSet(failedOfSent);
  }

  static <T> T present(@Nullable T value, String name, String path) {
    if (value == null) {
      throw new JsonDataException("Required value '" + name + "' missing at " + path);
    }
    return value;
  }

  /** Refuses an id that is far longer than any of the platform's: heartbeats carry 200 of them. */
  static String id(String id, String name, String path) {
    if (id.length() > MAX_ID_LENGTH) {
      throw new JsonDataException(
          "Value '" + name + "' has more than " + MAX_ID_LENGTH + " characters at " + path);
    }
    return id;
  }

  /** Refuses calls from now on. */
  void shutDown() {
    http.dispatcher().executorService().shutdown();
  }

  /** Cancels what is under way, without waiting. Idempotent. */
  void close() {
    shutDown(); // First, so that no call begins after.
    retries.close();
    CallbackErrors.run(http.dispatcher()::cancelAll);
  }
}
