package dev.crosspoint.media.engine.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.rtcp.RtcpWriter;
import dev.crosspoint.media.engine.rtp.SequenceWindow;
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

  @Test
  void what_lies_between_a_key_frame_and_a_later_beginning_is_asked_for() {
    SequenceWindow window = seen(96, 97, 100, 102);
    nack.onPacket(100, 0);
    nack.onPacket(102, 0);
    nack.onPacket(97, 0);
    nack.onPacket(96, 5 * MS);
    nack.reachBackTo(96, window, 5 * MS);
    nack.reachBackTo(96, window, 5 * MS);

    assertThat(asked(10 * MS)).containsExactly(101);
    assertThat(asked(15 * MS)).containsExactly(98, 99);
    nack.onPacket(99, 16 * MS);
    assertThat(asked(100 * MS)).containsExactly(98, 101);
  }

  @Test
  void what_lies_before_the_beginning_of_no_use_is_not_asked_for() {
    nack.onPacket(1000, 0);
    nack.onPacket(998, 0);
    SequenceWindow window = seen(998, 1000);
    nack.reachBackTo(1001, window, 0);
    nack.reachBackTo(1000 - 300, window, 0);

    assertThat(nack.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  private static SequenceWindow seen(long... numbers) {
    SequenceWindow window = new SequenceWindow();
    for (long number : numbers) {
      window.mark(number);
    }
    return window;
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
