package io.github.bililive.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionRelay;
import io.github.bililive.ConnectionSource;
import io.github.bililive.Credentials;
import io.github.bililive.IdentityCode;
import io.github.bililive.sandbox.GrantedPair;
import io.github.bililive.sandbox.Packing;
import io.github.bililive.sandbox.SampleEvents;
import io.github.bililive.sandbox.SandboxOpenLive;
import io.github.bililive.sandbox.SandboxSocket;
import io.github.bililive.sandbox.SeenSocket;
import io.github.bililive.token.AccessTokenProvider;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.JdbcTokenStore;
import io.github.bililive.token.OAuthToken;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a task does, without Kafka. */
@Timeout(120)
class RoomsTaskTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final SampleEvents SAMPLES = SampleEvents.openLive();

  @TempDir Path folder;

  @Test
  void oneRoomMoreAndOneLessOfAHundredTouchNoOther() throws Exception {
    try (Rig rig = new Rig(101)) {
      Path file = Files.writeString(folder.resolve("rooms"), Rig.lines(0, 100));
      rig.start(rig.options("rooms.file", file.toString()), 3);
      Set<Long> before = numbers(rig.sandbox.sockets().awaitAuthenticated(100, LONG));
      long gone = rig.sandbox.room(17).sockets().get(0).seen().number();

      Files.writeString(file, Rig.lines(0, 17) + "\n" + Rig.lines(18, 101));
      rig.pollUntil(
          () ->
              rig.sandbox.room(17).sockets().isEmpty()
                  && rig.sandbox.room(100).sockets().size() == 1);

      Set<Long> after = numbers(rig.sandbox.sockets().open());
      assertThat(after).hasSize(100);
      assertThat(before.stream().filter(number -> !after.contains(number))).containsExactly(gone);
      assertThat(rig.sandbox.requests())
          .filteredOn(request -> request.endpoint().path().endsWith("ws-start"))
          .hasSize(101);
    }
  }

  @Test
  void anEventBecomesARecord() throws Exception {
    try (Rig rig = new Rig(1)) {
      rig.start(rig.options("rooms", "alice access-token " + Rig.accessToken(0)), 1);
      SandboxSocket socket = rig.sandbox.sockets().awaitAuthenticated(1, LONG).get(0);
      String event = SAMPLES.danmaku(rig.sandbox.room(0).id(), "id-1", "hello");
      rig.sandbox.room(0).send(event);

      SourceRecord record = rig.poll(1).get(0);

      assertThat(record.topic()).isEqualTo("events");
      assertThat(record.key()).isEqualTo("alice");
      assertThat(record.value()).isEqualTo(event);
      assertThat(record.valueSchema()).isEqualTo(Schema.STRING_SCHEMA);
      assertThat(record.headers())
          .extracting(Header::key, Header::value)
          .containsExactly(
              tuple("cmd", "OPEN_LIVEROOM_DM"),
              tuple("msg_id", "id-1"),
              tuple("conn_id", socket.seen().connId()));
      assertThat(record.sourcePartition()).isEqualTo(Map.of("room", "alice"));
      assertThat(record.sourceOffset()).isEqualTo(Map.of("msg_id", "id-1"));
    }
  }

  @Test
  void anEventBecomesAStructure() throws Exception {
    try (Rig rig = new Rig(1)) {
      rig.start(rig.options("rooms", Rig.line(0), "value.format", "struct"), 1);
      rig.sandbox.sockets().awaitAuthenticated(1, LONG);
      String event = SAMPLES.danmaku(rig.sandbox.room(0).id(), "id-1", "hello");
      rig.sandbox.room(0).send(event);

      Struct value = (Struct) rig.poll(1).get(0).value();

      value.validate();
      assertThat(value.getString("room")).isEqualTo("room0");
      assertThat(value.getString("cmd")).isEqualTo("OPEN_LIVEROOM_DM");
      assertThat(value.getString("json")).isEqualTo(event);
    }
  }

  /** While nobody polls, the sandbox's socket fills up; then nothing is missing. */
  @Test
  void aSlowKafkaHoldsTheSocketsBackAndLosesNothing() throws Exception {
    try (Rig rig = new Rig(1)) {
      rig.start(rig.options("rooms", Rig.line(0), "room.buffer.events", "4"), 1);
      rig.sandbox.sockets().awaitAuthenticated(1, LONG);
      String text = "x".repeat(20_000);
      List<String> sent =
          IntStream.range(0, 300)
              .mapToObj(number -> "id-" + number)
              .peek(
                  id ->
                      rig.sandbox
                          .room(0)
                          .send(Packing.PLAIN, SAMPLES.danmaku(rig.sandbox.room(0).id(), id, text)))
              .toList();

      assertThat((long) rig.metric(0, "EventsWaiting")).isLessThanOrEqualTo(5);
      List<SourceRecord> records = rig.poll(300);

      assertThat(msgIds(records)).containsExactlyElementsOf(sent);
    }
  }

  @Test
  void whatATaskHasWhenItEndsTheNextOneProduces() throws Exception {
    try (Rig rig = new Rig(1)) {
      RoomsTask ended = rig.start(rig.options("rooms", Rig.line(0)), 1).get(0);
      rig.sandbox.sockets().awaitAuthenticated(1, LONG);
      rig.sandbox.room(0).send(danmaku(rig, "produced"), danmaku(rig, "polled"));
      List<SourceRecord> polled = rig.poll(2);
      ended.commitRecord(polled.get(0), null);
      rig.sandbox.room(0).send(danmaku(rig, "received"));
      while (!rig.metric(0, "EventsWaiting").equals(1L)) {
        Thread.onSpinWait();
      }
      assertThat(rig.metric(0, "RoomsOpen")).isEqualTo(1);
      assertThat(rig.metric(0, "EventsReceived")).isEqualTo(3L);
      assertThat(rig.metric(0, "RecordsProduced")).isEqualTo(1L);
      rig.stop(ended);
      assertThat(rig.sandbox.sockets().open()).isEmpty();

      rig.start(rig.options("rooms", "another access-token unknown"), 1);

      assertThat(msgIds(rig.poll(2))).containsExactly("polled", "received");
    }
  }

  @Test
  void theNextTaskGoesOnWithTheSameConnId() throws Exception {
    try (Rig rig = new Rig(2)) {
      Map<String, String> options =
          rig.options(
              "rooms",
              Rig.line(0) + "," + Rig.line(1),
              "connection.store",
              "files",
              "connection.store.directory",
              folder.resolve("connections").toString());
      RoomsTask ended = rig.start(options, 1).get(0);
      Set<String> before = connIds(rig.sandbox.sockets().awaitAuthenticated(2, LONG));
      rig.stop(ended);
      assertThat(rig.sandbox.sockets().open()).isEmpty();
      rig.start(options, 1);
      rig.sandbox.sockets().awaitAuthenticated(2, LONG);

      rig.start(options, 1); // While the one before still runs.
      rig.sandbox.sockets().await(6, SeenSocket::wasAuthenticated, LONG);
      rig.pollUntil(() -> rig.sandbox.sockets().open().size() == 2);

      assertThat(connIds(rig.sandbox.sockets().open())).isEqualTo(before);
      assertThat(rig.sandbox.connections()).hasSize(2);
    }
  }

  private static Set<String> connIds(List<SandboxSocket> sockets) {
    return sockets.stream().map(socket -> socket.seen().connId()).collect(Collectors.toSet());
  }

  @Test
  void aRecordThatTwoTasksCouldNotProduceIsLeftToNoThird() throws Exception {
    try (Rig rig = new Rig(1)) {
      RoomsTask first = rig.start(rig.options("rooms", Rig.line(0)), 1).get(0);
      rig.sandbox.sockets().awaitAuthenticated(1, LONG);
      rig.sandbox.room(0).send(danmaku(rig, "poison"));
      rig.poll(1);
      rig.stop(first);
      RoomsTask second = rig.start(rig.options("rooms", Rig.line(0)), 1).get(0);
      assertThat(msgIds(rig.poll(1))).containsExactly("poison");
      rig.stop(second);
      rig.start(rig.options("rooms", Rig.line(0)), 1);
      rig.pollUntil(() -> rig.sandbox.room(0).sockets().size() == 1);
      rig.sandbox.room(0).send(danmaku(rig, "good"));

      assertThat(msgIds(rig.poll(1))).containsExactly("good");
    }
  }

  private static String danmaku(Rig rig, String msgId) {
    return SAMPLES.danmaku(rig.sandbox.room(0).id(), msgId, "hello");
  }

  private static List<Object> msgIds(List<SourceRecord> records) {
    return records.stream().map(record -> record.headers().lastWithName("msg_id").value()).toList();
  }

  @Test
  void everyDoorOpens() throws Exception {
    try (Rig rig = new Rig(4);
        BiliLiveClient server =
            BiliLiveClient.builder()
                .baseUrl(rig.sandbox.baseUrl())
                .credentials(Credentials.of(rig.sandbox.clientId(), rig.sandbox.appSecret()))
                .build()) {
      ConnectionRelay relay = ConnectionRelay.of(server);
      AccessTokenProvider token = AccessTokenProvider.fixed(Rig.accessToken(3));
      ConnectionSource source = (asked, heard) -> heard.onSuccess(relay.answer(asked, token));
      SandboxOpenLive openLive = rig.sandbox.openLive();
      IdentityCode code = IdentityCode.of(openLive.identityCodes().get(1), openLive.appId());
      DoorRooms.rooms =
          List.of(
              Room.ofAccessToken("a", Rig.accessToken(0)),
              Room.ofIdentityCode("b", code),
              Room.ofBroadcaster("c", "carol"),
              Room.ofSource("d", source));
      FileTokenStore.in(folder.resolve("tokens")).save("carol", pair(rig, 2));
      rig.start(
          rig.options(
              "rooms.class",
              DoorRooms.class.getName(),
              "token.store",
              "files",
              "token.store.directory",
              folder.resolve("tokens").toString()),
          1);
      rig.pollUntil(
          () ->
              IntStream.range(0, 4).allMatch(room -> rig.sandbox.room(room).sockets().size() == 1));
    }
  }

  @Test
  void roomsAndTokensOfADatabaseAreHeard() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:rooms;DB_CLOSE_DELAY=-1");
    try (Rig rig = new Rig(2);
        Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE bililive_token (broadcaster VARCHAR(255) PRIMARY KEY, access_token"
              + " VARCHAR(1024) NOT NULL, refresh_token VARCHAR(1024) NOT NULL, expires_at BIGINT"
              + " NOT NULL, granted_at BIGINT NOT NULL, scopes VARCHAR(1024) NOT NULL, lease_owner"
              + " VARCHAR(64), lease_end TIMESTAMP WITH TIME ZONE)");
      statement.execute(
          "CREATE TABLE bililive_connection (room VARCHAR(200) NOT NULL PRIMARY KEY, counter BIGINT"
              + " NOT NULL, entry VARCHAR(8000) NOT NULL)");
      JdbcTokenStore.in(database).save("alice", pair(rig, 0));
      statement.execute(
          "CREATE TABLE room (name VARCHAR(9), door VARCHAR(20), secret VARCHAR(99))");
      statement.execute("INSERT INTO room VALUES ('alice', NULL, NULL)");
      rig.start(
          rig.options(
              "rooms.jdbc.query",
              "SELECT * FROM room",
              "token.store",
              "jdbc",
              "connection.store",
              "jdbc",
              "jdbc.url",
              database.getURL()),
          2);
      rig.pollUntil(() -> rig.sandbox.room(0).sockets().size() == 1);

      statement.execute(
          "INSERT INTO room VALUES ('bob', 'access-token', '" + Rig.accessToken(1) + "')");
      rig.pollUntil(() -> rig.sandbox.room(1).sockets().size() == 1);
      statement.execute("DELETE FROM room WHERE name = 'alice'");
      rig.pollUntil(() -> rig.sandbox.room(0).sockets().isEmpty());
      assertThat(new JdbcRooms(database, "SELECT room FROM bililive_connection").rooms())
          .extracting(Room::getKey)
          .contains("bob");
    }
  }

  private static OAuthToken pair(Rig rig, int room) {
    GrantedPair pair = rig.sandbox.oauth().grant(room);
    return OAuthToken.of(
        pair.accessToken(), pair.refreshToken(), pair.expiresAtSeconds(), List.of());
  }

  @Test
  void aRoomThatWasGivenUpIsTriedAgain() throws Exception {
    try (Rig rig = new Rig(1)) {
      Path tokens = folder.resolve("tokens");
      rig.start(
          rig.options(
              "rooms",
              "alice",
              "rooms.retry.ms",
              "100",
              "token.store",
              "files",
              "token.store.directory",
              tokens.toString()),
          1);
      rig.pollUntil(() -> rig.metric(0, "RoomsGivenUp").equals(1));

      FileTokenStore.in(tokens).save("alice", pair(rig, 0)); // As another process does.
      rig.pollUntil(() -> rig.sandbox.room(0).sockets().size() == 1);
    }
  }

  @Test
  void aRoomThatTheClientDoesNotTakeLeavesTheOthersAlone() throws Exception {
    try (Rig rig = new Rig(1)) { // There is no token store for the first room.
      rig.start(rig.options("rooms", "nobody," + Rig.line(0)), 1);
      rig.sandbox.sockets().awaitAuthenticated(1, LONG);
    }
  }

  @Test
  void whenTheRoomsCannotBeReadTheyStay() throws Exception {
    try (Rig rig = new Rig(2)) {
      Path file = Files.writeString(folder.resolve("rooms"), Rig.lines(0, 2));
      rig.start(rig.options("rooms.file", file.toString()), 1);
      Set<Long> before = numbers(rig.sandbox.sockets().awaitAuthenticated(2, LONG));

      Files.delete(file);
      Files.writeString(file, "room0 what is this");
      Files.writeString(file, Rig.lines(0, 1));
      rig.pollUntil(() -> rig.sandbox.sockets().open().size() == 1);

      assertThat(before).containsAll(numbers(rig.sandbox.sockets().open()));
    }
  }

  private static Set<Long> numbers(List<SandboxSocket> sockets) {
    return sockets.stream()
        .map(SandboxSocket::seen)
        .map(SeenSocket::number)
        .collect(Collectors.toSet());
  }

  /** A source of rooms of a user's. */
  public static final class DoorRooms implements RoomSource {
    static List<Room> rooms = List.of();

    /** Is called by the connector. */
    public DoorRooms() {}

    @Override
    public Collection<Room> rooms() {
      return rooms;
    }
  }
}
