package dev.crosspoint.media.engine.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RFC 9260, section 7.2. */
class CongestionWindowTest {
  private static final int FRAGMENT = 1_100;
  private final CongestionWindow window = new CongestionWindow(FRAGMENT);

  @Test
  void it_begins_small_and_grows_by_a_packet_for_each_acknowledgement_while_it_is_full() {
    assertThat(window.window()).isEqualTo(4_400);

    window.onAcknowledged(2_200, 2, true, 4_400);
    assertThat(window.window()).isEqualTo(5_500);

    window.onAcknowledged(2_200, 4, true, 1_100);
    assertThat(window.window()).as("not needed, so not grown").isEqualTo(5_500);
  }

  @Test
  void a_loss_halves_it_once_and_from_then_on_it_grows_by_a_packet_each_round_trip() {
    grow(20);
    long before = window.window();

    window.onLoss(100);
    window.onLoss(101);
    assertThat(window.window()).isEqualTo(before / 2);
    assertThat(window.isRecovering()).isTrue();

    window.onAcknowledged(1_100, 100, true, before);
    assertThat(window.isRecovering()).isFalse();
    long halved = window.window();
    for (long acknowledged = 0; acknowledged < halved; acknowledged += FRAGMENT) {
      window.onAcknowledged(FRAGMENT, 200, true, halved);
    }
    assertThat(window.window()).isEqualTo(halved + FRAGMENT);
  }

  @Test
  void after_a_timeout_it_begins_with_one_packet() {
    grow(20);

    window.onTimeout();

    assertThat(window.window()).isEqualTo(FRAGMENT);
  }

  @Test
  void a_burst_is_four_packets_however_large_it_is() {
    grow(20);

    assertThat(window.limit(2_200)).isEqualTo(2_200 + 4 * FRAGMENT);
  }

  @Test
  void it_fades_while_nothing_is_sent() {
    grow(20);

    window.onIdle(50);

    assertThat(window.window()).isEqualTo(4 * FRAGMENT);
  }

  private void grow(int times) {
    for (int i = 0; i < times; i++) {
      window.onAcknowledged(FRAGMENT, i, true, window.window());
    }
  }
}
