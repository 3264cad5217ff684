package io.github.bililive.kafka;

import static java.util.Objects.requireNonNull;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.Credentials;
import io.github.bililive.store.ConnectionStore;
import io.github.bililive.store.FileConnectionStore;
import io.github.bililive.store.HandOverPolicy;
import io.github.bililive.store.JdbcConnectionStore;
import io.github.bililive.token.FileTokenStore;
import io.github.bililive.token.JdbcTokenStore;
import io.github.bililive.token.TokenStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a task is made of, made as its configuration says. */
final class Parts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

  private final RoomsConfig config;
  private final Map<String, String> options;

  /** Null if no option needs it. */
  private final @Nullable DriverDataSource database;

  /** Stores of the user's, such as with a pool of connections, to be closed with the task. */
  private final List<AutoCloseable> users = new ArrayList<>();

  Parts(RoomsConfig config, Map<String, String> options) {
    this.config = config;
    this.options = options;
    database =
        config.has(RoomsConfig.JDBC_URL)
            ? new DriverDataSource(
                config.text(RoomsConfig.JDBC_URL),
                config.text(RoomsConfig.JDBC_USER),
                config.text(RoomsConfig.JDBC_PASSWORD))
            : null;
  }

  BiliLiveClient client(Executor callbacks) {
    BiliLiveClientBuilder builder = BiliLiveClient.builder().callbackExecutor(callbacks);
    if (config.has(RoomsConfig.CLIENT_ID)) {
      builder.credentials(
          Credentials.of(config.text(RoomsConfig.CLIENT_ID), config.text(RoomsConfig.APP_SECRET)));
    }
    if (config.has(RoomsConfig.OPEN_LIVE_KEY_ID)) {
      builder.openLiveCredentials(
          Credentials.of(
              config.text(RoomsConfig.OPEN_LIVE_KEY_ID),
              config.text(RoomsConfig.OPEN_LIVE_SECRET)));
    }
    ifGiven(RoomsConfig.BASE_URL, builder::baseUrl);
    ifGiven(RoomsConfig.OAUTH_BASE_URL, builder::oauthBaseUrl);
    ifGiven(RoomsConfig.OPEN_LIVE_BASE_URL, builder::openLiveBaseUrl);
    List<String> hosts = config.getList(RoomsConfig.WEB_SOCKET_HOSTS);
    if (!hosts.isEmpty()) {
      builder.webSocketHosts(hosts);
    }
    if (config.has(RoomsConfig.TOKEN_STORE)) {
      builder.tokenStore(tokenStore());
    }
    if (config.has(RoomsConfig.CONNECTION_STORE)) {
      builder.connectionStore(connectionStore());
      builder.handOver(
          HandOverPolicy.builder()
              .overlap(config.getBoolean(RoomsConfig.HAND_OVER_OVERLAP))
              .predecessorTimeout(
                  config.getLong(RoomsConfig.HAND_OVER_TIMEOUT), TimeUnit.MILLISECONDS)
              .build());
    }
    return builder.build();
  }

  private void ifGiven(String option, Consumer<String> setting) {
    if (config.has(option)) {
      setting.accept(config.text(option));
    }
  }

  private TokenStore tokenStore() {
    String kind = config.text(RoomsConfig.TOKEN_STORE);
    return switch (kind) {
      case "files" -> FileTokenStore.in(Path.of(config.text(RoomsConfig.TOKEN_DIRECTORY)));
      case "jdbc" -> JdbcTokenStore.in(requireNonNull(database));
      default -> closedLater(instance(RoomsConfig.TOKEN_STORE, TokenStore.class));
    };
  }

  private ConnectionStore connectionStore() {
    String kind = config.text(RoomsConfig.CONNECTION_STORE);
    return switch (kind) {
      case "files" ->
          FileConnectionStore.in(Path.of(config.text(RoomsConfig.CONNECTION_DIRECTORY)));
      case "jdbc" -> JdbcConnectionStore.in(requireNonNull(database));
      default -> closedLater(instance(RoomsConfig.CONNECTION_STORE, ConnectionStore.class));
    };
  }

  RoomSource roomSource() {
    RoomSource source;
    if (config.has(RoomsConfig.ROOMS)) {
      List<Room> rooms = RoomLines.read(config.text(RoomsConfig.ROOMS), RoomsConfig.ROOMS);
      source = () -> rooms;
    } else if (config.has(RoomsConfig.ROOMS_FILE)) {
      source = new FileRooms(config.text(RoomsConfig.ROOMS_FILE));
    } else if (database != null && config.has(RoomsConfig.ROOMS_QUERY)) {
      source = new JdbcRooms(database, config.text(RoomsConfig.ROOMS_QUERY));
    } else {
      source = instance(RoomsConfig.ROOMS_CLASS, RoomSource.class);
    }
    source.configure(options);
    return source;
  }

  private <T> T closedLater(T store) {
    if (store instanceof AutoCloseable closeable) {
      users.add(closeable);
    }
    return store;
  }

  /** Returns an instance of the class of the user's that an option names. */
  private <T> T instance(String option, Class<T> type) {
    String name = config.text(option);
    try {
      return Class.forName(name, true, Parts.class.getClassLoader())
          .asSubclass(type)
          .getConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      ConfigException wrong =
          new ConfigException(
              option
                  + " is "
                  + name
                  + ": it must be a public class that is a "
                  + type.getName()
                  + ", with a public constructor without arguments, in a jar in the plugin's folder");
      wrong.initCause(e);
      throw wrong;
    }
  }

  @Override
  public void close() {
    if (database != null) {
      database.close();
    }
    for (AutoCloseable store : users) {
      try {
        store.close();
      } catch (Exception e) {
        LOG.warn("A store did not close: {}", e.getMessage(), e);
      }
    }
  }
}
