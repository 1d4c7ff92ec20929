package dev.crosspoint.media.engine.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RewritersTest {
  private static final long MS = 1_000_000;

  @Test
  void a_new_run_goes_on_where_the_last_one_ended() {
    SequenceRewriter sequence = new SequenceRewriter(1000);
    sequence.restart(5);
    assertThat(sequence.rewrite(5)).isEqualTo(1000);
    assertThat(sequence.rewrite(7)).isEqualTo(1002);
    assertThat(sequence.rewrite(6)).isEqualTo(1001);

    sequence.restart(90);

    assertThat(sequence.rewrite(90)).isEqualTo(1003);
    assertThat(sequence.rewrite(8)).isEqualTo(SequenceRewriter.NOT_SENT);
  }

  @Test
  void only_numbers_of_the_present_run_have_an_original() {
    SequenceRewriter sequence = new SequenceRewriter(0xFFFF);
    sequence.restart(5);
    sequence.rewrite(5);
    sequence.rewrite(6);

    assertThat(sequence.original(0xFFFF)).isEqualTo(5);
    assertThat(sequence.original(0)).isEqualTo(6);
    assertThat(sequence.original(1)).isEqualTo(SequenceRewriter.NOT_SENT);
    assertThat(sequence.original(0xFFFE)).isEqualTo(SequenceRewriter.NOT_SENT);
  }

  @Test
  void what_is_left_out_leaves_no_gap_and_what_is_late_keeps_its_place() {
    SequenceRewriter sequence = new SequenceRewriter(1000);
    sequence.restart(5);
    sequence.rewrite(5);
    sequence.skip(6);
    sequence.skip(7);
    assertThat(sequence.rewrite(9)).isEqualTo(1002);
    sequence.skip(10);
    assertThat(sequence.rewrite(11)).isEqualTo(1003);

    assertThat(sequence.canSkip(8)).isFalse();
    assertThat(sequence.rewrite(8)).isEqualTo(1001);
    assertThat(sequence.rewrite(7)).isEqualTo(SequenceRewriter.NOT_SENT);
    assertThat(sequence.original(1000)).isEqualTo(5);
    assertThat(sequence.original(1001)).isEqualTo(8);
    assertThat(sequence.original(1002)).isEqualTo(9);
    assertThat(sequence.original(1003)).isEqualTo(11);
  }

  @Test
  void numbers_and_originals_belong_together_whatever_is_left_out() {
    Random random = new Random(5);
    SequenceRewriter sequence = new SequenceRewriter(65_000);
    sequence.restart(100);
    Map<Long, Long> sent = new HashMap<>();
    for (long in = 100; in < 3000; in++) {
      if (random.nextInt(3) == 0) {
        sequence.skip(in);
      } else if (random.nextInt(10) > 0) {
        sent.put(sequence.rewrite(in), in);
      }
      if (in % 50 == 0) {
        long latest = sequence.latest();
        for (long out = Math.max(65_000, latest - 200); out <= latest; out++) {
          Long original = sent.get(out);
          if (original != null) {
            assertThat(sequence.original((int) out & 0xFFFF)).isEqualTo(original);
            assertThat(sequence.rewrite(original)).isEqualTo(out);
          }
        }
      }
    }
    assertThat(sent).hasSizeGreaterThan(1500);
  }

  @Test
  void a_packet_that_is_very_late_never_gets_the_number_of_another() {
    SequenceRewriter sequence = new SequenceRewriter(1000);
    sequence.restart(0);
    for (long in = 0; in < 100; in++) {
      sequence.rewrite(in);
    }
    for (long in = 101; in <= 701; in++) {
      sequence.skip(in);
    }
    sequence.rewrite(702);

    assertThat(sequence.rewrite(100)).isEqualTo(1100);
    assertThat(sequence.original(1012)).isEqualTo(12);
    assertThat(sequence.original(1101)).isEqualTo(702);
  }

  @Test
  void where_more_was_left_out_than_is_remembered_nothing_is_guessed() {
    SequenceRewriter sequence = new SequenceRewriter(1000);
    sequence.restart(0);
    sequence.rewrite(0);
    for (long in = 2; in < 3000; in++) {
      sequence.skip(in);
    }
    sequence.rewrite(3000);

    assertThat(sequence.rewrite(1)).isEqualTo(SequenceRewriter.NOT_SENT);
    assertThat(sequence.original(1000)).isEqualTo(SequenceRewriter.NOT_SENT);
    assertThat(sequence.original(1002)).isEqualTo(3000);
  }

  @Test
  void another_clock_is_moved_to_where_this_one_would_be() {
    TimestampRewriter timestamps = new TimestampRewriter(10);
    assertThat(timestamps.rewrite(500, 0)).isEqualTo(510);

    timestamps.rebase(1_000_000, 90_000, 100 * MS);

    assertThat(timestamps.rewrite(1_000_000, 100 * MS)).isEqualTo(510 + 9000);
    assertThat(timestamps.translate(1_000_090)).isEqualTo(510 + 9090);
  }

  @Test
  void a_run_after_a_late_packet_does_not_begin_in_the_past() {
    TimestampRewriter timestamps = new TimestampRewriter(0);
    timestamps.rewrite(90_000, 0);
    timestamps.rewrite(9_000, 10 * MS);

    timestamps.rebase(500, 90_000, 20 * MS);

    assertThat(timestamps.rewrite(500, 20 * MS)).isEqualTo(90_000 + 1_800);
  }

  @Test
  void what_a_new_receiver_is_given_of_the_past_has_passed_in_a_moment() {
    TimestampRewriter timestamps = new TimestampRewriter(0);
    timestamps.hasten(90_000);

    assertThat(timestamps.rewrite(87_000, 0)).isEqualTo(90_000 - 187);
    assertThat(timestamps.rewrite(90_000, 0)).isEqualTo(90_000);
    assertThat(timestamps.rewrite(93_000, 33 * MS)).isEqualTo(93_000);
    assertThat(timestamps.translate(87_000)).as("for a resend").isEqualTo(90_000 - 187);

    int hours = 1 << 30;
    timestamps.rewrite(90_000 + hours, 1_000 * MS);
    int later = 90_000 + hours + hours;
    assertThat(timestamps.rewrite(later, 2_000 * MS)).as("as far as can be").isEqualTo(later);
  }

  @Test
  void many_who_want_a_key_frame_cause_one_request_until_it_does_not_come() {
    KeyFrameRequester requester = new KeyFrameRequester(500 * MS);
    requester.request(0);
    requester.request(0);
    assertThat(requester.isDue(true, 0)).isTrue();
    assertThat(requester.isDue(true, 499 * MS)).isFalse();
    assertThat(requester.nextDeadlineNs()).isEqualTo(500 * MS);
    assertThat(requester.isDue(true, 500 * MS)).isTrue();

    requester.onKeyFrame();
    assertThat(requester.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);

    requester.request(600 * MS);
    assertThat(requester.isDue(true, 600 * MS)).as("too soon after the last").isFalse();
    assertThat(requester.isDue(false, 1000 * MS)).as("nobody waits any more").isFalse();
    assertThat(requester.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }
}
