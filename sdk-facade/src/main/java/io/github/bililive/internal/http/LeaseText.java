package io.github.bililive.internal.http;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import io.github.bililive.StartedConnection;
import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.PlatformCode;
import io.github.bililive.error.PlatformException;
import io.github.bililive.error.Remedy;
import io.github.bililive.error.SourceException;
import io.github.bililive.generated.openlive.model.AnchorInfo;
import io.github.bililive.generated.relay.model.GeneratedJsonAdapterFactory;
import io.github.bililive.generated.relay.model.LeaseAction;
import io.github.bililive.generated.relay.model.LeaseRequest;
import io.github.bililive.generated.relay.model.LeaseResponse;
import io.github.bililive.generated.relay.model.RelayedConnection;
import io.github.bililive.generated.relay.model.RelayedFailure;
import io.github.bililive.internal.message.LongNumbers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** The texts of {@code relay.yaml}, for both sides. */
public final class LeaseText {
  private static final int VERSION = 1;

  /** A thousand times what an answer takes. */
  private static final int MAX_LENGTH = 1 << 20;

  private static final Moshi MOSHI =
      new Moshi.Builder()
          .add(GeneratedJsonAdapterFactory.INSTANCE)
          .add(io.github.bililive.generated.openlive.model.GeneratedJsonAdapterFactory.INSTANCE)
          .build();

  private static final JsonAdapter<LeaseRequest> REQUEST = MOSHI.adapter(LeaseRequest.class);
  private static final JsonAdapter<LeaseResponse> RESPONSE = MOSHI.adapter(LeaseResponse.class);
  private static final JsonAdapter<AnchorInfo> ANCHOR = MOSHI.adapter(AnchorInfo.class);

  private LeaseText() {}

  static String question(String leaseId, LeaseAction action) {
    return REQUEST.toJson(
        LeaseRequest.builder().version(VERSION).leaseId(leaseId).action(action).build());
  }

  /**
   * Reads an app's question.
   *
   * @throws IllegalArgumentException if it is none; the message holds nothing of it
   */
  public static LeaseRequest readQuestion(String text) {
    LeaseRequest request;
    try {
      request = read(REQUEST, text);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("question is not one of a ConnectionSource: " + path(e));
    }
    if (request == null || request.getVersion() != VERSION || request.getLeaseId().isEmpty()) {
      throw new IllegalArgumentException(
          "question is not of version " + VERSION + " of relay.yaml, or has no lease_id");
    }
    if (request.getLeaseId().length() > ApiClient.MAX_ID_LENGTH) {
      throw new IllegalArgumentException(
          "question has a lease_id of more than " + ApiClient.MAX_ID_LENGTH + " characters");
    }
    return request;
  }

  public static String started(StartedConnection started, int leaseSeconds) {
    RelayedConnection.Builder connection =
        RelayedConnection.builder()
            .connId(started.getConnId())
            .authBody(started.getAuthBody())
            .wssLink(started.getWssLinks());
    if (started.getBroadcaster() != null) {
      connection.anchorInfo(ANCHOR.toJsonValue(started.getBroadcaster()));
    }
    return text(answer().leaseSeconds(leaseSeconds).connection(connection.build()));
  }

  public static String renewed(int leaseSeconds) {
    return text(answer().leaseSeconds(leaseSeconds));
  }

  public static String over() {
    return text(answer());
  }

  /** Says why there is no connection: no text of the platform's, which is for the server. */
  public static String failed(BiliLiveException error) {
    return text(
        answer()
            .failure(
                RelayedFailure.builder()
                    .remedy(error.getRemedy().name())
                    .code(
                        error instanceof PlatformException
                            ? ((PlatformException) error).getCode()
                            : 0)
                    .retryAfterMillis(error.getRetryAfterMillis())
                    .notCarriedOut(error.isNotCarriedOut())
                    .build()));
  }

  private static LeaseResponse.Builder answer() {
    return LeaseResponse.builder().version(VERSION);
  }

  private static String text(LeaseResponse.Builder answer) {
    return RESPONSE.toJson(answer.build());
  }

