package io.github.bililive;

import io.github.bililive.error.BiliLiveException;
import io.github.bililive.error.SourceException;

/**
 * Where an app that must not hold the app secret gets the connections of one room from: a server of
 * its author's, which has a {@link ConnectionRelay}. The SDK writes the question and reads the
 * answer; the source carries both, and tells the server which user asks.
 *
 * <p>Both texts are JSON as {@code openapi/relay.yaml} describes it. They hold secrets: send them
 * over TLS, and do not log them.
 */
@FunctionalInterface
public interface ConnectionSource {
  /**
   * Asks the server. Runs on a daemon thread of the SDK's, where it may block. Questions may come
   * while others are under way: a room asks for a connection, every {@link
   * BiliLiveClientBuilder#heartbeatInterval} that it be kept, and at last that it be ended.
   *
   * <p>After 30 s, or {@link BiliLiveClientBuilder#callTimeout}, the SDK gives a question up and
   * interrupts the thread; it asks again after a pause, except for an end. A question that a
   * connection be kept is given up after 12 s by default: three tenths of the 60 s less the
   * heartbeat interval, or half that interval if it is longer.
   *
   * @param question for the server, as it is
   * @param callback to be called once with the server's answer, as it is: before the method returns
   *     or later, on any thread
   * @throws Exception if there is no answer, which is the same as to call {@code onFailure}. A
   *     {@link BiliLiveException} is passed on as it is, such as a {@link SourceException} that
   *     says what can be done; of anything else the SDK makes one that asks to try again
   */
  void ask(String question, AnswerCallback<String> callback) throws Exception;
}
