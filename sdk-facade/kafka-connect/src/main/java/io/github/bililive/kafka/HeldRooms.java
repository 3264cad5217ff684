package io.github.bililive.kafka;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.ConnectionOptions;
import io.github.bililive.ConnectionSource;
import io.github.bililive.ConnectionState.Phase;
import io.github.bililive.IdentityCode;
import io.github.bililive.LiveConnection;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms that a task hears. Used by one thread, but for {@link #connections}. */
final class HeldRooms {
  private static final Logger LOG = LoggerFactory.getLogger(HeldRooms.class);

  private final BiliLiveClient client;
  private final Buckets buckets;
  private final Function<String, RoomListener> listeners;
  private final int bufferSize;
  private final long retryNanos;
  private final Map<String, Held> held = new HashMap<>();

  /** The keys of rooms that the client did not take, each of which is logged once. */
  private final Set<String> refused = new HashSet<>();

  /** A copy of their connections, for other threads. */
  private volatile List<LiveConnection> connections = List.of();

  private static final class Held {
    final Room room;
    LiveConnection connection;

    /** When it was seen to be given up; 0 while it is not. */
    long givenUpNanos;

    Held(Room room, LiveConnection connection) {
      this.room = room;
      this.connection = connection;
    }
  }

  HeldRooms(
      BiliLiveClient client,
      RoomsConfig config,
      Buckets buckets,
      Function<String, RoomListener> listeners) {
    this.client = client;
    this.buckets = buckets;
    this.listeners = listeners;
    bufferSize = config.getInt(RoomsConfig.ROOM_BUFFER);
    retryNanos = TimeUnit.MILLISECONDS.toNanos(config.getLong(RoomsConfig.ROOMS_RETRY));
  }

  /** Returns all connections, those that are given up, too. Any thread. */
  List<LiveConnection> connections() {
    return connections;
  }

  /** Connects to what is new and ends what is gone; touches no other room. */
  void hear(Collection<Room> all, long nowNanos) {
    Map<String, Room> wanted = new LinkedHashMap<>();
    for (Room room : all) {
      if (buckets.hold(room.getKey()) && wanted.putIfAbsent(room.getKey(), room) != null) {
        LOG.warn("Two rooms have the key {}: the first is heard", room.getKey());
      }
    }
    for (Iterator<Held> each = held.values().iterator(); each.hasNext(); ) {
      Held one = each.next();
      if (!one.room.equals(wanted.get(one.room.getKey()))) {
        one.connection.close();
        each.remove();
      } else {
        tryAgain(one, nowNanos);
      }
    }
    refused.retainAll(wanted.keySet());
    for (Room room : wanted.values()) {
      LiveConnection made = held.containsKey(room.getKey()) ? null : tryToConnect(room);
      if (made != null) {
        held.put(room.getKey(), new Held(room, made));
      }
    }
    connections = held.values().stream().map(one -> one.connection).toList();
  }

  /** A room is given up when waiting alone does not help; perhaps somebody has acted since. */
  private void tryAgain(Held one, long nowNanos) {
    if (one.connection.getState().getPhase() != Phase.CLOSED) {
      one.givenUpNanos = 0;
    } else if (one.givenUpNanos == 0) {
      one.givenUpNanos = nowNanos;
    } else if (nowNanos - one.givenUpNanos >= retryNanos) {
      one.givenUpNanos = 0;
      LiveConnection made = tryToConnect(one.room);
      one.connection = made == null ? one.connection : made;
    }
  }

  /** Returns null if the client does not take the room as it is: the others go on without it. */
  private @Nullable LiveConnection tryToConnect(Room room) {
    try {
      LiveConnection made = connect(room);
      refused.remove(room.getKey());
      return made;
    } catch (RuntimeException e) {
      if (refused.add(room.getKey())) {
        LOG.warn("Room {} cannot be heard as it is: {}", room.getKey(), e.getMessage());
      }
      return null;
    }
  }

  private LiveConnection connect(Room room) {
    RoomListener listener = listeners.apply(room.getKey());
    ConnectionOptions options =
        ConnectionOptions.builder().name(room.getKey()).bufferSize(bufferSize).build();
    LiveConnection connection = connect(room.door(), listener, options);
    listener.hears(connection);
    return connection;
  }

  private LiveConnection connect(Object door, RoomListener listener, ConnectionOptions options) {
    if (door instanceof Room.Broadcaster broadcaster) {
      return client.connect(client.oauth().provider(broadcaster.name()), listener, options);
    }
    if (door instanceof Room.AccessToken token) {
      return client.connect(token.token(), listener, options);
    }
    if (door instanceof IdentityCode code) {
      return client.connect(code, listener, options);
    }
    return client.connect((ConnectionSource) door, listener, options);
  }
}
