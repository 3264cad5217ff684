package io.github.bililive.internal.http;

import io.github.bililive.generated.api.Operation;
import java.lang.reflect.Method;
import okhttp3.Request;
import retrofit2.Invocation;

/**
 * What the API's document says of the operation behind a request, from the annotation on the method
 * of the generated interface. Paths and names of methods say nothing: a base URL has a path of its
 * own, and R8 renames methods.
 */
final class CalledOperation {
  private static final CalledOperation UNKNOWN = new CalledOperation("call", true);

  /** The {@code operationId}, such as {@code "start"}. */
  final String name;

  /** Whether the call may be sent again when it is not known if it was carried out. */
  final boolean repeatable;

  private CalledOperation(String name, boolean repeatable) {
    this.name = name;
    this.repeatable = repeatable;
  }

  static CalledOperation of(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return UNKNOWN;
    }
    Method method = invocation.method();
    Operation signed = method.getAnnotation(Operation.class);
    if (signed != null) {
      return new CalledOperation(signed.name(), signed.repeatable());
    }
    io.github.bililive.generated.oauth.api.Operation ofOAuth =
        method.getAnnotation(io.github.bililive.generated.oauth.api.Operation.class);
    if (ofOAuth != null) {
      return new CalledOperation(ofOAuth.name(), ofOAuth.repeatable());
    }
    io.github.bililive.generated.openlive.api.Operation byCode =
        method.getAnnotation(io.github.bililive.generated.openlive.api.Operation.class);
    return byCode == null ? UNKNOWN : new CalledOperation(byCode.name(), byCode.repeatable());
  }
}
