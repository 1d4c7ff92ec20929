package dev.crosspoint.media.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crosspoint.media.engine.sctp.Reliability;
import dev.crosspoint.media.engine.sctp.SctpMessage;
import dev.crosspoint.media.engine.sctp.SctpState;
import dev.crosspoint.media.engine.sctp.SendResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of messages on good and bad networks. */
class SctpTransferScenarioTest {
  private static final int STREAMS = 5;
  private static final int BINARY = 53;
  private static final Reliability RELIABLE = new Reliability.Reliable();
  private static final NetworkConditions BAD =
      NetworkConditions.good().withLoss(0.1).withJitter(Duration.ofMillis(40)).withDuplication(0.1);

  @Test
  void ordered_messages_arrive_exactly_once_and_in_order_whatever_the_network_does() {
    for (int seed = 0; seed < 100; seed++) {
      SctpPair pair = connectedOver(seed);
      List<SctpMessage> fromLeft = messages(seed, 100, false);
      List<SctpMessage> fromRight = messages(seed + 1_000, 100, false);

      sendAll(pair, fromLeft, fromRight);

      for (int stream = 0; stream < STREAMS; stream++) {
        assertThat(on(stream, pair.right.received()))
            .as("seed %d", seed)
            .isEqualTo(on(stream, fromLeft));
        assertThat(on(stream, pair.left.received()))
            .as("seed %d", seed)
            .isEqualTo(on(stream, fromRight));
      }
    }
  }

  @Test
  void unordered_messages_arrive_exactly_once() {
    for (int seed = 0; seed < 50; seed++) {
      SctpPair pair = connectedOver(seed);
      List<SctpMessage> sent = messages(seed, 100, true);

      sendAll(pair, sent, List.of());

      assertThat(pair.right.received())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  @Test
  void messages_that_may_be_given_up_arrive_at_most_once_in_order_and_block_nobody() {
    Reliability once = new Reliability.MaxRetransmits(0);
    for (int seed = 0; seed < 50; seed++) {
      SctpPair pair = connectedOver(seed);
      List<SctpMessage> sent = messages(seed, 200, false);
      for (SctpMessage message : sent) {
        assertThat(pair.left.association.send(message, once, pair.time.nowNs()))
            .isEqualTo(SendResult.ACCEPTED);
        pair.run(Duration.ofMillis(20));
      }
      pair.become(NetworkConditions.good());
      pair.run(Duration.ofSeconds(10));
      SctpMessage last = message(0, BINARY, false, 10, 9_999);
      pair.left.association.send(last, RELIABLE, pair.time.nowNs());
      pair.run(Duration.ofSeconds(10));

      List<SctpMessage> received = pair.right.received();
      assertThat(received).as("seed %d", seed).endsWith(last);
      assertThat(received.size()).as("seed %d", seed).isBetween(100, 200);
      for (int stream = 0; stream < STREAMS; stream++) {
        assertSubsequence(on(stream, received), on(stream, append(sent, last)));
      }
    }
  }

  @Test
  void a_message_whose_time_is_over_is_not_sent_any_more() {
    SctpPair pair = SctpPair.connected(1);
    pair.left.link().passOnly(packet -> false);
    for (int i = 0; i < 50; i++) {
      Reliability brief = new Reliability.MaxLifetime(Duration.ofMillis(100).toNanos());
      pair.left.association.send(message(0, BINARY, false, 1_000, i), brief, pair.time.nowNs());
    }
    pair.run(Duration.ofSeconds(1));
    pair.left.link().passOnly(packet -> true);
    SctpMessage last = message(0, BINARY, false, 10, 99);
    pair.left.association.send(last, RELIABLE, pair.time.nowNs());
    pair.run(Duration.ofSeconds(10));

    assertThat(pair.right.received()).containsExactly(last);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_115, 1_116, 1_117, 2_232, 262_144})
  void a_message_of_any_allowed_length_arrives_whole(int length) {
    SctpPair pair = SctpPair.connected(2);
    SctpMessage message = message(3, 51, false, length, 4);

    assertThat(pair.left.association.send(message, RELIABLE, pair.time.nowNs()))
        .isEqualTo(SendResult.ACCEPTED);
    pair.run(Duration.ofSeconds(5));

    assertThat(pair.right.received()).containsExactly(message);
  }

  @Test
  void a_single_loss_is_repaired_before_the_sender_loses_patience() {
    SctpPair pair = SctpPair.connected(3);
    int[] seen = {0};
    pair.left.link().passOnly(packet -> packet.remaining() < 500 || ++seen[0] != 3);
    List<SctpMessage> sent = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      sent.add(message(0, BINARY, false, 1_000, i));
      pair.left.association.send(sent.getLast(), RELIABLE, pair.time.nowNs());
    }
    // The shortest timeout is 400 ms.
    pair.run(Duration.ofMillis(200));

    assertThat(pair.right.received()).isEqualTo(sent);
  }

  @Test
  void a_quiet_network_needs_no_message_twice() {
    SctpPair pair = SctpPair.connected(4);
    int before = pair.left.packetsSent;
    for (int i = 0; i < 100; i++) {
      pair.left.association.send(message(0, BINARY, false, 1_000, i), RELIABLE, pair.time.nowNs());
      pair.run(Duration.ofMillis(10));
    }
    pair.run(Duration.ofSeconds(5));

    assertThat(pair.right.received()).hasSize(100);
    assertThat(pair.left.packetsSent - before).isEqualTo(100);
    assertThat(pair.right.packetsSent).as("one acknowledgement for two packets").isLessThan(60);
  }

