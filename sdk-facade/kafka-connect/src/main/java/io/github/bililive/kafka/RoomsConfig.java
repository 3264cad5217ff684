package io.github.bililive.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/** The options of connector and tasks, and what they hold. */
final class RoomsConfig extends AbstractConfig {
  static final String TOPIC = "topic";
  static final String CLIENT_ID = "app.client.id";
  static final String APP_SECRET = "app.secret";
  static final String OPEN_LIVE_KEY_ID = "open.live.access.key.id";
  static final String OPEN_LIVE_SECRET = "open.live.access.key.secret";
  static final String BASE_URL = "base.url";
  static final String OAUTH_BASE_URL = "oauth.base.url";
  static final String OPEN_LIVE_BASE_URL = "open.live.base.url";
  static final String WEB_SOCKET_HOSTS = "websocket.hosts";
  static final String ROOMS = "rooms";
  static final String ROOMS_FILE = "rooms.file";
  static final String ROOMS_QUERY = "rooms.jdbc.query";
  static final String ROOMS_CLASS = "rooms.class";
  static final String ROOMS_POLL = "rooms.poll.ms";
  static final String ROOMS_RETRY = "rooms.retry.ms";
  static final String BUCKETS = "buckets";
  static final String TOKEN_STORE = "token.store";
  static final String TOKEN_DIRECTORY = "token.store.directory";
  static final String CONNECTION_STORE = "connection.store";
  static final String CONNECTION_DIRECTORY = "connection.store.directory";
  static final String HAND_OVER_OVERLAP = "hand.over.overlap";
  static final String HAND_OVER_TIMEOUT = "hand.over.predecessor.timeout.ms";
  static final String JDBC_URL = "jdbc.url";
  static final String JDBC_USER = "jdbc.user";
  static final String JDBC_PASSWORD = "jdbc.password";
  static final String VALUE_FORMAT = "value.format";
  static final String ROOM_BUFFER = "room.buffer.events";

  /** What the connector adds to a task's configuration. */
  static final String TASK_BUCKETS = "task.buckets";

  static final String TASK_NUMBER = "task.number";

  private static final String APP = "App";
  private static final String WHICH = "Rooms";
  private static final String STORES = "Stores";
  private static final String RECORDS = "Records";

  static final ConfigDef DEFINITION = new Definition().all();

