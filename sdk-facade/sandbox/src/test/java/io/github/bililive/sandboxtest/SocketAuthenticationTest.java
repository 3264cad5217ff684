package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.sandbox.Endpoint;
import io.github.bililive.sandbox.Fault;
import io.github.bililive.sandbox.Sandbox;
import io.github.bililive.sandbox.SecondSocket;
import io.github.bililive.sandbox.SeenSocket;
import io.github.bililive.sandbox.SocketFault;
import java.time.Duration;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SocketAuthenticationTest extends SocketTestCase {
  private static final String REFUSED = "{\"code\":-101}";

  @Test
  void whatAStartIsAnsweredWithOpensASocket() throws Exception {
    Object data = send(start()).data();
    String connId = (String) Json.get(data, "conn_id");
    Object info = Json.get(data, "websocket_info");
    List<Object> links = Json.array(Json.get(info, "wss_link"));
    assertThat(links).hasSizeGreaterThan(1).isEqualTo(sandbox.wssLinks());
    assertThat(Json.get(info, "auth_body")).isEqualTo(sandbox.authBody(connId));

    clock.advance(Duration.ofSeconds(3));
    TestSocket socket = TestSocket.dial(client, (String) links.get(1)).awaitOpen();
    socket.authenticate((String) Json.get(info, "auth_body"));

    SeenSocket seen = socketOf(connId).seen();
    assertThat(seen.target()).isEqualTo("/sub-2");
    assertThat(seen.roomId()).isEqualTo(sandbox.room(0).id());
    assertThat(seen.state()).isEqualTo(SeenSocket.State.AUTHENTICATED);
    assertThat(seen.authenticatedAtNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
    assertThat(sandbox.sockets().protocolErrors()).isEmpty();
    socket.close();
    assertThat(closed().closedBy()).isEqualTo("the client: closed with 1000");
  }

  @Test
  void everyStartHasAnAuthBodyOfItsOwn() {
    List<String> ids = sandbox.startConnections(2);
    assertThat(authBody(ids.get(0)))
        .contains("sandbox-auth-key-")
        .isNotEqualTo(authBody(ids.get(1)));
    assertThat(sandbox.authBody("unknown")).isNull();
  }

  @Test
  void anAuthBodyThatIsNotTheSameByteForByteIsRefused() throws Exception {
    String body = authBody(connId());
    TestSocket socket = open().sendAuth(body.replace(",", ", "));

    assertThat(socket.next().text()).isEqualTo(REFUSED);
    assertThat(socket.awaitEnd()).isEqualTo("closed with 1000");
    assertThat(closed().wasAuthenticated()).isFalse();
    assertThat(closed().connId()).isNull();
    assertThat(errors(1).get(0)).contains("auth body").doesNotContain("key");
  }

  @Test
  void anExpiredConnectionIsRefused() throws Exception {
    String connId = connId();
    String body = authBody(connId);
    clock.advance(Duration.ofSeconds(30));
    TestSocket socket = open().sendAuth(body);

    assertThat(socket.next().text()).isEqualTo(REFUSED);
    assertThat(socket.awaitEnd()).isEqualTo("closed with 1000");
    assertThat(closed().connId()).isEqualTo(connId);
    assertThat(closed().protocolErrors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SecondSocket.class)
  void aSecondSocketOfOneConnectionIsTreatedAsTheSandboxWasTold(SecondSocket told)
      throws Exception {
    sandbox.close();
    sandbox = Sandbox.builder().clock(clock).secondSocket(told).start();
    String connId = connId();
    TestSocket first = authenticated(connId);
    TestSocket second = open().sendAuth(authBody(connId));

    assertThat(second.next().text())
        .isEqualTo(told == SecondSocket.REFUSED ? REFUSED : "{\"code\":0}");
    if (told == SecondSocket.REPLACES) {
      assertThat(first.awaitEnd()).startsWith("failed");
    } else if (told == SecondSocket.REFUSED) {
      assertThat(second.awaitEnd()).isEqualTo("closed with 1000");
    }
    assertThat(sandbox.sockets().open()).hasSize(told == SecondSocket.BOTH ? 2 : 1);
  }

  @Test
  void aSocketWithoutAuthBodyIsHungUpAfterFiveSecondsAndNotATickBefore() throws Exception {
    TestSocket first = open();
    sandbox.sockets().await(1, SeenSocket::isOpen, PATIENCE);
    clock.advance(TICK);
    TestSocket second = open();
    sandbox.sockets().await(2, SeenSocket::isOpen, PATIENCE);
    clock.advance(Duration.ofSeconds(5).minus(TICK));

    assertThat(first.awaitEnd()).startsWith("failed");
    assertThat(sandbox.sockets().open()).hasSize(1);
    assertThat(second.authenticate(authBody(connId()))).isNotNull();
    assertThat(sandbox.sockets().seen().get(0).closedBy()).contains("no authentication in PT5S");
  }

  @Test
  void aFirstPacketThatIsNoAuthenticationEndsTheSocket() throws Exception {
    TestSocket socket = open();
    socket.sendHeartbeat("");
    assertThat(socket.awaitEnd()).startsWith("failed");
    assertThat(errors(1)).containsExactly("the first packet has operation 2");
  }

  @Test
  void aFirstFrameOfTextEndsTheSocket() throws Exception {
    TestSocket socket = open();
    socket.sendText(authBody(connId()));
    assertThat(socket.awaitEnd()).startsWith("failed");
    assertThat(errors(1).get(0)).startsWith("a text frame came").doesNotContain("key");
  }

  @Test
  void aFrameThatIsNoPacketEndsTheSocket() throws Exception {
    TestSocket socket = open();
    socket.send(ByteString.encodeUtf8("sixteen bytes and more"));
    assertThat(socket.awaitEnd()).startsWith("failed");
    assertThat(errors(1).get(0)).contains("header length");
  }

  @Test
  void wrongVersionsSequencesAndRepetitionsAreRecorded() throws Exception {
    String body = authBody(connId());
    TestSocket socket = open();
    socket.send(Unpacked.pack(2, Unpacked.AUTH, 3, ByteString.encodeUtf8(body)));
    assertThat(socket.next().text()).isEqualTo("{\"code\":0}");
    socket.sendAuth(body);
    assertThat(errors(3))
        .containsExactly(
            "a client's packet has version 2",
            "a packet's sequence is 3, not 1",
            "a second authentication came");
    assertThat(sandbox.sockets().protocolErrors().get(0)).startsWith("socket 1: ");
  }

  @Test
  void anUpgradeThatCarriesSecretsIsRecorded() throws Exception {
    Request request =
        new Request.Builder()
            .url(sandbox.wssLinks().get(0))
            .header("access-token", "fake")
            .header("x-bili-timestamp", "1")
            .build();
    TestSocket.dial(client, request).awaitOpen();
    assertThat(errors(2))
        .containsExactly(
            "the upgrade carries access-token", "the upgrade carries x-bili-timestamp");
  }

  @Test
  void aSecondSocketOfAConnectionIsAllowedButCounted() throws Exception {
    String connId = connId();
    TestSocket first = authenticated(connId);
    assertThat(sandbox.sockets().mostAtOnceOfOneConnection(Duration.ZERO)).isEqualTo(1);
    first.close();
    sandbox.sockets().awaitAllClosed(PATIENCE);
    authenticated(connId);
    assertThat(sandbox.sockets().mostAtOnceOfOneConnection(Duration.ZERO)).isEqualTo(1);

    authenticated(connId);
    assertThat(sandbox.sockets().mostAtOnceOfOneConnection(Duration.ZERO)).isEqualTo(2);
    assertThat(sandbox.sockets().mostAtOnceOfOneRoom(Duration.ZERO)).isEqualTo(2);
    authenticated(connId());
    assertThat(sandbox.sockets().mostAtOnceOfOneRoom(Duration.ZERO)).isEqualTo(2);
  }

  @Test
  void anUpgradeMeetsTheFaultsOfARequest() throws Exception {
    sandbox.faults().next(1, Endpoint.SOCKET, Fault.status(500, "no"));
    sandbox.faults().next(1, Endpoint.SOCKET, Fault.html(502));
    sandbox.faults().next(1, Endpoint.SOCKET, Fault.reset());
    sandbox.faults().next(1, Endpoint.SOCKET, Fault.delay(Duration.ofMillis(50)));
    String link = sandbox.wssLinks().get(2);

    assertThat(TestSocket.dial(client, link).awaitUpgrade()).isEqualTo("status 500 no");
    assertThat(TestSocket.dial(client, link).awaitUpgrade()).contains("status 502", "<html>");
    var once = client.newBuilder().retryOnConnectionFailure(false).build();
    assertThat(TestSocket.dial(once, link).awaitUpgrade()).startsWith("no response");
    TestSocket.dial(client, link).awaitOpen();
    assertThat(sandbox.sockets().await(1, SeenSocket::isOpen, PATIENCE)).hasSize(1);
    assertThat(sandbox.requests()).allMatch(seen -> seen.endpoint() == Endpoint.SOCKET);
  }

  @Test
  void aRequestThatIsNoUpgradeIsRefused() throws Exception {
    String url = sandbox.baseUrl() + "sub";
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      assertThat(response.code()).isEqualTo(400);
      assertThat(response.body().string()).contains("4000", "Upgrade must be websocket");
    }
    assertThat(sandbox.refusals()).hasSize(1);
  }

  @Test
  void theNextAuthenticationsAreRefusedAsPlanned() throws Exception {
    String connId = connId();
    sandbox.sockets().faults().next(2, SocketFault.refuseAuthentication(-105));
    for (int i = 0; i < 2; i++) {
      TestSocket socket = open().sendAuth(authBody(connId));
      assertThat(socket.next().text()).isEqualTo("{\"code\":-105}");
      assertThat(socket.awaitEnd()).isEqualTo("closed with 1000");
    }
    assertThat(sandbox.sockets().faults().pending()).isZero();
    authenticated(connId);
  }

  @Test
  void aFaultMeetsTheSocketsThatFit() throws Exception {
    String spared = connId();
    String struck = connId();
    sandbox
        .sockets()
        .faults()
        .always(socket -> struck.equals(socket.connId()), SocketFault.dropOnAuthentication());
    authenticated(spared);
    TestSocket socket = open().sendAuth(authBody(struck));
    assertThat(socket.awaitEnd()).startsWith("failed");
    assertThat(socket.rest()).isEmpty();
    sandbox.sockets().faults().clear();
    authenticated(struck);
  }

  @Test
  void anAuthenticationIsAnsweredLateOrNeverOrOddly() throws Exception {
    String connId = connId();
    sandbox.sockets().faults().next(SocketFault.delayAuthentication(Duration.ofMillis(100)));
    long before = System.nanoTime();
    authenticated(connId).close();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(100_000_000);

    sandbox.sockets().faults().next(SocketFault.ignoreAuthentication());
    TestSocket ignored = open().sendAuth(authBody(connId));
    sandbox.sockets().await(2, seen -> seen.connId() != null, PATIENCE);
    clock.advance(Duration.ofSeconds(20));
    ignored.cancel();
    assertThat(ignored.rest()).isEmpty();

    sandbox.sockets().faults().next(SocketFault.answerAuthentication("{\"code\":\"0\"}"));
    assertThat(open().sendAuth(authBody(connId)).next().text()).isEqualTo("{\"code\":\"0\"}");
    assertThat(sandbox.sockets().seen(seen -> seen.wasAuthenticated())).hasSize(1);
  }

  @Test
  void aSocketIsDroppedOrDeafRightAfterItsAuthentication() throws Exception {
    String connId = connId();
    sandbox.sockets().faults().next(SocketFault.dropAfterAuthentication());
    sandbox.sockets().faults().next(SocketFault.deafAfterAuthentication());

    assertThat(authenticated(connId).awaitEnd()).startsWith("failed");
    TestSocket deaf = authenticated(connId);
    assertThat(sandbox.roomOf(connId).send(danmaku(1, 1))).isZero();
    deaf.sendHeartbeat("");
    assertThat(deaf.next().operation()).isEqualTo(Unpacked.HEARTBEAT_REPLY);
  }
}
