package io.github.bililive.connection;

import static io.github.bililive.connection.ConnectionState.Phase.AUTHENTICATING;
import static io.github.bililive.connection.ConnectionState.Phase.BACKING_OFF;
import static io.github.bililive.connection.ConnectionState.Phase.CLOSED;
import static io.github.bililive.connection.ConnectionState.Phase.CONNECTING;
import static io.github.bililive.connection.ConnectionState.Phase.IDLE;
import static io.github.bililive.connection.ConnectionState.Phase.OPEN;
import static io.github.bililive.connection.ConnectionState.Phase.STARTING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.connection.ConnectionState.Phase;
import io.github.bililive.error.NetworkException;
import io.github.bililive.internal.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every transition of the state machine, in virtual time. */
class ConnectionMachineTest {
  private static final String[] LINKS = {"wss://one.test/sub", "wss://two.test/sub"};
  private static final Duration TICK = Duration.ofNanos(1);
  private static final Duration BEAT = Duration.ofNanos(ConnectionMachine.BEAT_NANOS);
  private static final Duration LONGEST_PAUSE = Duration.ofNanos(BackOff.CAP_NANOS);
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(30);

  private final VirtualTime time = new VirtualTime();
  private final FakeSurroundings world = new FakeSurroundings();
  private final ConnectionMachine machine =
      new ConnectionMachine(
          world,
          time,
          new BackOff(new Random(7)),
          new AttemptBudget(time.nanoTime()),
          TIME_TO_LIVE.toNanos(),
          ConnectionEventsLog.none(time));

  @Test
  void it_goes_from_idle_to_open_and_sends_the_auth_body_first() {
    assertThat(machine.state().phase()).isEqualTo(IDLE);
    bringTo(OPEN);

    assertThat(world.phases()).containsExactly(STARTING, CONNECTING, AUTHENTICATING, OPEN);
    assertThat(world.lastSocket().link).isEqualTo("wss://one.test/sub");
    assertThat(world.lastSocket().sent).containsExactly("auth of c1", "beat");
    assertThat(world.listeningTo).isSameAs(world.lastSocket());
    assertThat(machine.httpHeartbeatAgeMillis()).isEqualTo(7);
  }

  @Test
  void connecting_twice_is_connecting_once() {
    machine.connect();
    machine.connect();
    time.runDue();

    assertThat(world.starts).hasSize(1);
  }

  // STARTING

  @ParameterizedTest
  @ValueSource(ints = {5001, 5002, 4004, 999_999})
  void a_start_that_may_succeed_later_is_tried_again(int code) {
    bringTo(STARTING);
    world.lastStart().refuse(code);
    time.runDue();
    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().cause()).isNotNull();

    time.advance(LONGEST_PAUSE);

