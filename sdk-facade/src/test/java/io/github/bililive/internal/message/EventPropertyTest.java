package io.github.bililive.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.bililive.LiveEvent;
import io.github.bililive.internal.packet.FramePropertyTest;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class EventPropertyTest {
  private static final String GOOD =
      "{\"cmd\":\"OPEN_LIVEROOM_SEND_GIFT\",\"data\":{\"uname\":\"观众\",\"gift_num\":3,"
          + "\"paid\":true,\"combo_info\":{\"combo_id\":\"c\"},\"new\":[1.5,null,{\"a\":\"\\u5f39\"}],"
          + "\"msg_id\":\"m-1\"},\"cmd2\":-1e5}";

  private final EventReader reader = new EventReader();

  @Property(tries = 3000)
  void damageEndsInAnEventAndTheNextMessageIsRead(
      @ForAll("faults") List<FramePropertyTest.Fault> faults) {
    byte[] damaged = GOOD.getBytes(UTF_8);
    for (FramePropertyTest.Fault fault : faults) {
      damaged = fault.appliedTo(damaged);
    }

    LiveEvent event = reader.read(damaged, 0, damaged.length);

    assertThat(event.getJson()).isEqualTo(new String(damaged, UTF_8));
    byte[] good = GOOD.getBytes(UTF_8);
    assertThat(reader.read(good, 0, good.length).getMsgId()).isEqualTo("m-1");
  }

  @Property(tries = 1000)
  void anyBytesEndInAnEvent(@ForAll byte[] bytes) {
    LiveEvent event = reader.read(bytes, 0, bytes.length);

    assertThat(event.getJson()).isEqualTo(new String(bytes, UTF_8));
  }

  @Provide
  Arbitrary<List<FramePropertyTest.Fault>> faults() {
    return FramePropertyTest.anyFaults();
  }
}
