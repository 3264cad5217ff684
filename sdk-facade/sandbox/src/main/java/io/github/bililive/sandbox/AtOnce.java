package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts how many sockets of one conn_id, or of one room, were open at once. */
final class AtOnce {
  private record Span(long from, long to) {}

  private AtOnce() {}

  /** Called with the hub's monitor held. */
  static int most(
      List<SandboxSocket> sockets, Function<Connection, Object> key, Duration tolerance) {
    Map<Object, List<Span>> spans = new HashMap<>();
    for (SandboxSocket socket : sockets) {
      Connection connection = socket.connection();
      if (connection != null) {
        spans
            .computeIfAbsent(key.apply(connection), any -> new ArrayList<>())
            .add(span(socket, tolerance));
      }
    }
    return spans.values().stream().mapToInt(AtOnce::most).max().orElse(0);
  }

  private static Span span(SandboxSocket socket, Duration tolerance) {
    @Nullable Long closedAt = socket.closedAtRealNanos();
    long to = closedAt == null ? Long.MAX_VALUE : closedAt - tolerance.toNanos();
    return new Span(socket.openedAtRealNanos, to);
  }

  /** The most are open at the moment at which some socket opens. */
  private static int most(List<Span> spans) {
    int most = 0;
    for (Span moment : spans) {
      long at = moment.from();
      long count = spans.stream().filter(s -> s.from() <= at && at < s.to()).count();
      most = Math.max(most, (int) count);
    }
    return Math.max(most, spans.isEmpty() ? 0 : 1);
  }
}