    assertThat(world.starts).hasSize(2);
    assertThat(machine.state().phase()).isEqualTo(STARTING);
  }

  @Test
  void a_start_that_the_network_lost_is_tried_again() {
    bringTo(STARTING);
    world
        .lastStart()
        .fail(new NetworkException("start", "platform.test", new IOException("reset")));
    time.advance(LONGEST_PAUSE);

    assertThat(world.starts).hasSize(2);
  }

  @Test
  void starts_of_unknown_fate_leave_two_of_the_rooms_five_slots_free() {
    bringTo(STARTING);
    List<Duration> lost = new ArrayList<>();
    while (time.elapsed().compareTo(Duration.ofMinutes(30)) < 0) {
      if (machine.state().phase() == STARTING) {
        world.lastStart().fail(lostAnswer());
        lost.add(time.elapsed());
      }
      time.advance(Duration.ofMillis(10));
    }

    for (int i = 3; i < lost.size(); i++) {
      assertThat(lost.get(i).minus(lost.get(i - 3))).isGreaterThanOrEqualTo(TIME_TO_LIVE);
    }
    // It goes on all the same: at least one for each time to live and longest pause.
    assertThat(lost).hasSizeBetween(60, 3 * 60 + 3);
  }

  @Test
  void the_state_says_when_a_start_has_to_wait_for_lost_ones_to_die() {
    bringTo(STARTING);
    for (int i = 0; i < 3; i++) {
      world.lastStart().fail(lostAnswer());
      backOff();
    }

    assertThat(world.starts).hasSize(4);
    assertThat(time.elapsed()).isGreaterThanOrEqualTo(TIME_TO_LIVE);
    assertThat(world.states.stream().filter(s -> s.phase() == BACKING_OFF).toList())
        .last()
        .satisfies(state -> assertThat(state.retryInMillis()).isGreaterThan(25_000));
  }

  @Test
  void conn_ids_that_are_given_up_while_they_may_live_count_as_lost_starts() {
    machine.connect();
    time.runDue();
    for (int i = 0; i < 3; i++) {
      openSocket("c" + i);
      world.lastSocket().events.authReply(-101);
      time.runDue();
      if (i < 2) {
        time.advance(Duration.ofSeconds(5)); // Longer than the first pauses.
      }
    }

    time.advance(Duration.ofSeconds(19));
    assertThat(world.starts).hasSize(3);
    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(4);
  }

  @Test
  void a_start_without_usable_addresses_counts_as_a_lost_one() {
    bringTo(STARTING);
    for (int i = 0; i < 3; i++) {
      world.lastStart().answer("c" + i);
      backOff();
    }

    assertThat(time.elapsed()).isGreaterThanOrEqualTo(TIME_TO_LIVE);
  }

  @Test
  void a_lost_socket_does_not_wait_for_lost_starts() {
    bringTo(STARTING);
    for (int i = 0; i < 2; i++) {
      world.lastStart().fail(lostAnswer());
      backOff();
    }
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    world.lastSocket().events.lost("reset");
    backOff();

    assertThat(world.sockets).hasSize(2);
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(8));
  }

  private static NetworkException lostAnswer() {
    return new NetworkException("start", "platform.test", new IOException("reset"));
  }

  @Test
  void too_many_connections_means_wait_until_one_has_died() {
    bringTo(STARTING);
    world.lastStart().refuse(7010);
    time.runDue();

    time.advance(Duration.ofSeconds(30).minus(TICK));
    assertThat(world.starts).hasSize(1);
    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {4001, 4002, 4008, 5005, 127_001, 127_011})
  void a_refusal_that_waiting_does_not_heal_is_the_end_and_says_why(int code) {
    bringTo(STARTING);
    world.lastStart().refuse(code);
    time.advance(Duration.ofHours(1));

    assertThat(machine.state().phase()).isEqualTo(CLOSED);
    assertThat(machine.state().reason()).contains(Integer.toString(code));
    assertThat(machine.state().cause()).isNotNull();
    assertThat(world.starts).hasSize(1);
    assertThat(time.pending()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ws://far.test/sub", "http://x.test", "", "wss://", "ftp://a"})
  void an_address_that_is_not_tls_is_not_dialled(String link) {
    bringTo(STARTING);
    world.lastStart().answer("c1", link);
    time.runDue();

    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().reason()).contains("wss_link");
    assertThat(world.sockets).isEmpty();
    assertThat(world.kept).isEmpty();
  }

  @Test
  void a_start_without_addresses_is_tried_again() {
    bringTo(STARTING);
    world.lastStart().answer("c1");
    time.runDue();

    assertThat(machine.state().reason()).isEqualTo("start answered no wss_link");
  }

  @Test
  void loopback_may_be_cleartext() {
    bringTo(STARTING);
    world.lastStart().answer("c1", "ws://far.test/", "ws://127.0.0.1:8080/sub");
    time.runDue();

    assertThat(world.lastSocket().link).isEqualTo("ws://127.0.0.1:8080/sub");
  }

  // CONNECTING and AUTHENTICATING

  @Test
  void a_socket_that_cannot_be_opened_is_followed_by_the_next_address_with_the_same_conn_id() {
    bringTo(CONNECTING);
    world.lastSocket().events.lost("refused");
    backOff();

    assertThat(world.sockets).hasSize(2);
    assertThat(world.lastSocket().link).isEqualTo("wss://two.test/sub");
    assertThat(world.starts).hasSize(1);

    world.lastSocket().events.lost("refused");
    backOff();
    assertThat(world.lastSocket().link).isEqualTo("wss://one.test/sub");
  }

  @Test
  void a_socket_that_does_not_open_in_time_is_given_up_at_the_boundary() {
    bringTo(CONNECTING);
    time.advance(Duration.ofNanos(ConnectionMachine.DIAL_TIMEOUT_NANOS).minus(TICK));
    assertThat(machine.state().phase()).isEqualTo(CONNECTING);
    time.advance(TICK);
    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    assertThat(world.lastSocket().cancelled).isTrue();
  }

  @Test
  void authentication_must_be_answered_within_5_s() {
    bringTo(AUTHENTICATING);
    time.advance(Duration.ofSeconds(5).minus(TICK));
    assertThat(machine.state().phase()).isEqualTo(AUTHENTICATING);
    time.advance(TICK);
    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    assertThat(world.lastSocket().cancelled).isTrue();

    backOff();
    assertThat(world.starts).hasSize(1);
    assertThat(world.sockets).hasSize(2);
  }

  @Test
  void a_refused_auth_body_means_a_new_start() {
    bringTo(AUTHENTICATING);
    world.lastSocket().events.authReply(-101);
    time.runDue();
    assertThat(machine.state().reason())
        .isEqualTo("the platform refused the auth body with code -101");
    assertThat(world.lastKept().closed).isTrue();
    assertThat(machine.httpHeartbeatAgeMillis()).isEqualTo(ConnectionHealth.NEVER);

    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void refused_again_and_again_it_slows_down_to_the_cap() {
    machine.connect();
    time.runDue();
    for (int i = 0; i < 200; i++) {
      openSocket("c" + i);
      world.lastSocket().events.authReply(-101);
      time.advance(LONGEST_PAUSE.plusSeconds(1));
    }
    // Full jitter over 30 s is 15 s on average; the first few are shorter.
    assertThat(world.states.stream().filter(s -> s.phase() == BACKING_OFF).skip(10))
        .allMatch(s -> s.retryInMillis() <= LONGEST_PAUSE.toMillis())
        .anyMatch(s -> s.retryInMillis() > 20_000);
  }

  // OPEN

  @Test
  void it_beats_at_each_interval_as_long_as_replies_come() {
    bringTo(OPEN);
    for (int second = 0; second < 1_000; second++) {
      world.lastSocket().events.heartbeatReply();
      time.advance(Duration.ofSeconds(1));
    }

    // The auth body, and a heartbeat each 15 to 20 s.
    assertThat(world.lastSocket().sent).hasSizeBetween(1 + 50, 1 + 68);
    assertThat(machine.state().phase()).isEqualTo(OPEN);
  }

  @Test
  void an_unanswered_heartbeat_fails_the_connection_at_the_next_beat_and_not_before() {
    bringTo(OPEN);
    time.advance(BEAT.minus(TICK));
    assertThat(machine.state().phase()).isEqualTo(OPEN);
    time.advance(TICK);
    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().reason()).contains("heartbeat was not answered");
    assertThat(world.lastSocket().cancelled).isTrue();
  }

  @Test
  void a_reader_that_is_busy_in_a_slow_callback_is_not_dead() {
    bringTo(OPEN);
    world.lastSocket().heldBack = true;
    time.advance(BEAT.multipliedBy(10));
    assertThat(machine.state().phase()).isEqualTo(OPEN);

    world.lastSocket().heldBack = false;
    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT.dividedBy(2));
    assertThat(machine.state().phase()).isEqualTo(OPEN);
    time.advance(BEAT.multipliedBy(2));
    assertThat(world.phases()).contains(BACKING_OFF);
  }

  @Test
  void a_lost_socket_is_replaced_with_the_same_conn_id_and_auth_body() {
    bringTo(OPEN);
    world.lastSocket().events.lost("connection reset");
    time.advance(LONGEST_PAUSE);
    world.lastSocket().events.opened();
    time.runDue();

    assertThat(world.starts).hasSize(1);
    assertThat(world.lastSocket().sent).containsExactly("auth of c1");
    assertThat(world.lastKept().closed).isFalse();
  }

  @Test
  void two_failures_at_once_are_one() {
    bringTo(OPEN);
    world.lastSocket().events.lost("connection reset");
    world.lastSocket().events.lost("closed");
    world.lastKept().expire.run();
    time.advance(LONGEST_PAUSE);

    assertThat(world.phases().stream().filter(phase -> phase == BACKING_OFF)).hasSize(1);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void an_expired_conn_id_means_a_new_start() {
    bringTo(OPEN);
    world.lastKept().expire.run();
    time.runDue();
    assertThat(machine.state().reason()).isEqualTo("conn_id c1 has expired");
    assertThat(world.lastSocket().cancelled).isTrue();
    assertThat(world.lastKept().closed).isTrue();

    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void interaction_end_counts_for_the_present_conn_id_alone() {
    bringTo(OPEN);
    world.lastSocket().events.interactionEnded("some other id");
    time.runDue();
    assertThat(machine.state().phase()).isEqualTo(OPEN);

    world.lastSocket().events.interactionEnded("c1");
    time.runDue();
    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    time.advance(LONGEST_PAUSE);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void expiry_while_backing_off_turns_the_next_attempt_into_a_start() {
    bringTo(OPEN);
    world.lastSocket().events.lost("reset");
    time.runDue();
    world.lastKept().expire.run();
    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);

    time.advance(LONGEST_PAUSE);

    assertThat(world.sockets).hasSize(1);
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void the_back_off_is_reset_by_a_whole_answered_beat_and_not_by_opening() {
    bringTo(OPEN);
    for (int i = 0; i < 10; i++) { // Opens, and is lost at once.
      world.lastSocket().events.lost("reset");
      time.advance(LONGEST_PAUSE.plusSeconds(1));
      world.lastSocket().events.opened();
      world.lastSocket().events.authReply(0);
      time.runDue();
    }
    assertThat(world.states.stream().filter(s -> s.phase() == BACKING_OFF))
        .anyMatch(s -> s.retryInMillis() > 10_000);

    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT);
    world.lastSocket().events.lost("reset");
    time.runDue();

    assertThat(machine.state().retryInMillis()).isLessThanOrEqualTo(1_000);
  }

  @Test
  void lost_soon_after_it_came_back_from_an_outage_it_is_tried_again_within_a_second() {
    bringTo(OPEN);
    outage(12);
    reopen();
    time.advance(Duration.ofSeconds(3));
    world.lastSocket().events.lost("reset");
    time.runDue();

    assertThat(machine.state().retryInMillis()).isLessThanOrEqualTo(1_000);
    time.advance(Duration.ofSeconds(1));
    assertThat(machine.state().phase()).isEqualTo(CONNECTING);
  }

  @Test
  void the_quick_attempt_that_fails_is_followed_by_longer_and_longer_pauses_again() {
    bringTo(OPEN);
    outage(12);
    reopen();
    world.lastSocket().events.lost("reset");
    backOff();
    int states = world.states.size();
    outage(40);

    List<Long> pauses =
        world.states.subList(states, world.states.size()).stream()
            .filter(state -> state.phase() == BACKING_OFF)
            .map(ConnectionState::retryInMillis)
            .toList();
    assertThat(pauses.get(0)).isLessThanOrEqualTo(2_000);
    assertThat(pauses.get(1)).isLessThanOrEqualTo(4_000);
    assertThat(pauses).anyMatch(millis -> millis > 20_000);
  }

  @Test
  void the_time_that_it_was_open_counts_as_waited() {
    bringTo(OPEN);
    for (int i = 0; i < 100; i++) { // Never open for a whole beat.
      time.advance(BEAT.minusSeconds(2));
      world.lastSocket().events.lost("reset");
      time.runDue();
      assertThat(machine.state().retryInMillis()).isLessThanOrEqualTo(12_000);
      backOff();
      reopen();
    }
    assertThat(world.states.stream().filter(s -> s.phase() == BACKING_OFF))
        .anyMatch(s -> s.retryInMillis() > 6_000);
  }

  /** Lets a number of sockets in a row fail to open. */
  private void outage(int failures) {
    for (int i = 0; i < failures; i++) {
      world.lastSocket().events.lost("refused");
      backOff();
    }
  }

  private void reopen() {
    world.lastSocket().events.opened();
    world.lastSocket().events.authReply(0);
    time.runDue();
    assertThat(machine.state().phase()).isEqualTo(OPEN);
  }

  @Test
  void after_an_hour_asleep_the_conn_id_is_given_up_and_a_new_one_started() {
    bringTo(OPEN);
    world.lastSocket().events.heartbeatReply();
    time.runDue();
    time.sleep(Duration.ofHours(1));
    time.runDue();

    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    assertThat(machine.state().reason()).startsWith("asleep for 35").contains("has expired");
    time.advance(Duration.ofSeconds(1));
    assertThat(world.starts).hasSize(2);
  }

  @Test
  void after_an_hour_asleep_while_backing_off_a_new_conn_id_is_started() {
    bringTo(OPEN);
    world.lastSocket().events.lost("reset");
    time.runDue();
    time.sleep(Duration.ofHours(1));
    time.advance(LONGEST_PAUSE);

    assertThat(world.starts).hasSize(2);
    assertThat(world.sockets).hasSize(1);
  }

  @Test
  void a_nap_shorter_than_an_id_lives_keeps_the_id() {
    bringTo(OPEN);
    world.lastSocket().events.heartbeatReply();
    time.advance(BEAT.minusSeconds(1));
    time.sleep(TIME_TO_LIVE);
    time.runDue();

    assertThat(machine.state().phase()).isEqualTo(OPEN);
  }

  // Older sockets and calls

  @Test
  void what_an_older_socket_says_is_ignored() {
    bringTo(OPEN);
    FakeSurroundings.Socket older = world.lastSocket();
    older.events.lost("reset");
    time.advance(LONGEST_PAUSE);
    world.lastSocket().events.opened();
    time.runDue();

    older.events.authReply(0);
    older.events.opened();
    older.events.heartbeatReply();
    older.events.lost("again");
    time.runDue();

    assertThat(machine.state().phase()).isEqualTo(AUTHENTICATING);
    assertThat(older.cancelled).isTrue();
  }

  @Test
  void an_auth_reply_before_the_auth_body_was_sent_opens_nothing() {
    bringTo(CONNECTING);
    world.lastSocket().events.authReply(0);
    time.runDue();

    assertThat(machine.state().phase()).isEqualTo(CONNECTING);
  }

  // CLOSED

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"IDLE", "STARTING", "CONNECTING", "AUTHENTICATING", "OPEN", "BACKING_OFF"})
  void close_ends_everything_in_every_state(Phase phase) {
    bringTo(phase);
    machine.close();
    machine.close();
    time.runDue();

    assertThat(machine.state().phase()).isEqualTo(CLOSED);
    assertThat(world.phases().stream().filter(p -> p == CLOSED)).hasSize(1);
    assertThat(world.starts).allMatch(start -> start.cancelled || phase != STARTING);
    assertThat(world.sockets).noneMatch(FakeSurroundings.Socket::isLive);
    assertThat(world.kept).allMatch(kept -> kept.closed);
    assertThat(world.listeningTo).isNull();

    time.advance(Duration.ofNanos(ConnectionMachine.GOODBYE_NANOS));
    assertThat(world.sockets).allMatch(socket -> socket.cancelled);
    assertThat(time.pending()).isZero();
    machine.connect();
    time.advance(Duration.ofHours(1));
    assertThat(machine.state().phase()).isEqualTo(CLOSED);
  }

  @Test
  void a_start_that_is_answered_after_close_is_not_used() {
    bringTo(STARTING);
    machine.close();
    world.lastStart().answer("c1", LINKS);
    time.advance(Duration.ofMinutes(1));

    assertThat(world.sockets).isEmpty();
    assertThat(world.kept).isEmpty();
  }

  // Many rooms

  @Test
  void many_rooms_that_fail_at_once_do_not_come_back_at_once() {
    AttemptBudget budget = new AttemptBudget(time.nanoTime());
    FakeSurroundings[] rooms = new FakeSurroundings[500];
    Random random = new Random(3);
    for (int i = 0; i < rooms.length; i++) {
      rooms[i] = new FakeSurroundings();
      new ConnectionMachine(
              rooms[i],
              time,
              new BackOff(random),
              budget,
              TIME_TO_LIVE.toNanos(),
              ConnectionEventsLog.none(time))
          .connect();
    }
    time.runDue();
    for (FakeSurroundings room : rooms) {
      room.lastStart().refuse(5001);
    }
    time.advance(Duration.ofSeconds(1));
    assertThat(attempts(rooms)).isBetween(500 + 25, 500 + 30);
    time.advance(Duration.ofSeconds(1));
    assertThat(attempts(rooms)).isBetween(500 + 45, 500 + 50);

    time.advance(Duration.ofSeconds(30));
    assertThat(attempts(rooms)).isEqualTo(1_000);
  }

  private static int attempts(FakeSurroundings[] rooms) {
    int attempts = 0;
    for (FakeSurroundings room : rooms) {
      attempts += room.starts.size();
    }
    return attempts;
  }

  /** Lets the present pause pass, and not more. */
  private void backOff() {
    time.runDue();
    assertThat(machine.state().phase()).isEqualTo(BACKING_OFF);
    time.advance(Duration.ofMillis(machine.state().retryInMillis() + 1));
  }

  private void bringTo(Phase phase) {
    if (phase == IDLE) {
      return;
    }
    machine.connect();
    time.runDue();
    if (phase == STARTING) {
      return;
    }
    world.lastStart().answer("c1", LINKS);
    time.runDue();
    if (phase == CONNECTING) {
      return;
    }
    world.lastSocket().events.opened();
    time.runDue();
    if (phase == AUTHENTICATING) {
      return;
    }
    world.lastSocket().events.authReply(0);
    time.runDue();
    assertThat(machine.state().phase()).isEqualTo(OPEN);
    if (phase == BACKING_OFF) {
      world.lastSocket().events.lost("reset");
      time.runDue();
    }
    assertThat(machine.state().phase()).isEqualTo(phase);
  }

  private void openSocket(String connId) {
    world.lastStart().answer(connId, LINKS);
    time.runDue();
    world.lastSocket().events.opened();
    time.runDue();
  }
}
