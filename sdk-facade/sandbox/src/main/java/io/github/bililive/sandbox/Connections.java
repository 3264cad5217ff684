package io.github.bililive.sandbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The connections of all rooms. A connection dies when its time to live has passed since its start
 * or its last heartbeat; at that very moment it is dead.
 *
 * <p>All of one {@link Door} have the same time to live, so the order of their last beats is the
 * order in which they expire: expiring costs nothing but the expired. Safe for use from any thread.
 */
final class Connections {
  private static final int ENDED_SHOWN = 20;

  private final SandboxClock clock;
  private final int deadLimit;
  private final Journal journal;
  private final Map<Door, Living> living;

  /** Those that need no heartbeats; the oldest is forgotten when there are more than the limit. */
  private final Map<String, Connection> unkept = new LinkedHashMap<>();

  /** The oldest is forgotten when there are more than the limit. */
  private final Map<String, Connection> dead = new LinkedHashMap<>();

  /** The newest of the dead, for the page. */
  private final Deque<Connection> endedLately = new ArrayDeque<>();

  /** The living and the dead that are remembered. */
  private final Map<ByteString, Connection> byAuthBody = new HashMap<>();

  /** Rooms that belong to no broadcaster are numbered downwards. */
  private long nextAnonymousRoomId = Platform.FIRST_ROOM_ID - 1;

  Connections(SandboxSettings settings, Journal journal) {
    clock = settings.clock();
    this.journal = journal;
    deadLimit = settings.recordLimit();
    living =
        Map.of(
            Door.ACCESS_TOKEN,
            new Living(settings.timeToLive(), settings.connectionsPerRoom()),
            Door.IDENTITY_CODE,
            new Living(settings.sessionTimeToLive(), settings.sessionsPerRoom()));
  }

  /** The living connections of one door. */
  private static final class Living {
    final long timeToLiveNanos;
    final int perRoom;

    /** The longest without a beat first: a beat moves a connection to the end. */
    final Map<String, Connection> byId = new LinkedHashMap<>();

    Living(Duration timeToLive, int perRoom) {
      timeToLiveNanos = timeToLive.toNanos();
      this.perRoom = perRoom;
    }
  }

  private Living of(Door door) {
    Living found = living.get(door);
    if (found == null) {
      throw new IllegalStateException("no connections for " + door);
    }
    return found;
  }

  /** Returns the new connection, or null if the room has no place left. */
  synchronized @Nullable Connection start(Room room, Door door) {
    long now = expireDue();
    return room.living(door) < of(door).perRoom ? add(room, door, now) : null;
  }

