package dev.crosspoint.media.engine.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AbsSendTimeTest {
  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void seconds_have_six_bits_before_the_point_and_eighteen_behind_it() {
    assertThat(AbsSendTime.of(0)).isZero();
    assertThat(AbsSendTime.of(SECOND_NS / 2)).isEqualTo(1 << 17);
    assertThat(AbsSendTime.of(SECOND_NS)).isEqualTo(1 << 18);
    assertThat(AbsSendTime.of(63 * SECOND_NS)).isEqualTo(63 << 18);
    assertThat(AbsSendTime.of(3_815)).as("one unit is 3.8 microseconds").isEqualTo(1);
  }

  @Test
  void it_begins_anew_every_64_seconds_however_long_a_clock_has_run() {
    assertThat(AbsSendTime.of(64 * SECOND_NS)).isZero();
    long late = Long.MAX_VALUE - Long.MAX_VALUE % (64 * SECOND_NS);
    assertThat(AbsSendTime.of(late)).isZero();
    assertThat(AbsSendTime.of(late + SECOND_NS)).isEqualTo(1 << 18);
    assertThat(AbsSendTime.of(-SECOND_NS)).as("clocks may be negative").isEqualTo(63 << 18);
  }

  @Test
  void three_bytes_are_written_the_most_significant_first() {
    ByteBuffer packet = ByteBuffer.allocate(5);
    AbsSendTime.write(packet, 1, 63 * SECOND_NS + SECOND_NS / 4);

    assertThat(packet.array()).containsExactly(0, 0xFD, 0, 0, 0);
  }
}
