package io.github.bililive.sandboxtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageFeedTest extends PageTestCase {
  private TestSocket feed() {
    return TestSocket.dial(client, page("feed").build());
  }

  private static Map<String, Object> next(TestSocket feed, String type) throws Exception {
    while (true) {
      Map<String, Object> message = Json.object(Json.read(feed.nextText()));
      if (type.equals(message.get("type"))) {
        return message;
      }
    }
  }

  @Test
  void aPageHearsWhatWasWhatIsAndWhatComes() throws Exception {
    send(start().without("Accept"));
    TestSocket feed = feed().awaitOpen();
    assertThat(Json.array(Json.get(next(feed, "hello"), "entries"))).hasSize(1);
    assertThat(Json.array(Json.get(next(feed, "state"), "connections"))).isEmpty();

    String connId = startedId();
    List<Object> entries = new ArrayList<>();
    while (entries.size() < 2) {
      entries.addAll(Json.array(Json.get(next(feed, "entries"), "entries")));
    }
    assertThat(String.valueOf(entries)).contains("kind=CONNECTION", connId, "kind=REQUEST");
    while (!String.valueOf(next(feed, "state").get("connections")).contains(connId)) {
      // The state comes after the entries, or a second later.
    }
    feed.close();
    assertThat(feed.awaitEnd()).startsWith("closed");
  }

  @Test
  void soManyPagesMayBeOpenAndTheSandboxEndsThem() throws Exception {
    List<TestSocket> feeds = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      feeds.add(feed().awaitOpen());
      next(feeds.get(i), "state");
    }
    assertThat(feed().awaitUpgrade()).startsWith("status 503");
    assertThat(send(page("feed")).status()).isEqualTo(400);
    sandbox.close();
    for (TestSocket feed : feeds) {
      assertThat(feed.awaitEnd()).startsWith("failed");
    }
  }
}
