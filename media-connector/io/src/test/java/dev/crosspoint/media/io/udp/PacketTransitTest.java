package dev.crosspoint.media.io.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;

import org.junit.jupiter.api.Test;

class PacketTransitTest {
  @Test
  void percentiles_are_those_of_the_packets_not_of_the_batches() {
    PacketTransit transit = new PacketTransit();
    transit.times(0);
    transit.add(100_000, 980);
    transit.add(2_000_000, 15);
    transit.add(50_000_000, 5);

    PacketTransit.Times times = transit.times(PacketTransit.WINDOW_NS);

    assertThat((double) times.p50Ns()).isEqualTo(100_000, withPrecision(1_000.0));
    assertThat((double) times.p99Ns()).isEqualTo(2_000_000, withPrecision(20_000.0));
    assertThat((double) times.p999Ns()).isEqualTo(50_000_000, withPrecision(500_000.0));
  }

  @Test
  void what_takes_for_ever_counts_as_what_takes_ten_seconds() {
    PacketTransit transit = new PacketTransit();
    transit.times(0);
    transit.add(Long.MAX_VALUE, 1);

    assertThat(transit.times(PacketTransit.WINDOW_NS).p50Ns())
        .isGreaterThanOrEqualTo(10_000_000_000L);
  }
}
