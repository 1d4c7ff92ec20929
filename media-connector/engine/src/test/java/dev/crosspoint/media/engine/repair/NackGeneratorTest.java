package dev.crosspoint.media.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NackGeneratorTest {
  private static final long MS = 1_000_000;
  private final NackGenerator nack = new NackGenerator(80 * MS);

  @Test
  void a_gap_is_asked_for_after_a_moment_and_again_later() {
    nack.onPacket(100, 0);
    nack.onPacket(103, 0);

    assertThat(asked(0)).isEmpty();
    assertThat(asked(10 * MS)).containsExactly(101, 102);
    assertThat(asked(50 * MS)).isEmpty();
    assertThat(asked(90 * MS)).containsExactly(101, 102);
  }

  @Test
  void what_was_only_late_is_not_asked_for() {
    nack.onPacket(100, 0);
    nack.onPacket(102, 0);
    nack.onPacket(101, 5 * MS);

    assertThat(nack.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(asked(1000 * MS)).isEmpty();
  }

  @Test
  void gaps_far_apart_take_several_items() {
    nack.onPacket(0, 0);
    nack.onPacket(2, 0);
    nack.onPacket(18, 0);
    nack.onPacket(19, 0);
    nack.onPacket(21, 0);

    List<Integer> missing = asked(10 * MS);
    assertThat(missing).hasSize(17).startsWith(1, 3, 4).endsWith(17, 20);
  }

  @Test
  void a_packet_is_given_up_in_the_end() {
    nack.onPacket(0, 0);
    nack.onPacket(2, 0);
    int requests = 0;
    for (long now = 0; now < 5_000 * MS; now += 10 * MS) {
      requests += asked(now).size();
    }
    assertThat(requests).isEqualTo(10);
    assertThat(nack.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  private List<Integer> asked(long nowNs) {
    ByteBuffer buffer = ByteBuffer.allocate(2000);
    RtcpWriter out = new RtcpWriter(buffer);
    nack.write(out, 1, 2, nowNs);
    List<Integer> numbers = new ArrayList<>();
    for (int at = 12; at < out.length(); at += 4) {
      int first = buffer.getShort(at) & 0xFFFF;
      int mask = buffer.getShort(at + 2) & 0xFFFF;
      numbers.add(first);
      for (int i = 0; i < 16; i++) {
        if ((mask & (1 << i)) != 0) {
          numbers.add(first + 1 + i);
        }
      }
    }
    return numbers;
  }
}
