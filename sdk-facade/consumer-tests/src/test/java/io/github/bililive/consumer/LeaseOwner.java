package io.github.bililive.consumer;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.Credentials;
import io.github.bililive.LiveConnection;
import io.github.bililive.LiveListener;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A process that hears rooms as leases.md shows, until it is asked to end. */
final class LeaseOwner {
  private LeaseOwner() {}

  /**
   * Runs it. A room's name is its access token.
   *
   * @param args the database, the lease in milliseconds, and how many rooms it may hear
   */
  public static void main(String[] args) throws Exception {
    BiliLiveClient client =
        BiliLiveClient.builder()
            .baseUrl(System.getenv("BILILIVE_BASE_URL"))
            .credentials(
                Credentials.of(
                    System.getenv("BILILIVE_CLIENT_ID"), System.getenv("BILILIVE_APP_SECRET")))
            .build();
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(args[0]);
    Class<?> type = Class.forName("RoomLeases");
    Constructor<?> constructor =
        type.getDeclaredConstructor(DataSource.class, Duration.class, int.class, Function.class);
    constructor.setAccessible(true);
    Method drain = type.getDeclaredMethod("drain");
    drain.setAccessible(true);
    Function<String, LiveConnection> connect =
        token -> client.connect(token, new LiveListener() {});
    Object leases =
        constructor.newInstance(
            database,
            Duration.ofMillis(Long.parseLong(args[1])),
            Integer.parseInt(args[2]),
            connect);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  try {
                    drain.invoke(leases);
                  } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                  }
                }));
    new CountDownLatch(1).await();
  }
}