  /**
   * Reads a server's answer.
   *
   * @throws BiliLiveException if it cannot be read or says that there is no connection; the message
   *     holds nothing of it but numbers
   */
  static LeaseResponse readAnswer(@Nullable String text) {
    LeaseResponse answer;
    try {
      answer = text == null ? null : read(RESPONSE, text);
    } catch (IOException | RuntimeException e) {
      throw unread("it is not one of a ConnectionRelay: " + path(e));
    }
    if (answer == null || answer.getVersion() != VERSION) {
      throw unread(answer == null ? "it is null" : "its version is not " + VERSION);
    }
    RelayedFailure failure = answer.getFailure();
    if (failure != null) {
      throw error(failure);
    }
    return answer;
  }

  static SourceException unread(String problem) {
    return new SourceException(
        "start: the source's answer was not understood: "
            + problem
            + "; check: that the server hands out what its ConnectionRelay answered",
        null,
        Remedy.RETRY);
  }

  private static BiliLiveException error(RelayedFailure failure) {
    long waitMillis = Math.max(0, failure.getRetryAfterMillis());
    if (failure.getCode() != 0) {
      PlatformCode known = PlatformCode.of(failure.getCode());
      boolean isOfTable = known != null && known.getRetryAfterMillis() == waitMillis;
      Long asked = waitMillis == 0 || isOfTable ? null : (Long) waitMillis;
      return new PlatformException("start", failure.getCode(), "", null, asked, "");
    }
    Remedy remedy = Remedy.RETRY;
    for (Remedy known : Remedy.values()) {
      remedy = known.name().equals(failure.getRemedy()) ? known : remedy;
    }
    return new SourceException(
        "start: the source's server has no connection; its remedy is "
            + remedy
            + (waitMillis == 0 ? "" : ", in " + (waitMillis + 999) / 1000 + " s")
            + "; check: that server's log",
        null,
        remedy,
        waitMillis,
        failure.isNotCarriedOut());
  }

  static StartedConnection connection(LeaseResponse answer, String leaseId) {
    RelayedConnection connection = answer.getConnection();
    if (connection == null || answer.getLeaseSeconds() == null) {
      throw unread("it has no connection or no lease_seconds");
    }
    if (connection.getConnId().length() > ApiClient.MAX_ID_LENGTH) {
      throw unread("its conn_id has more than " + ApiClient.MAX_ID_LENGTH + " characters");
    }
    return new StartedConnection(
        connection.getConnId(),
        connection.getAuthBody(),
        connection.getWssLink(),
        broadcaster(connection.getAnchorInfo()),
        leaseId);
  }

  /** Reads {@code anchor_info}, of the platform's, too; whatever it is, it costs no connection. */
  static @Nullable AnchorInfo broadcaster(@Nullable Object json) {
    try {
      // As text: as a value, a number that is no long would be cut to one.
      Buffer text = new Buffer();
      JsonWriter.of(text).jsonValue(json);
      return json instanceof Map ? ANCHOR.fromJson(text) : null;
    } catch (JsonDataException | IOException e) {
      return null;
    }
  }

  private static <T> @Nullable T read(JsonAdapter<T> adapter, String text) throws IOException {
    if (text.length() > MAX_LENGTH) {
      throw new JsonDataException("it has more than " + MAX_LENGTH + " characters");
    }
    if (LongNumbers.isIn(text.getBytes(StandardCharsets.UTF_8))) {
      throw new JsonDataException("it holds " + LongNumbers.problem());
    }
    return adapter.fromJson(text);
  }

  /** Moshi says what is wrong where; but it may quote a value, and its advice is not for users. */
  private static String path(Exception e) {
    if (!(e instanceof JsonDataException)) {
      return "it is no JSON that can be read";
    }
    String problem = String.valueOf(e.getMessage());
    int value = problem.indexOf(" but was ");
    int path = problem.lastIndexOf(" at path ");
    return value < 0
        ? problem
        : problem.substring(0, value) + problem.substring(Math.max(value, path));
  }
}
