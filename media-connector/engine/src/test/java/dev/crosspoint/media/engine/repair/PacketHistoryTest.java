package dev.crosspoint.media.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PacketHistoryTest {
  private final PacketHistory history = new PacketHistory(8);

  private void store(int number) {
    history.store(number, ByteBuffer.allocate(4).putInt(0, number), 4);
  }

  private int found(int number) {
    ByteBuffer packet = history.find(number);
    return packet == null ? -1 : packet.getInt(0);
  }

  @Test
  void a_packet_is_kept_until_a_newer_one_needs_its_place() {
    store(3);
    assertThat(found(3)).isEqualTo(3);

    store(11);
    assertThat(found(3)).isEqualTo(-1);
    assertThat(found(11)).isEqualTo(11);
  }

  @Test
  void a_packet_that_comes_late_does_not_take_the_place_of_a_newer_one() {
    store(11);
    store(3);

    assertThat(found(11)).isEqualTo(11);
    assertThat(found(3)).isEqualTo(-1);
  }

  @Test
  void a_stream_that_begins_anew_begins_with_an_empty_history() {
    store(11);
    history.clear();
    store(3);

    assertThat(found(3)).isEqualTo(3);
  }
}
