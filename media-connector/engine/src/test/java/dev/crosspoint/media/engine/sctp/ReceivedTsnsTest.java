package dev.crosspoint.media.engine.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.sctp.packet.Chunk;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceivedTsnsTest {
  /** Just before the numbers roll over. */
  private static final long FIRST = 0xFFFF_FFFEL;

  private final ReceivedTsns tsns = new ReceivedTsns(FIRST);

  @Test
  void runs_after_a_gap_are_told_and_joined_when_it_is_filled() {
    tsns.mark(FIRST);
    tsns.mark(FIRST + 2);
    tsns.mark(FIRST + 3);
    tsns.mark(FIRST + 6);

    assertThat(tsns.sack(9))
        .isEqualTo(
            new Chunk.Sack(
                (int) FIRST, 9, List.of(new Chunk.Gap(2, 3), new Chunk.Gap(6, 6)), List.of()));

    tsns.mark(FIRST + 1);
    assertThat(tsns.sack(9).cumulativeTsn()).isEqualTo((int) (FIRST + 3));
    assertThat(tsns.sack(9).gaps()).containsExactly(new Chunk.Gap(3, 3));
    assertThat(tsns.isSeen(FIRST + 3)).isTrue();
    assertThat(tsns.isSeen(FIRST + 4)).isFalse();
  }

  @Test
  void what_was_given_up_counts_as_arrived() {
    tsns.mark(FIRST + 5);
    tsns.mark(FIRST + 9);

    tsns.forward(FIRST + 4);

    assertThat(tsns.cumulative()).isEqualTo(FIRST + 5);
    assertThat(tsns.sack(0).gaps()).containsExactly(new Chunk.Gap(4, 4));

    tsns.forward(FIRST + 1_000_000);
    assertThat(tsns.cumulative()).isEqualTo(FIRST + 1_000_000);
    assertThat(tsns.hasGap()).isFalse();
  }

  @Test
  void duplicates_are_told_once_and_not_without_end() {
    for (int i = 0; i < 1_000; i++) {
      tsns.noteDuplicate(FIRST - 1);
    }

    assertThat(tsns.sack(0).duplicates()).hasSize(20);
    assertThat(tsns.sack(0).duplicates()).isEmpty();
  }

  @Test
  void what_is_far_ahead_is_out_of_reach() {
    assertThat(tsns.isInReach(FIRST + 10_000)).isTrue();
    assertThat(tsns.isInReach(FIRST + 20_000)).isFalse();
    assertThat(tsns.isSeen(FIRST + 20_000)).isFalse();
  }
}
