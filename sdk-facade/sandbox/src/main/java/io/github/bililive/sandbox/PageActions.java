package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * What the page's buttons do. Each is done by the sandbox's own methods, as a test would, and is in
 * the journal. An argument that is wrong throws an IllegalArgumentException that says so.
 */
final class PageActions {
  private static final int GATEWAY = 502;
  private static final int TEXT_LIMIT = 100_000;
  private static final SampleEvents SAMPLES = SampleEvents.openLive();

  private final Sandbox sandbox;
  private final OffsetClock clock;
  private final PageState state;
  private final Journal journal;
  private final Map<String, Function<Arguments, Map<String, ?>>> actions = new LinkedHashMap<>();

  PageActions(Sandbox sandbox, OffsetClock clock, PageState state, Journal journal) {
    this.sandbox = sandbox;
    this.clock = clock;
    this.state = state;
    this.journal = journal;
    actions.put("danmaku", this::danmaku);
    actions.put("gift", this::gift);
    actions.put("event", args -> send(args.whole("room"), args.text("json")));
    actions.put("cut", args -> socket(args).andThen(SandboxSocket::drop));
    actions.put("silence", args -> socket(args).andThen(SandboxSocket::goSilent));
    actions.put("expire", args -> alive(sandbox.expire(args.text("connId"))));
    actions.put("end", args -> alive(sandbox.endInteraction(args.text("connId"))));
    actions.put("fault", this::fault);
    actions.put("clearFaults", args -> clearFaults());
    actions.put("revoke", this::revoke);
    actions.put("grant", this::grant);
    actions.put("clock", this::setClock);
    actions.put("chat", this::chat);
  }

  /** Does it, and returns what the caller is told. */
  Map<String, ?> perform(String name, Map<?, ?> arguments) {
    Function<Arguments, Map<String, ?>> action = actions.get(name);
    if (action == null) {
      throw new IllegalArgumentException("no such action; there are " + actions.keySet());
    }
    Arguments read = new Arguments(arguments);
    Map<String, ?> result = action.apply(read);
    Map<String, Object> brief = new LinkedHashMap<>(read.used);
    brief.put("what", name);
    Object room = read.used.get("room");
    journal.add(Journal.Kind.ACTION, room instanceof Long id ? id : null, brief);
    return result;
  }

  /** The arguments of an action, and which of them were used. */
  private static final class Arguments {
    private final Map<?, ?> given;
    final Map<String, Object> used = new LinkedHashMap<>();

    Arguments(Map<?, ?> given) {
      this.given = given;
    }

    String text(String name) {
      if (!(given.get(name) instanceof String text) || text.isEmpty()) {
        throw new IllegalArgumentException(name + " must be a text that is not empty");
      }
      if (text.length() > TEXT_LIMIT) {
        throw new IllegalArgumentException(
            name + " must have " + TEXT_LIMIT + " characters at most");
      }
      used.put(name, text.length() > 200 ? text.substring(0, 200) + "…" : text);
      return text;
    }

    long whole(String name) {
      // Moshi reads each number as a double.
      if (!(given.get(name) instanceof Double number)
          || number != Math.rint(number)
          || Math.abs(number) > 1e15) {
        throw new IllegalArgumentException(name + " must be a whole number");
      }
      used.put(name, number.longValue());
      return number.longValue();
    }

    long whole(String name, long from, long to) {
      long value = whole(name);
      if (value < from || value > to) {
        throw new IllegalArgumentException(
            name + " must be from " + from + " to " + to + ", but is " + value);
      }
      return value;
    }
  }

  private static String newMsgId() {
    return "page-" + UUID.randomUUID();
  }

  private Map<String, ?> danmaku(Arguments args) {
    long room = args.whole("room");
    return send(room, SAMPLES.danmaku(room, newMsgId(), args.text("text")));
  }

  private Map<String, ?> gift(Arguments args) {
    long room = args.whole("room");
    long count = args.whole("count", 1, 1_000_000);
    return send(room, SAMPLES.gift(room, newMsgId(), args.text("name"), count));
  }

  private Map<String, ?> send(long room, String json) {
    return Map.of("sockets", sandbox.send(room, json));
  }

  /** A socket to which something is done. */
  private record Target(SandboxSocket socket) {
    Map<String, ?> andThen(java.util.function.Consumer<SandboxSocket> action) {
      action.accept(socket);
      return Map.of();
    }
  }

  private Target socket(Arguments args) {
    long number = args.whole("socket");
    return sandbox.sockets().open().stream()
        .filter(socket -> socket.number == number)
        .findFirst()
        .map(Target::new)
        .orElseThrow(() -> new IllegalArgumentException("socket " + number + " is not open"));
  }

  private static Map<String, ?> alive(boolean wasAlive) {
    if (!wasAlive) {
      throw new IllegalArgumentException("no such connection is alive");
    }
    return Map.of();
  }

  private Map<String, ?> fault(Arguments args) {
    Fault fault = faultOf(args);
    long count = args.whole("count", 0, 1_000_000);
    String call = args.text("call");
    Endpoint endpoint = call.equals("ANY") ? null : endpoint(call);
    if (count == 0 && endpoint == null) {
      sandbox.faults().always(fault);
    } else if (count == 0) {
      sandbox.faults().always(endpoint, fault);
    } else if (endpoint == null) {
      sandbox.faults().next((int) count, fault);
    } else {
      sandbox.faults().next((int) count, endpoint, fault);
    }
    return Map.of();
  }

  private static Fault faultOf(Arguments args) {
    String kind = args.text("fault");
    return switch (kind) {
      case "slow" -> Fault.delay(Duration.ofMillis(args.whole("millis", 1, 3_600_000)));
      case "code" -> code(args.whole("code", -1_000_000, 1_000_000));
      case "html" -> Fault.html(GATEWAY);
      case "500" -> Fault.status(500, "Internal Server Error");
      case "hang" -> Fault.hang();
      case "reset" -> Fault.reset();
      default ->
          throw new IllegalArgumentException(
              "fault must be slow, code, html, 500, hang or reset, but is another");
    };
  }

  private static Fault code(long code) {
    return Fault.code((int) code, "asked for on the sandbox's page");
  }

  private static Endpoint endpoint(String call) {
    for (Endpoint endpoint : Endpoint.values()) {
      if (endpoint.name().equals(call)) {
        return endpoint;
      }
    }
    throw new IllegalArgumentException(
        "call must be ANY or one of " + List.of(Endpoint.values()) + ", but is another");
  }

  private Map<String, ?> clearFaults() {
    sandbox.faults().clear();
    return Map.of();
  }

  private Map<String, ?> revoke(Arguments args) {
    sandbox.oauth().revoke(state.broadcaster(args.whole("room")));
    return Map.of();
  }

  /** The new token is told to who asked, and is not in the journal. */
  private Map<String, ?> grant(Arguments args) {
    GrantedPair pair = sandbox.oauth().grant(state.broadcaster(args.whole("room")));
    return Map.of("accessToken", pair.accessToken(), "refreshToken", pair.refreshToken());
  }

  private Map<String, ?> setClock(Arguments args) {
    clock.offsetMillis(1000 * args.whole("seconds", -100_000_000_000L, 100_000_000_000L));
    return Map.of();
  }

  private synchronized Map<String, ?> chat(Arguments args) {
    long millis = args.whole("millis", 0, 3_600_000);
    sandbox.hush();
    if (millis > 0) {
      sandbox.startChatter(Duration.ofMillis(millis));
    }
    return Map.of();
  }
}
