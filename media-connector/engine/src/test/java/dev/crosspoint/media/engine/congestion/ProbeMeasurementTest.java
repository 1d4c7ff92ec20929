package dev.crosspoint.media.engine.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeMeasurementTest {
  private static final int SIZE = 1_000;
  private static final int PACKETS = 6;
  private static final long RATE = 1_000_000;
  private static final long MS_NS = 1_000_000;

  private final ProbeMeasurement probes = new ProbeMeasurement();

  private void probe(long betweenSentNs, long betweenArrivalsNs) {
    probes.begin(1, RATE, PACKETS * SIZE);
    for (int i = 0; i < PACKETS; i++) {
      probes.onPacket(1, SIZE, i * betweenSentNs, 40 * MS_NS + i * betweenArrivalsNs);
    }
  }

  @Test
  void a_probe_that_arrives_as_it_was_sent_shows_that_there_is_more() {
    probe(8 * MS_NS, 8 * MS_NS);

    assertThat(probes.take()).isEqualTo(RATE);
    assertThat(probes.isLimited()).isFalse();
  }

  @Test
  void a_probe_that_arrives_more_slowly_shows_what_goes_through() {
    probe(8 * MS_NS, 16 * MS_NS);

    assertThat(probes.take()).isEqualTo(RATE / 2 * 95 / 100);
    assertThat(probes.isLimited()).isTrue();
  }

  @Test
  void packets_that_left_closer_together_than_they_were_to_show_no_limit() {
    probe(4 * MS_NS, 7 * MS_NS);

    assertThat(probes.take()).isGreaterThan(RATE);
    assertThat(probes.isLimited()).isFalse();
  }
}