  @Test
  void small_messages_share_packets() {
    SctpPair pair = SctpPair.connected(5);
    pair.left.link().passOnly(packet -> false);
    for (int i = 0; i < 100; i++) {
      pair.left.association.send(message(0, BINARY, false, 20, i), RELIABLE, pair.time.nowNs());
    }
    pair.left.link().passOnly(packet -> true);
    int before = pair.left.packetsSent;
    pair.run(Duration.ofSeconds(3));

    assertThat(pair.right.received()).hasSize(100);
    assertThat(pair.left.packetsSent - before).isLessThan(10);
  }

  @Test
  void what_the_buffer_has_no_room_for_is_refused_and_room_comes_back() {
    SctpPair pair = SctpPair.connected(6);
    pair.left.link().passOnly(packet -> false);
    int accepted = 0;
    while (pair.left.association.send(
            message(0, BINARY, false, 10_000, accepted), RELIABLE, pair.time.nowNs())
        == SendResult.ACCEPTED) {
      accepted++;
    }
    assertThat(accepted).isBetween(50, 53);
    assertThat(
            pair.left.association.send(
                message(1, BINARY, false, 10_000, 0), RELIABLE, pair.time.nowNs()))
        .isEqualTo(SendResult.BUFFER_FULL);

    pair.left.link().passOnly(packet -> true);
    pair.run(Duration.ofSeconds(10));

    assertThat(pair.right.received()).hasSize(accepted);
    assertThat(
            pair.left.association.send(
                message(1, BINARY, false, 10_000, 0), RELIABLE, pair.time.nowNs()))
        .isEqualTo(SendResult.ACCEPTED);
  }

  @Test
  void what_nobody_agreed_on_is_refused() {
    SctpPair pair = SctpPair.connected(7);

    assertThat(send(pair, message(1_024, BINARY, false, 10, 0)))
        .isEqualTo(SendResult.NO_SUCH_STREAM);
    assertThat(send(pair, message(0, BINARY, false, 262_145, 0)))
        .isEqualTo(SendResult.WRONG_LENGTH);
    assertThat(send(pair, new SctpMessage(0, BINARY, false, ByteBuffer.allocate(0))))
        .isEqualTo(SendResult.WRONG_LENGTH);
  }

  @Test
  void much_data_over_a_long_way_does_not_wait_for_each_packet() {
    SctpPair pair = SctpPair.connected(8);
    pair.become(NetworkConditions.good().withDelay(Duration.ofMillis(50)));
    Deque<SctpMessage> waiting = new ArrayDeque<>(messages(8, 1_000, false));
    int count = waiting.size();
    // 2.5 MB: one window of four packets for each round trip would take a minute.
    for (int ms = 0; ms < 8_000; ms += 10) {
      while (!waiting.isEmpty() && send(pair, waiting.getFirst()) == SendResult.ACCEPTED) {
        waiting.remove();
      }
      pair.run(Duration.ofMillis(10));
    }

    assertThat(pair.right.received()).hasSize(count);
  }

  private static SctpPair connectedOver(long seed) {
    SctpPair pair = SctpPair.connected(seed);
    pair.become(BAD);
    assertThat(pair.left.association.state()).isEqualTo(SctpState.ESTABLISHED);
    return pair;
  }

  /** Both sides send as fast as they may. */
  private static void sendAll(SctpPair pair, List<SctpMessage> left, List<SctpMessage> right) {
    Deque<SctpMessage> fromLeft = new ArrayDeque<>(left);
    Deque<SctpMessage> fromRight = new ArrayDeque<>(right);
    for (int ms = 0; ms < 120_000 && !isDone(pair, left, right); ms += 50) {
      sendSome(pair, pair.left, fromLeft);
      sendSome(pair, pair.right, fromRight);
      pair.run(Duration.ofMillis(50));
    }
    pair.run(Duration.ofSeconds(5));
  }

  private static void sendSome(SctpPair pair, SctpPair.End end, Deque<SctpMessage> waiting) {
    while (!waiting.isEmpty()
        && end.association.send(waiting.getFirst(), RELIABLE, pair.time.nowNs())
            == SendResult.ACCEPTED) {
      waiting.remove();
    }
  }

  private static boolean isDone(SctpPair pair, List<SctpMessage> left, List<SctpMessage> right) {
    return pair.right.received().size() >= left.size()
        && pair.left.received().size() >= right.size();
  }

  private static SendResult send(SctpPair pair, SctpMessage message) {
    return pair.left.association.send(message, RELIABLE, pair.time.nowNs());
  }

  private static List<SctpMessage> messages(long seed, int count, boolean unordered) {
    Random random = new Random(seed);
    List<SctpMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(
          message(random.nextInt(STREAMS), BINARY, unordered, 4 + random.nextInt(5_000), i));
    }
    return messages;
  }

  private static SctpMessage message(
      int stream, int protocol, boolean unordered, int length, int number) {
    byte[] payload = new byte[length];
    new Random(number).nextBytes(payload);
    if (length >= 4) {
      ByteBuffer.wrap(payload).putInt(0, number);
    }
    return new SctpMessage(stream, protocol, unordered, ByteBuffer.wrap(payload));
  }

  private static List<SctpMessage> on(int stream, List<SctpMessage> messages) {
    return messages.stream().filter(message -> message.streamId() == stream).toList();
  }

  private static List<SctpMessage> append(List<SctpMessage> messages, SctpMessage last) {
    List<SctpMessage> all = new ArrayList<>(messages);
    all.add(last);
    return all;
  }

  private static void assertSubsequence(List<SctpMessage> part, List<SctpMessage> whole) {
    int at = 0;
    for (SctpMessage message : part) {
      int found = whole.subList(at, whole.size()).indexOf(message);
      assertThat(found).as("in order, and once").isNotNegative();
      at += found + 1;
    }
  }
}
