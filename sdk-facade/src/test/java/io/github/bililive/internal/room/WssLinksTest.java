package io.github.bililive.internal.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.bililive.BiliLiveClient;
import io.github.bililive.BiliLiveClientBuilder;
import io.github.bililive.LoggedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a room's socket may go. */
class WssLinksTest {
  private static final String PLATFORM = "member.bilibili.com";
  private static final Set<String> ANY = Set.of();

  private final WssLinks ofPlatform = new WssLinks(PLATFORM, ANY);
  private final WssLinks ofLoopback = new WssLinks("127.0.0.1", ANY);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wss://broadcastlv.chat.bilibili.com:443/sub",
        "wss://broadcastlv.chat.bilibili.com:2245/sub?a=b",
        "WSS://unfamiliar.example/sub",
        "wss://8.8.8.8/sub",
        "wss://172.15.0.1/",
        "wss://172.32.0.1/",
        "wss://100.63.0.1/",
        "wss://100.128.0.1/",
        "wss://192.0.2.1/",
        "wss://239x.example/",
        "wss://[2001:db8::1]/sub",
        "wss://10.0.0.1.example/",
      })
  void aHostOfTheOpenNetworkIsUsedByTls(String link) {
    assertThat(ofPlatform.usable(List.of(link))).containsExactly(link);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wss://localhost/sub",
        "wss://LOCALHOST./sub",
        "wss://api.localhost/sub",
        "wss://127.0.0.1:8443/sub",
        "wss://127.0.0.1./sub",
        "wss://127.1/sub",
        "wss://2130706433/sub",
        "wss://0x7f.1/sub",
        "wss://0x7f000001/sub",
        "wss://0177.0.0.1/sub",
        "wss://127.0.0.08/sub",
        "wss://0.0.0.0/",
        "wss://10.1.2.3/",
        "wss://100.64.0.1/",
        "wss://169.254.169.254/",
        "wss://172.16.0.1/",
        "wss://172.31.255.255/",
        "wss://192.168.1.1/",
        "wss://224.0.0.1/",
        "wss://240.0.0.1/",
        "wss://255.255.255.255/",
        "wss://[::1]/",
        "wss://[::]/",
        "wss://[::127.0.0.1]/",
        "wss://[::ffff:10.0.0.1]/",
        "wss://[fe80::1]/",
        "wss://[fc00::1]/",
        "wss://[fd12:3456::1]/",
        "wss://[ff02::1]/",
      })
  void thisMachineAndThePrivateNetworkAreNotDialledForAPublicApi(String link) {
    assertThat(ofPlatform.usable(List.of(link))).isEmpty();
    assertThat(ofPlatform.problem(List.of(link)))
        .startsWith("none of the 1 addresses in wss_link can be used: ")
        .endsWith(
            " is this machine or in a private network: accepted from a loopback base URL, or with"
                + " Builder.webSocketHosts");
    assertThat(ofLoopback.usable(List.of(link))).containsExactly(link);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ws://broadcastlv.chat.bilibili.com/sub", "ws://127.0.0.1/sub", "ws://10.0.0.1/"})
  void cleartextIsNotSpokenForAPublicApi(String link) {
    assertThat(ofPlatform.usable(List.of(link))).isEmpty();
    assertThat(ofPlatform.problem(List.of(link)))
        .contains("ws:// is accepted from a loopback base URL for loopback addresses alone");
    assertThat(new WssLinks(PLATFORM, Set.of("bilibili.com", "127.0.0.1")).usable(List.of(link)))
        .isEmpty();
  }

  @Test
  void cleartextOnThisMachineIsForThisMachineAlone() {
    assertThat(
            ofLoopback.usable(
                List.of("ws://127.0.0.1:8080/sub", "ws://far.test/", "ws://10.0.0.1/")))
        .containsExactly("ws://127.0.0.1:8080/sub");
  }

  @Test
  void aHostThatIsNotKnownToBeThePlatformsIsLoggedOnce() {
    try (LoggedRecords logged = new LoggedRecords()) {
      for (int i = 0; i < 3; i++) {
        ofPlatform.usable(
            List.of("wss://cn-1.chat.bilibili.com/sub", "wss://unfamiliar.example:7/sub"));
        ofPlatform.usable(List.of("wss://notbilibili.com/sub?secret=hush"));
        ofLoopback.usable(List.of("wss://of-a-sandbox.example/"));
      }

      assertThat(logged.messages(Level.INFO))
          .containsExactly(unfamiliar("unfamiliar.example"), unfamiliar("notbilibili.com"));
    }
  }

  @Test
  void ofVeryManyTheFirstAreLookedAtSinceEachWouldBeDialledThreeTimes() {
    List<String> links = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      links.add("wss://cn-" + i + ".chat.bilibili.com/sub");
    }

    assertThat(ofPlatform.usable(links)).isEqualTo(links.subList(0, 32));
  }

  private static String unfamiliar(String host) {
    return "the platform names an unfamiliar host for rooms' sockets, which is used: "
        + host
        + "; Builder.webSocketHosts limits them";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "http://x.test", "wss://", "ftp://a"})
  void whatIsNoAddressOfASocketIsToldSo(String link) {
    assertThat(ofPlatform.usable(List.of(link))).isEmpty();
    assertThat(ofPlatform.problem(List.of(link, "x")))
        .isEqualTo("none of the 2 addresses in wss_link can be used: they must begin with wss://");
  }

  @Test
  void aServerThatNamesHostsWithoutEndDoesNotFillTheLog() {
    try (LoggedRecords logged = new LoggedRecords()) {
      for (int i = 0; i < 1_000; i++) {
        assertThat(ofPlatform.usable(List.of("wss://h" + i + ".example/"))).hasSize(1);
      }

      assertThat(logged.messages(Level.INFO)).hasSize(100);
    }
  }

  @Test
  void theHostsThatTheUserAllowsAreTheOnlyOnes() {
    WssLinks allowed = new WssLinks(PLATFORM, Set.of("bilibili.com", "10.0.0.1"));
    try (LoggedRecords logged = new LoggedRecords()) {
      assertThat(
              allowed.usable(
                  List.of(
                      "wss://bilibili.com/",
                      "wss://a.b.bilibili.com/",
                      "wss://notbilibili.com/",
                      "wss://bilibili.com.example/",
                      "wss://10.0.0.1/",
                      "wss://10.0.0.2/")))
          .containsExactly("wss://bilibili.com/", "wss://a.b.bilibili.com/", "wss://10.0.0.1/");
      assertThat(allowed.problem(List.of("wss://example.com/")))
          .endsWith(": Builder.webSocketHosts does not hold example.com");
      assertThat(logged.records()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "wss://a.example", "a.example/sub", "a.example:8443", "u@a.example", " "})
  void whatIsNoHostAloneCannotBeAllowed(String host) {
    BiliLiveClientBuilder builder = BiliLiveClient.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.webSocketHosts(List.of("bilibili.com", host)))
        .withMessage(
            "webSocketHosts holds '%s': give a host alone, such as \"bilibili.com\"", host);
  }

  @Test
  void anEmptyListIsRefused() {
    BiliLiveClientBuilder builder = BiliLiveClient.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.webSocketHosts(Set.of()))
        .withMessageStartingWith("webSocketHosts is empty: ");
  }
}