  /** Starts connections, each in a room of its own. */
  synchronized List<String> start(int count) {
    long now = expireDue();
    List<String> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(add(new Room(nextAnonymousRoomId--), Door.ACCESS_TOKEN, now).id);
    }
    return ids;
  }

  private Connection add(Room room, Door door, long now) {
    Connection connection = new Connection(UUID.randomUUID().toString(), room, door, now);
    of(door).byId.put(connection.id, connection);
    byAuthBody.put(connection.authBody, connection);
    room.add(door, 1);
    note("started", connection);
    return connection;
  }

  /**
   * Starts a session that has no game_id and needs no heartbeats; it takes no place in the room.
   */
  synchronized Connection startUnkept(Room room) {
    Connection connection =
        new Connection(UUID.randomUUID().toString(), room, Door.IDENTITY_CODE, clock.nanos());
    unkept.put(connection.id, connection);
    byAuthBody.put(connection.authBody, connection);
    forgetBeyondLimit(unkept);
    note("started", connection);
    return connection;
  }

  /** Returns the connection, which may be dead; null if there is none. */
  synchronized @Nullable Connection ofAuthBody(ByteString authBody) {
    return byAuthBody.get(authBody);
  }

  /** Returns the connection, which may be dead; null if there is none. */
  synchronized @Nullable Connection ofId(String id) {
    return find(id);
  }

  synchronized boolean isAlive(Connection connection) {
    expireDue();
    return connection.isAlive();
  }

  /** Returns the ids that are not alive, or not of this door; the others are. */
  synchronized List<String> beat(List<String> ids, Door door, @Nullable String agent) {
    long now = expireDue();
    Map<String, Connection> byId = of(door).byId;
    List<String> failed = new ArrayList<>();
    for (String id : ids) {
      Connection connection = byId.remove(id);
      if (connection == null) {
        failed.add(id);
      } else {
        connection.beat(now, agent, ids.size());
        byId.put(connection.id, connection);
      }
    }
    return failed;
  }

  /** Ends a living connection, whichever door it came through. */
  synchronized boolean expire(String id) {
    return end(id, Door.ACCESS_TOKEN, SeenConnection.State.EXPIRED)
        || end(id, Door.IDENTITY_CODE, SeenConnection.State.EXPIRED);
  }

  /** Returns whether it was alive, and of this door. */
  synchronized boolean end(String id, Door door, SeenConnection.State how) {
    long now = expireDue();
    Connection connection = of(door).byId.remove(id);
    if (connection == null) {
      return false;
    }
    bury(connection, now, how);
    return true;
  }

  synchronized List<SeenConnection> seen() {
    expireDue();
    List<SeenConnection> seen = new ArrayList<>();
    dead.values().forEach(connection -> seen.add(connection.seen()));
    for (Door door : Door.values()) {
      of(door).byId.values().forEach(connection -> seen.add(connection.seen()));
    }
    unkept.values().forEach(connection -> seen.add(connection.seen()));
    return seen;
  }

  synchronized @Nullable SeenConnection seen(String id) {
    expireDue();
    Connection connection = find(id);
    return connection == null ? null : connection.seen();
  }

  /** Returns what the page shows: the living, and the newest of the dead. */
  synchronized List<Map<String, ?>> shown(int most) {
    long now = expireDue();
    List<Connection> chosen = new ArrayList<>(endedLately);
    for (Door door : Door.values()) {
      of(door).byId.values().stream().limit(most).forEach(chosen::add);
    }
    unkept.values().stream().limit(most).forEach(chosen::add);
    List<Map<String, ?>> shown = new ArrayList<>();
    for (Connection connection : chosen) {
      boolean isKept = !unkept.containsKey(connection.id);
      long timeToLive = isKept ? of(connection.door).timeToLiveNanos : Long.MAX_VALUE;
      shown.add(connection.shown(now, timeToLive));
    }
    return shown;
  }

  /** Returns the same ids, in the instances held here: a long record then shares its strings. */
  synchronized List<String> sharedCopies(List<String> ids) {
    List<String> shared = new ArrayList<>(ids.size());
    for (String id : ids) {
      Connection connection = find(id);
      shared.add(connection == null ? id : connection.id);
    }
    return List.copyOf(shared);
  }

  private @Nullable Connection find(String id) {
    for (Door door : Door.values()) {
      Connection connection = of(door).byId.get(id);
      if (connection != null) {
        return connection;
      }
    }
    Connection connection = unkept.get(id);
    return connection == null ? dead.get(id) : connection;
  }

  /** Returns the time at which this was done. */
  private long expireDue() {
    long now = clock.nanos();
    for (Door door : Door.values()) {
      long timeToLiveNanos = of(door).timeToLiveNanos;
      Iterator<Connection> longestWithoutBeatFirst = of(door).byId.values().iterator();
      while (longestWithoutBeatFirst.hasNext()) {
        Connection connection = longestWithoutBeatFirst.next();
        long dueAt = connection.lastBeatAtNanos() + timeToLiveNanos;
        if (now - dueAt < 0) {
          break;
        }
        longestWithoutBeatFirst.remove();
        bury(connection, dueAt, SeenConnection.State.EXPIRED);
      }
    }
    return now;
  }

  private void bury(Connection connection, long atNanos, SeenConnection.State how) {
    connection.end(atNanos, how);
    note(how == SeenConnection.State.EXPIRED ? "expired" : "ended", connection);
    dead.put(connection.id, connection);
    forgetBeyondLimit(dead);
    endedLately.add(connection);
    if (endedLately.size() > ENDED_SHOWN) {
      endedLately.remove();
    }
  }

  private void note(String what, Connection connection) {
    journal.add(
        Journal.Kind.CONNECTION,
        connection.room.id,
        Map.of("what", what, "connId", connection.id, "api", connection.door.name()));
  }

  private void forgetBeyondLimit(Map<String, Connection> connections) {
    if (connections.size() > deadLimit) {
      Iterator<Connection> oldestFirst = connections.values().iterator();
      byAuthBody.remove(oldestFirst.next().authBody);
      oldestFirst.remove();
    }
  }
}
