package io.github.bililive.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SeenConnection;
import io.github.bililive.sandbox.SeenRequest;
import io.github.bililive.sandbox.SeenSocket;
import io.github.bililive.sandbox.SentEvent;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.OAuthToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * A hundred rooms on three workers, which are killed, frozen, ended and started, and whose broker
 * goes away. The tests come one after the other on the same fleet, and the last one looks back on
 * all of them.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FleetIT {
  private static final int ROOMS = 100;
  private static final int TASKS = 6;
  private static final int BUCKETS = 256;

  /** In which every room must be heard again. */
  private static final Duration DARK = Fleet.SESSION.plusSeconds(5);

  /** For how long a room may have two sockets after a frozen worker goes on. */
  private static final Duration TWO = Duration.ofSeconds(5);

  private static final Duration START = Duration.ofMinutes(3);
  private static final Path FOLDER = Path.of("target", "fleet").toAbsolutePath();

  private static Sandbox sandbox;
  private static Fleet fleet;
  private static Topic topic;
  private static final List<String> ANSWERS = new ArrayList<>();
  private static final List<String> SECRETS = new ArrayList<>();
  private static final NavigableMap<Long, String> PHASES = new TreeMap<>();

  @BeforeAll
  static void start() throws Exception {
    deleteAll(FOLDER);
    Path tokens = Files.createDirectories(FOLDER).resolve("tokens");
    sandbox =
        Sandbox.builder()
            .accessTokens(
                IntStream.range(0, ROOMS).mapToObj(room -> "token-" + room).toArray(String[]::new))
            .tokenLifetime(Duration.ofMinutes(10))
            .start();
    SECRETS.add(sandbox.appSecret());
    grantTokens(FileTokenStore.in(tokens));
    Path rooms =
        Files.write(
            FOLDER.resolve("rooms"), IntStream.range(0, ROOMS).mapToObj(FleetIT::key).toList());
    Path secrets = Files.writeString(FOLDER.resolve("secrets"), "app=" + sandbox.appSecret());
    fleet = new Fleet(FOLDER);
    for (int i = 0; i < 3; i++) {
      fleet.startWorker();
    }
    int asked = fleet.workers().get(0);
    Map<String, String> options = new HashMap<>();
    options.put("connector.class", "io.github.bililive.kafka.RoomsConnector");
    options.put("tasks.max", "" + TASKS);
    options.put("topic", "events");
    options.put("app.client.id", sandbox.clientId());
    options.put("app.secret", "${file:" + secrets + ":app}");
    options.put("base.url", sandbox.baseUrl());
    options.put("oauth.base.url", sandbox.baseUrl());
    options.put("rooms.file", rooms.toString());
    options.put("token.store", "files");
    options.put("token.store.directory", tokens.toString());
    options.put("connection.store", "files");
    options.put("connection.store.directory", FOLDER.resolve("connections").toString());
    String config =
        options.entrySet().stream()
            .map(option -> "\"" + option.getKey() + "\":\"" + option.getValue() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
    Fleet.await(
        "the connector is taken",
        START,
        () -> fleet.put(asked, "/connectors/rooms/config", config).contains("\"tasks.max\""));
    Fleet.await("all rooms are heard", START, () -> heard().size() == ROOMS);
    Fleet.await("three workers have tasks", START, () -> workersWithTasks(asked).size() == 3);
    phase("quiet");
    sandbox.startChatter(Duration.ofSeconds(1));
    topic = new Topic(fleet.bootstrapServer(), "events");
    Fleet.await("the topic has events", START, () -> topic.size() > ROOMS);
  }

  /** Of which each is to be renewed once within the next minutes. */
  private static void grantTokens(FileTokenStore store) throws IOException {
    for (int room = 0; room < ROOMS; room++) {
      GrantedPair pair = sandbox.oauth().grant(room);
      SECRETS.add(pair.accessToken());
      SECRETS.add(pair.refreshToken());
      long now = System.currentTimeMillis() / 1_000;
      store.save(
          key(room),
          OAuthToken.of(
              pair.accessToken(),
              pair.refreshToken(),
              pair.expiresAtSeconds(),
              List.of(),
              now - 1_800));
    }
  }

  @AfterAll
  static void end() throws Exception {
    if (topic != null) {
      topic.close();
    }
    if (fleet != null) {
      fleet.close();
    }
    sandbox.close();
  }

  /** Whatever the test before has left. */
  @BeforeEach
  void threeWorkersHearAllRooms() throws Exception {
    while (fleet.workers().size() < 3) {
      fleet.startWorker();
    }
    int asked = fleet.workers().get(0);
    Fleet.await("three workers have tasks", START, () -> workersWithTasks(asked).size() == 3);
    Fleet.await(
        "each room has one socket", START, () -> heard().size() == ROOMS && mostOpen() == 1);
    phase("quiet");
  }

  @Test
  @Order(1)
  void aKilledWorkersRoomsAreHeardAgain() throws Exception {
    int killed = victim();
    Set<Integer> rooms = roomsOf(killed);

    long begun = phase("kill -9");
    fleet.kill(killed);
    Fleet.await("the dead are seen", DARK, () -> heard().size() < ROOMS);
    Fleet.await("all are heard again", DARK, () -> heard().size() == ROOMS);

    figure("kill -9", rooms, begun);
  }

  @Test
  @Order(2)
  void aFrozenWorkersRoomsAreHeardAgainAndByOneSocketSoonAfterItGoesOn() throws Exception {
    int frozen = victim();
    Set<Integer> rooms = roomsOf(frozen);
    long last = lastSocket();

    long begun = phase("SIGSTOP");
    fleet.signal(frozen, "STOP");
    try {
      awaitOthersHear(rooms, last);
      figure("SIGSTOP", rooms, begun);
      awaitNanos(begun + Duration.ofSeconds(10).toNanos());
    } finally {
      fleet.signal(frozen, "CONT");
    }
    long goesOn = System.nanoTime();
    Fleet.await("no room has two sockets", TWO, () -> mostOpen() == 1);

    figure("SIGCONT, until no room has two sockets", rooms, goesOn);
  }

  @Test
  @Order(3)
  void aWorkerThatIsAskedToEndHandsItsRoomsOver() throws Exception {
    int ended = victim();
    Set<Integer> rooms = roomsOf(ended);
    long last = lastSocket();

    long begun = phase("SIGTERM");
    fleet.terminate(ended);
    awaitOthersHear(rooms, last);

    figure("SIGTERM", rooms, begun);
  }

  @Test
  @Order(4)
  void aBrokerThatIsAwayForTenSecondsEndsNoRoom() throws Exception {
    long begun = phase("a broker's absence");
    fleet.endBroker();
    awaitNanos(begun + Duration.ofSeconds(10).toNanos());
    fleet.restartBroker();
    int before = topic.size();
    Fleet.await("the topic grows", START, () -> topic.size() > before);
    long back = System.nanoTime();
    Fleet.await("all are heard again", DARK, () -> heard().size() == ROOMS);

    figure("after a broker's absence", Set.of(), back);
  }

  @Test
  @Order(5)
  void nothingIsMissingAndNoSecretIsTold() throws Exception {
    TimeUnit.SECONDS.sleep(2);
    List<SentEvent> sent =
        sandbox.events().stream().filter(one -> one.fate() == SentEvent.Fate.SENT).toList();
    Map<Long, SeenSocket> sockets =
        sandbox.sockets().seen().stream().collect(Collectors.toMap(SeenSocket::number, one -> one));
    long now = sent.get(sent.size() - 1).atNanos() - Duration.ofSeconds(1).toNanos();
    List<SentEvent> stayed =
        sent.stream()
            .filter(one -> sockets.get(one.socket()).isOpen() && one.atNanos() < now)
            .toList();
    Fleet.await(
        "the topic has what was sent to sockets that stayed open",
        START,
        () -> stayed.stream().allMatch(FleetIT::isThere));
    PHASES.forEach(
        (begun, phase) -> {
          Long next = PHASES.higherKey(begun);
          long end = next == null ? now : next;
          List<SentEvent> meanwhile =
              sent.stream().filter(one -> one.atNanos() >= begun && one.atNanos() < end).toList();
          figure(
              "%s: events sent to sockets %d, of those not in the topic %d"
                  .formatted(
                      phase,
                      meanwhile.stream().map(SentEvent::msgId).distinct().count(),
                      meanwhile.stream()
                          .filter(one -> !isThere(one))
                          .map(SentEvent::msgId)
                          .distinct()
                          .count()));
        });
    figure("records that are there twice: " + topic.duplicates);

    assertThat(topic.wrong).hasValue(0);
    // A token that another worker has just renewed is no longer valid; nothing else is refused.
    assertThat(sandbox.refusals()).extracting(SeenRequest::code).isSubsetOf(List.of(127001));
    assertThat(sandbox.sockets().protocolErrors()).isEmpty();
    assertThat(mostLivingIds()).isLessThanOrEqualTo(5);
    assertThat(refreshes()).isBetween(1L, (long) ROOMS);
    tellsNoSecret();
  }

  private static void tellsNoSecret() throws IOException {
    int asked = fleet.workers().get(0);
    for (String path :
        List.of(
            "/connectors?expand=info&expand=status",
            "/connectors/rooms",
            "/connectors/rooms/config",
            "/connectors/rooms/tasks",
            "/connectors/rooms/status",
            "/connectors/rooms/offsets")) {
      ANSWERS.add(fleet.get(asked, path));
    }
    for (int room = 0; room < ROOMS; room++) {
      GrantedPair pair = sandbox.oauth().pair(room);
      SECRETS.add(pair.accessToken());
      SECRETS.add(pair.refreshToken());
    }
    for (SeenConnection connection : sandbox.connections()) {
      String authBody = sandbox.authBody(connection.connId());
      if (authBody != null) {
        SECRETS.add(authBody);
      }
    }
    String told = fleet.logs() + ANSWERS;
    assertThat(told).contains("task.buckets", "io.github.bililive.kafka.RoomsTask");
    assertThat(SECRETS).allSatisfy(secret -> assertThat(told.contains(secret)).isFalse());
  }

  /** Returns how many living ids a room has had at a time, at most. */
  private static long mostLivingIds() {
    Map<Long, List<SeenConnection>> byRoom =
        sandbox.connections().stream().collect(Collectors.groupingBy(SeenConnection::roomId));
    long most = 0;
    for (List<SeenConnection> room : byRoom.values()) {
      for (SeenConnection one : room) {
        long atOnce =
            room.stream()
                .filter(other -> other.startedAtNanos() <= one.startedAtNanos())
                .filter(
                    other ->
                        other.endedAtNanos() == null || other.endedAtNanos() > one.startedAtNanos())
                .count();
        most = Math.max(most, atOnce);
      }
    }
    figure("living ids of a room at once, at most " + most);
    return most;
  }

  /** Each token that was granted at first can be spent once; a second time is a refusal. */
  private static long refreshes() {
    long refreshes =
        sandbox.requests().stream()
            .filter(request -> request.endpoint() == Endpoint.REFRESH_TOKEN)
            .count();
    figure("tokens renewed " + refreshes);
    return refreshes;
  }

  private static boolean isThere(SentEvent event) {
    return topic.has(keyOfId(event.roomId()), event.msgId());
  }

  // What the sandbox sees.

  private static Set<Integer> heard() {
    return heardSince(0);
  }

  /** Returns the rooms that an open socket with a greater number hears. */
  private static Set<Integer> heardSince(long socket) {
    return IntStream.range(0, ROOMS)
        .filter(
            room ->
                sandbox.room(room).sockets().stream()
                    .anyMatch(open -> open.seen().number() > socket))
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static void awaitOthersHear(Set<Integer> rooms, long lastSocket)
      throws InterruptedException {
    try {
      Fleet.await("others hear the rooms", DARK, () -> heardSince(lastSocket).containsAll(rooms));
    } catch (AssertionError e) {
      Set<Integer> missing = new TreeSet<>(rooms);
      missing.removeAll(heardSince(lastSocket));
      StringBuilder what = new StringBuilder();
      for (int room : missing) {
        what.append("\n").append(key(room)).append(" of task ").append(taskOf(key(room)));
        long id = sandbox.room(room).id();
        sandbox.sockets().seen(one -> one.roomId() != null && one.roomId() == id).stream()
            .filter(one -> one.number() > lastSocket || one.isOpen())
            .forEach(one -> what.append("\n  ").append(one));
        sandbox.connections().stream()
            .filter(one -> one.roomId() == id)
            .forEach(one -> what.append("\n  ").append(one));
      }
      throw new AssertionError(e.getMessage() + what, e);
    }
  }

  private static int mostOpen() {
    return IntStream.range(0, ROOMS)
        .map(room -> sandbox.room(room).sockets().size())
        .max()
        .orElse(0);
  }

  private static long lastSocket() {
    return sandbox.sockets().seen().stream().mapToLong(SeenSocket::number).max().orElse(0);
  }

  private static String keyOfId(long roomId) {
    return key((int) (roomId - sandbox.room(0).id()));
  }

  // What the workers have.

  private static String key(int room) {
    return "room" + room;
  }

  /** Returns the rooms that a worker hears. */
  private static Set<Integer> roomsOf(int worker) {
    int asked = fleet.workers().stream().filter(one -> one != worker).findFirst().orElseThrow();
    Map<Integer, Integer> tasks = fleet.tasks(asked);
    return IntStream.range(0, ROOMS)
        .filter(room -> tasks.get(taskOf(key(room))) == worker)
        .boxed()
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static int taskOf(String key) {
    CRC32 hash = new CRC32();
    hash.update(key.getBytes(StandardCharsets.UTF_8));
    return (int) (hash.getValue() % BUCKETS) % TASKS;
  }

  private static Collection<Integer> workersWithTasks(int asked) {
    return new TreeSet<>(fleet.tasks(asked).values());
  }

  /** Returns a worker that hears rooms. */
  private static int victim() {
    int asked = fleet.workers().get(0);
    return workersWithTasks(asked).stream().reduce((one, other) -> other).orElseThrow();
  }

  private static void awaitNanos(long until) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
  }

  /** Begins a phase. Returns when. */
  private static long phase(String name) {
    long now = System.nanoTime();
    PHASES.put(now, name);
    return now;
  }

  private static void figure(String what, Set<Integer> rooms, long begun) {
    figure(
        "%s (%d rooms): %.1f s".formatted(what, rooms.size(), (System.nanoTime() - begun) / 1e9));
  }

  private static void figure(String text) {
    System.out.println("fleet: " + text);
    try {
      Files.writeString(
          FOLDER.resolve("figures.txt"),
          text + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static void deleteAll(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
