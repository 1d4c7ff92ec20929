package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.counters.DropReason;
import dev.crosspoint.media.engine.sctp.CloseReason;
import dev.crosspoint.media.engine.sctp.Reliability;
import dev.crosspoint.media.engine.sctp.SctpEvent;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpState;
import dev.crosspoint.media.engine.sctp.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How associations and streams begin and end. */
class SctpAssociationScenarioTest {
  private static final Reliability RELIABLE = new Reliability.Reliable();
  private static final NetworkConditions BAD =
      NetworkConditions.good()
          .withLoss(0.2)
          .withJitter(Duration.ofMillis(100))
          .withDuplication(0.2);

  @Test
  void one_end_asks_and_both_are_connected() {
    SctpPair pair = SctpPair.connected(1);

    assertThat(pair.left.events).containsExactly(new SctpEvent.Connected(1_024));
    assertThat(pair.right.events).containsExactly(new SctpEvent.Connected(1_024));
  }

  @Test
  void an_init_alone_leaves_nothing_behind() {
    SctpPair pair = new SctpPair(2);
    pair.right.link().passOnly(packet -> false);
    pair.left.association.connect(pair.time.nowNs());
    pair.run(Duration.ofSeconds(1));

    assertThat(pair.right.association.state()).isEqualTo(SctpState.CLOSED);
    assertThat(pair.right.association.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    assertThat(pair.right.packetsSent).isPositive();
  }

  @Test
  void both_may_ask_on_any_network_and_are_connected_once() {
    for (int seed = 0; seed < 200; seed++) {
      SctpPair pair = new SctpPair(seed);
      pair.become(BAD);
      pair.left.association.connect(pair.time.nowNs());
      pair.run(Duration.ofMillis(seed));
      pair.right.association.connect(pair.time.nowNs());
      pair.run(Duration.ofSeconds(60));

      assertThat(pair.left.events)
          .as("seed %d", seed)
          .containsExactly(new SctpEvent.Connected(1_024));
      assertThat(pair.right.events)
          .as("seed %d", seed)
          .containsExactly(new SctpEvent.Connected(1_024));
      assertThat(exchange(pair)).as("seed %d", seed).isTrue();
    }
  }

  @Test
  void who_hears_nothing_gives_up_and_says_so() {
    SctpPair pair = new SctpPair(3);
    pair.left.link().passOnly(packet -> false);
    pair.left.association.connect(pair.time.nowNs());
    pair.run(Duration.ofMinutes(10));

    assertThat(pair.left.events)
        .containsExactly(new SctpEvent.Closed(CloseReason.PEER_UNREACHABLE));
    assertThat(pair.left.association.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void a_peer_that_vanishes_is_noticed_with_and_without_messages() {
    SctpPair talking = SctpPair.connected(4);
    SctpPair silent = SctpPair.connected(5);
    for (SctpPair pair : List.of(talking, silent)) {
      pair.run(Duration.ofMinutes(5));
      assertThat(pair.left.association.state()).isEqualTo(SctpState.ESTABLISHED);
      pair.left.link().passOnly(packet -> false);
      pair.right.link().passOnly(packet -> false);
    }
    talking.left.association.send(message(0, 1), RELIABLE, talking.time.nowNs());

    for (SctpPair pair : List.of(talking, silent)) {
      pair.run(Duration.ofMinutes(2));
      assertThat(pair.left.events).endsWith(new SctpEvent.Closed(CloseReason.PEER_UNREACHABLE));
    }
  }

  @Test
  void a_shutdown_waits_for_what_was_handed_in() {
    for (int seed = 0; seed < 50; seed++) {
      SctpPair pair = SctpPair.connected(seed);
      pair.become(BAD);
      for (int i = 0; i < 20; i++) {
        pair.left.association.send(message(0, i), RELIABLE, pair.time.nowNs());
        pair.right.association.send(message(0, i), RELIABLE, pair.time.nowNs());
      }
      pair.left.association.shutdown(pair.time.nowNs());
      assertThat(send(pair)).isEqualTo(SendResult.NOT_CONNECTED);
      pair.run(Duration.ofMinutes(2));

      assertThat(pair.left.received()).as("seed %d", seed).hasSize(20);
      assertThat(pair.right.received()).as("seed %d", seed).hasSize(20);
      assertThat(pair.left.events)
          .as("seed %d", seed)
          .endsWith(new SctpEvent.Closed(CloseReason.SHUTDOWN));
      assertThat(pair.right.association.state()).isEqualTo(SctpState.CLOSED);
    }
  }

  @Test
  void both_may_shut_down_at_once() {
    SctpPair pair = SctpPair.connected(6);
    pair.left.association.shutdown(pair.time.nowNs());
    pair.right.association.shutdown(pair.time.nowNs());
    pair.run(Duration.ofSeconds(1));

    assertThat(pair.left.events).endsWith(new SctpEvent.Closed(CloseReason.SHUTDOWN));
    assertThat(pair.right.events).endsWith(new SctpEvent.Closed(CloseReason.SHUTDOWN));
  }

  @Test
  void an_abort_ends_both_at_once() {
    SctpPair pair = SctpPair.connected(7);
    pair.left.association.abort(pair.time.nowNs());
    pair.run(Duration.ofMillis(50));

    assertThat(pair.left.events).endsWith(new SctpEvent.Closed(CloseReason.ABORTED));
    assertThat(pair.right.events).endsWith(new SctpEvent.Closed(CloseReason.ABORTED_BY_PEER));
    assertThat(send(pair)).isEqualTo(SendResult.NOT_CONNECTED);
  }

  @Test
  void who_was_forgotten_learns_so_with_the_next_packet() {
    SctpPair pair = SctpPair.connected(8);
    pair.right.forget();

    send(pair);
    pair.run(Duration.ofMillis(50));

    assertThat(pair.left.events).endsWith(new SctpEvent.Closed(CloseReason.ABORTED_BY_PEER));
  }

  @Test
  void a_peer_that_begins_again_is_told_apart_from_a_new_one() {
    SctpPair pair = SctpPair.connected(9);
    send(pair);
    pair.run(Duration.ofSeconds(1));
    pair.right.forget();
    pair.right.association.connect(pair.time.nowNs());
    pair.run(Duration.ofSeconds(1));

    assertThat(pair.left.events)
        .endsWith(new SctpEvent.Restarted(), new SctpEvent.Connected(1_024));
    assertThat(exchange(pair)).isTrue();
  }

  @Test
  void a_stream_that_is_ended_delivers_what_it_has_and_begins_anew() {
    for (int seed = 0; seed < 50; seed++) {
      SctpPair pair = SctpPair.connected(seed);
      pair.become(BAD);
      for (int i = 0; i < 10; i++) {
        pair.left.association.send(message(7, i), RELIABLE, pair.time.nowNs());
      }
      pair.left.association.resetStream(7, pair.time.nowNs());
      assertThat(pair.left.association.send(message(7, 0), RELIABLE, pair.time.nowNs()))
          .isEqualTo(SendResult.STREAM_CLOSING);
      pair.run(Duration.ofMinutes(1));

      assertThat(pair.right.received()).as("seed %d", seed).hasSize(10);
      assertThat(pair.right.events)
          .as("seed %d", seed)
          .endsWith(new SctpEvent.StreamsEnded(List.of(7)));
      assertThat(pair.left.events)
          .as("seed %d", seed)
          .endsWith(new SctpEvent.StreamsReset(List.of(7)));

      pair.left.association.send(message(7, 77), RELIABLE, pair.time.nowNs());
      pair.run(Duration.ofMinutes(1));
      assertThat(pair.right.received()).as("seed %d", seed).endsWith(message(7, 77));
    }
  }

  @Test
  void packets_of_another_association_are_not_taken() {
    SctpPair pair = SctpPair.connected(10);
    SctpPair other = SctpPair.connected(11);
    ByteBuffer[] foreign = new ByteBuffer[1];
    other
        .left
        .link()
        .passOnly(packet -> {
          foreign[0] = packet;
          return false;
        });
    send(other);

    pair.right.association.onPacket(foreign[0], pair.time.nowNs());

    assertThat(pair.right.received()).isEmpty();
    assertThat(pair.dropped(DropReason.SCTP_UNEXPECTED)).isEqualTo(1);
    assertThat(exchange(pair)).isTrue();
  }

  private static SendResult send(SctpPair pair) {
    return pair.left.association.send(message(0, 0), RELIABLE, pair.time.nowNs());
  }

  /** Whether a message gets through in each direction. */
  private static boolean exchange(SctpPair pair) {
    SctpMessage ping = message(1, 4_711);
    SctpMessage pong = message(2, 4_712);
    pair.left.association.send(ping, RELIABLE, pair.time.nowNs());
    pair.right.association.send(pong, RELIABLE, pair.time.nowNs());
    pair.run(Duration.ofSeconds(30));
    return pair.right.received().contains(ping) && pair.left.received().contains(pong);
  }

  private static SctpMessage message(int stream, int number) {
    return new SctpMessage(stream, 53, false, ByteBuffer.allocate(4).putInt(0, number));
  }
}