  RoomsConfig(Map<String, String> options) {
    super(DEFINITION, options, false); // It would log them.
    List<String> given =
        List.of(ROOMS, ROOMS_FILE, ROOMS_QUERY, ROOMS_CLASS).stream().filter(this::has).toList();
    if (given.size() != 1) {
      throw new ConfigException(
          "of rooms, rooms.file, rooms.jdbc.query and rooms.class give one: given are " + given);
    }
    requireTogether(CLIENT_ID, APP_SECRET);
    requireTogether(OPEN_LIVE_KEY_ID, OPEN_LIVE_SECRET);
    require(has(ROOMS_QUERY) && !has(JDBC_URL), ROOMS_QUERY + " needs " + JDBC_URL);
    requireStore(TOKEN_STORE, TOKEN_DIRECTORY);
    requireStore(CONNECTION_STORE, CONNECTION_DIRECTORY);
    try {
      RoomLines.read(text(ROOMS), ROOMS);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage());
    }
  }

  private void requireTogether(String one, String other) {
    require(has(one) != has(other), one + " and " + other + " go together: give both or neither");
  }

  private void requireStore(String store, String directory) {
    String kind = getString(store);
    require(kind.equals("files") && !has(directory), store + "=files needs " + directory);
    require(kind.equals("jdbc") && !has(JDBC_URL), store + "=jdbc needs " + JDBC_URL);
  }

  private static void require(boolean wrong, String message) {
    if (wrong) {
      throw new ConfigException(message);
    }
  }

  /** Returns whether an option is given and not empty. */
  boolean has(String option) {
    return !text(option).isEmpty();
  }

  /** Returns the value of an option that is a text or a secret. */
  String text(String option) {
    return DEFINITION.configKeys().get(option).type == Type.PASSWORD
        ? getPassword(option).value()
        : getString(option);
  }

  /** Makes the definition; each option with its group's next place. */
  private static final class Definition {
    private final ConfigDef options = new ConfigDef();
    private int place;

    ConfigDef all() {
      app();
      rooms();
      stores();
      records();
      return options;
    }

    private void app() {
      text(APP, CLIENT_ID, Importance.HIGH, "The app's client_id. Needed for rooms by token.");
      secret(APP, APP_SECRET, Importance.HIGH, "The app's app_secret.");
      text(
          APP,
          OPEN_LIVE_KEY_ID,
          Importance.MEDIUM,
          "The access key id of the app of rooms by identity code, if it is another app.");
      secret(APP, OPEN_LIVE_SECRET, Importance.MEDIUM, "Its access key secret.");
      text(APP, BASE_URL, Importance.LOW, "Where the API is, if it is not the platform's.");
      text(APP, OAUTH_BASE_URL, Importance.LOW, "Where the OAuth service is, likewise.");
      text(APP, OPEN_LIVE_BASE_URL, Importance.LOW, "Where the API by identity code is, likewise.");
      options.define(
          WEB_SOCKET_HOSTS,
          Type.LIST,
          "",
          Importance.LOW,
          "The hosts that rooms' sockets may go to, with their subdomains, such as bilibili.com;"
              + " by default any of the open network, by TLS.",
          APP,
          place++,
          Width.MEDIUM,
          WEB_SOCKET_HOSTS);
    }

    private void rooms() {
      secret(
          WHICH,
          ROOMS,
          Importance.HIGH,
          "The rooms, with commas between them. Each is KEY (its tokens are in the token store by"
              + " that name), KEY broadcaster NAME (by another), KEY access-token TOKEN, or KEY"
              + " identity-code CODE APP_ID. Taken as a secret, since it may hold some.");
      text(
          WHICH,
          ROOMS_FILE,
          Importance.HIGH,
          "A file with the rooms, one on a line, the same on each worker. A change counts once two"
              + " readings in a row gave the same.");
      text(
          WHICH,
          ROOMS_QUERY,
          Importance.HIGH,
          "A query of the database of jdbc.url that gives the rooms: a column for each word of a"
              + " room, those that are not needed null or left out.");
      text(WHICH, ROOMS_CLASS, Importance.HIGH, "A RoomSource of yours, by its class.");
      number(
          WHICH,
          ROOMS_POLL,
          Type.LONG,
          5_000L,
          Importance.MEDIUM,
          "How often each task asks which rooms there are, in milliseconds.");
      number(
          WHICH,
          ROOMS_RETRY,
          Type.LONG,
          300_000L,
          Importance.LOW,
          "After how long a room that was given up, since its broadcaster must authorise the app"
              + " anew, say, is tried again, in milliseconds.");
      number(
          WHICH,
          BUCKETS,
          Type.INT,
          256,
          Importance.LOW,
          "Into how many buckets rooms fall by a hash of their keys: tasks share these. No less than"
              + " tasks.max. A change lets all rooms change their tasks.");
    }

    private void stores() {
      text(
          STORES,
          TOKEN_STORE,
          Importance.HIGH,
          "Where broadcasters' tokens are kept, for all workers: files, jdbc, or a TokenStore of"
              + " yours by its class. None by default.");
      text(
          STORES,
          TOKEN_DIRECTORY,
          Importance.MEDIUM,
          "The directory of token.store=files, for workers on one machine.");
      text(
          STORES,
          CONNECTION_STORE,
          Importance.HIGH,
          "Where rooms' living connections are remembered, so that the task that takes a room over"
              + " goes on with the same conn_id: files, jdbc, or a ConnectionStore of yours by its"
              + " class. None by default: then a room that changes workers takes one of the five"
              + " ids that it may have, for 30 s.");
      text(
          STORES,
          CONNECTION_DIRECTORY,
          Importance.MEDIUM,
          "The directory of connection.store=files, for workers on one machine.");
      options.define(
          HAND_OVER_OVERLAP,
          Type.BOOLEAN,
          false,
          Importance.LOW,
          "Whether a room's new socket is opened before the old one is closed: for platforms that"
              + " serve two sockets of one conn_id.",
          STORES,
          place++,
          Width.SHORT,
          HAND_OVER_OVERLAP);
      number(
          STORES,
          HAND_OVER_TIMEOUT,
          Type.LONG,
          300L,
          Importance.LOW,
          "How long the task that takes a room over waits for the one before to close its socket, in"
              + " milliseconds. Short, since Connect has ended that task, or it was killed; one that"
              + " was frozen finds the room taken within a second after it goes on.");
      secret(
          STORES,
          JDBC_URL,
          Importance.MEDIUM,
          "The database of the options that say jdbc. The driver's jar belongs into the plugin's"
              + " folder. Taken as a secret, since it may hold some.");
      text(STORES, JDBC_USER, Importance.MEDIUM, "Its user, if the address does not say.");
      secret(STORES, JDBC_PASSWORD, Importance.MEDIUM, "The user's password.");
    }

    private void records() {
      options.define(
          TOPIC,
          Type.STRING,
          ConfigDef.NO_DEFAULT_VALUE,
          new ConfigDef.NonEmptyString(),
          Importance.HIGH,
          "The topic of the events.",
          RECORDS,
          place++,
          Width.MEDIUM,
          TOPIC);
      options.define(
          VALUE_FORMAT,
          Type.STRING,
          "json",
          ValidString.in("json", "struct"),
          Importance.MEDIUM,
          "json: the event's text as it came, for the StringConverter. struct: a structure with a"
              + " schema, for the JsonConverter and converters with a registry.",
          RECORDS,
          place++,
          Width.SHORT,
          VALUE_FORMAT);
      number(
          RECORDS,
          ROOM_BUFFER,
          Type.INT,
          128,
          Importance.LOW,
          "How many events of a room wait for Kafka, of 8 KB on average at most; then its socket is"
              + " not read.");
    }

    private void text(String group, String name, Importance importance, String doc) {
      options.define(name, Type.STRING, "", importance, doc, group, place++, Width.MEDIUM, name);
    }

    private void secret(String group, String name, Importance importance, String doc) {
      options.define(name, Type.PASSWORD, "", importance, doc, group, place++, Width.MEDIUM, name);
    }

    private void number(
        String group, String name, Type type, Object byDefault, Importance importance, String doc) {
      options.define(
          name,
          type,
          byDefault,
          Range.atLeast(1),
          importance,
          doc,
          group,
          place++,
          Width.SHORT,
          name);
    }
  }
}
