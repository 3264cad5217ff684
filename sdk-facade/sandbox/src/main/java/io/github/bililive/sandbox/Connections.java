package io.github.bililive.sandbox;

import java.util.ArrayList;
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
 * <p>All have the same time to live, so the order of their last beats is the order in which they
 * expire: expiring costs nothing but the expired. Safe for use from any thread.
 */
final class Connections {
  private final SandboxClock clock;
  private final long timeToLiveNanos;
  private final int perRoom;
  private final int deadLimit;

  /** The longest without a beat first: a beat moves a connection to the end. */
  private final Map<String, Connection> living = new LinkedHashMap<>();

  /** The oldest is forgotten when there are more than the limit. */
  private final Map<String, Connection> dead = new LinkedHashMap<>();

  /** The living and the dead that are remembered. */
  private final Map<ByteString, Connection> byAuthBody = new HashMap<>();

  /** Rooms that belong to no broadcaster are numbered downwards. */
  private long nextAnonymousRoomId = Platform.FIRST_ROOM_ID - 1;

  Connections(SandboxSettings settings) {
    clock = settings.clock();
    timeToLiveNanos = settings.timeToLive().toNanos();
    perRoom = settings.connectionsPerRoom();
    deadLimit = settings.recordLimit();
  }

  /** Returns the new connection, or null if the room has no place left. */
  synchronized @Nullable Connection start(Room room) {
    long now = expireDue();
    return room.living < perRoom ? add(room, now) : null;
  }

  /** Starts connections, each in a room of its own. */
  synchronized List<String> start(int count) {
    long now = expireDue();
    List<String> ids = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ids.add(add(new Room(nextAnonymousRoomId--), now).id);
    }
    return ids;
  }

  private Connection add(Room room, long now) {
    Connection connection = new Connection(UUID.randomUUID().toString(), room, now);
    living.put(connection.id, connection);
    byAuthBody.put(connection.authBody, connection);
    room.living++;
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

  /** Returns the ids that are not alive; the others are. */
  synchronized List<String> beat(List<String> ids) {
    long now = expireDue();
    List<String> failed = new ArrayList<>();
    for (String id : ids) {
      Connection connection = living.remove(id);
      if (connection == null) {
        failed.add(id);
      } else {
        connection.beat(now);
        living.put(connection.id, connection);
      }
    }
    return failed;
  }

  synchronized boolean expire(String id) {
    long now = expireDue();
    Connection connection = living.remove(id);
    if (connection == null) {
      return false;
    }
    bury(connection, now);
    return true;
  }

  synchronized List<SeenConnection> seen() {
    expireDue();
    List<SeenConnection> seen = new ArrayList<>(dead.size() + living.size());
    dead.values().forEach(connection -> seen.add(connection.seen()));
    living.values().forEach(connection -> seen.add(connection.seen()));
    return seen;
  }

  synchronized @Nullable SeenConnection seen(String id) {
    expireDue();
    Connection connection = find(id);
    return connection == null ? null : connection.seen();
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
    Connection connection = living.get(id);
    return connection == null ? dead.get(id) : connection;
  }

  /** Returns the time at which this was done. */
  private long expireDue() {
    long now = clock.nanos();
    Iterator<Connection> longestWithoutBeatFirst = living.values().iterator();
    while (longestWithoutBeatFirst.hasNext()) {
      Connection connection = longestWithoutBeatFirst.next();
      if (now - connection.lastBeatAtNanos() < timeToLiveNanos) {
        break;
      }
      longestWithoutBeatFirst.remove();
      bury(connection, connection.lastBeatAtNanos() + timeToLiveNanos);
    }
    return now;
  }

  private void bury(Connection connection, long atNanos) {
    connection.end(atNanos);
    dead.put(connection.id, connection);
    if (dead.size() > deadLimit) {
      Iterator<Connection> oldestFirst = dead.values().iterator();
      byAuthBody.remove(oldestFirst.next().authBody);
      oldestFirst.remove();
    }
  }
}
