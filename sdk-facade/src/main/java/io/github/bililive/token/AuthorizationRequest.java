package io.github.bililive.token;

/**
 * One visit of a broadcaster to the page on which they authorise the app. {@link
 * OAuth#authorizationUrl} returns it.
 *
 * <p>Send the broadcaster's browser to {@link #getUrl}. It comes back to the app's callback with a
 * code: hand the address that it comes back with to {@link #codeFrom}, which checks that it answers
 * this visit, and the code to {@link OAuth#exchange(String)}.
 *
 * <p>The app keeps this object while the broadcaster is away, and drops it after a time of its
 * choice; the SDK keeps no list. A web server keeps it in the visitor's own session, so that the
 * answer to one visitor cannot be used by another.
 *
 * <p>Safe for use by several threads. Only the SDK implements it in production, and a test may; new
 * methods will be default methods.
 */
public interface AuthorizationRequest {
  /** What the page for phones does once the broadcaster has agreed. */
  enum MobileReturn {
    /** It goes on to the callback. */
    SKIP,

    /** It closes itself. How the code reaches the app then is not known here. */
    CLOSE,

    /** It opens a browser. How the code reaches the app then is not known here. */
    BROWSER
  }

  /** Returns the address of the page for desktop browsers. */
  String getUrl();

  /** Returns the address of the page for phones, without a navigation bar; it goes on by itself. */
  default String getMobileUrl() {
    return getMobileUrl(true, MobileReturn.SKIP);
  }

  /**
   * Returns the address of the page for phones.
   *
   * @param navigationHidden whether the page leaves its navigation bar out
   * @param then what it does at the end
   */
  String getMobileUrl(boolean navigationHidden, MobileReturn then);

  /**
   * Returns the random text that ties the answer to this request, 192 bits. Needed only to go on
   * after this object is lost, such as in an Android app that was ended meanwhile: store it where
   * the visitor alone can bring it back, and hand it to {@link OAuth#authorizationUrl(String,
   * String)}.
   */
  String getState();

  /**
   * Returns the code that the browser came back with. It is a secret until it is exchanged, and
   * works once. So does this request: after a code or a refusal it takes no other answer; after an
   * address that does not answer it, it still waits.
   *
   * @param callbackUrl the address at which the browser ended, or its path and query, as web
   *     servers give them, or the query alone
   * @throws IllegalArgumentException if the state is missing, there twice or another's, or there is
   *     no code; the message holds nothing of the address
   * @throws io.github.bililive.error.AuthorisationRefusedException if the page says that the app
   *     was not authorised
   * @throws IllegalStateException if this request has had its answer
   */
  String codeFrom(String callbackUrl);

  /** Returns the app and the callback's host; neither the state nor a code. */
  @Override
  String toString();
}
