package io.github.bililive.internal.http;

import io.github.bililive.hook.RequestEvents;
import io.github.bililive.internal.time.Scheduler;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.CallAdapter;
import retrofit2.Retrofit;

/** Lets {@link RequestEvents} hear the calls that a user makes of the generated interface. */
final class ReportedCalls extends CallAdapter.Factory {
  final RequestReport report;
  final Scheduler scheduler;
  final PlatformClock clock;
  final Redaction redaction;

  ReportedCalls(
      RequestReport report, Scheduler scheduler, PlatformClock clock, Redaction redaction) {
    this.report = report;
    this.scheduler = scheduler;
    this.clock = clock;
    this.redaction = redaction;
  }

  @Override
  public @Nullable CallAdapter<?, ?> get(
      Type returnType, Annotation[] annotations, Retrofit retrofit) {
    return getRawType(returnType) == Call.class && returnType instanceof ParameterizedType
        ? new CallbackErrors<>(getParameterUpperBound(0, (ParameterizedType) returnType))
        : null;
  }

  private final class CallbackErrors<E> implements CallAdapter<E, Call<E>> {
    private final Type envelope;

    CallbackErrors(Type envelope) {
      this.envelope = envelope;
    }

    @Override
    public Type responseType() {
      return envelope;
    }

    @Override
    public Call<E> adapt(Call<E> call) {
      return new ReportedCall<>(call, ReportedCalls.this);
    }
  }
}
