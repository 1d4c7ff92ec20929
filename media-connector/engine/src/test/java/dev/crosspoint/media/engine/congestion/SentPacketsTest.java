package dev.crosspoint.media.engine.congestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentPacketsTest {
  private final SentPackets sent = new SentPackets();

  @Test
  void what_is_told_of_a_packet_is_what_was_noted_while_nothing_is_known_of_it() {
    for (int i = 0; i < 5_000; i++) {
      assertThat(sent.add(i % 1_500, i % 101, i * 7L)).isEqualTo(i);
    }
    for (int i = 0; i < 5_000; i++) {
      long number = sent.find(i);
      assertThat(number).isEqualTo(i);
      assertThat(sent.sentNs(number)).isEqualTo(i * 7L);
      assertThat(sent.bytes(number)).isEqualTo(i % 1_500);
      assertThat(sent.probe(number)).isEqualTo(i % 101);
      assertThat(sent.state(number)).isEqualTo(SentPackets.IN_FLIGHT);
    }
  }

  @Test
  void a_packet_of_which_something_is_told_keeps_the_rest() {
    sent.add(1_200, 100, 42);
    sent.mark(0, SentPackets.MISSING);
    sent.mark(0, SentPackets.ARRIVED);

    assertThat(sent.state(0)).isEqualTo(SentPackets.ARRIVED);
    assertThat(sent.sentNs(0)).isEqualTo(42);
    assertThat(sent.bytes(0)).isEqualTo(1_200);
    assertThat(sent.probe(0)).isEqualTo(100);
  }

  @Test
  void packets_that_are_told_of_make_room_and_are_forgotten() {
    for (int i = 0; i < 100_000; i++) {
      sent.add(1_200, 0, i);
      sent.mark(i, SentPackets.ARRIVED);
    }
    assertThat(sent.find(99_999 & 0xFFFF)).isEqualTo(99_999);
    assertThat(sent.find((99_999 - 64) & 0xFFFF)).isNegative();
  }

  @Test
  void what_was_never_sent_is_not_known() {
    sent.add(1_200, 0, 0);

    assertThat(sent.find(1)).isNegative();
    assertThat(sent.find(65_535)).isNegative();
  }
}
